package dev.runnel;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.internal.time.Clock;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.SlowToClose;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An interrupt closes an NIO channel on the thread that interrupts, and that is code of others: it
 * may throw. Everything else that the context's end must reach is reached all the same.
 */
class ContextEndTroubleTest {
  private final RuntimeException trouble = new RuntimeException("can't close");
  private final List<Throwable> reported = new CopyOnWriteArrayList<>();
  private Thread.UncaughtExceptionHandler former;

  @BeforeEach
  void listen() {
    former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
  }

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(former);
  }

  @ParameterizedTest
  @EnumSource
  void aCancelReachesAll(Actor.Kind kind) throws Exception {
    CancelContext ctx = Context.background().withCancel();
    Audience audience = new Audience(ctx);
    Actor canceler = kind.start(ctx::cancel);
    canceler.join(); // the trouble is not the canceler's
    audience.awaitEnd();
    assertThat(reported).containsExactly(trouble);
  }

  @Test
  void anAlarmReachesAllAndTheClockGoesOn() throws Exception {
    CancelContext ctx = Context.background().withCancel();
    Audience audience = new Audience(ctx);
    Clock.current().schedule(0, ctx::cancel); // what a deadline's alarm does
    audience.awaitEnd();
    Go.sleep(Duration.ofMillis(1));
    assertThat(reported).containsExactly(trouble);
  }

  @Test
  void aGroupIsClosedThoughOneOfItCantBeInterrupted() throws Exception {
    SlowToClose channel = new SlowToClose(trouble);
    channel.release();
    Chan<Integer> never = Chan.unbuffered();
    Chan<Integer> started = Chan.unbuffered();
    try (var group = ErrGroup.open()) {
      group.go(never::receive);
      group.go(() -> {
        started.send(1);
        channel.block();
      });
      group.go(never::receive);
      started.receive();
      group.cancel();
    }
    assertThat(reported).isSubsetOf(trouble);
  }

  /** All kinds of things that a context tells of its end, one of them causing trouble. */
  private final class Audience {
    private final Chan<String> told = Chan.unbounded();
    private final SlowToClose channel = new SlowToClose(trouble);
    private final Context child;
    private final Actor victim;
    private final Goroutine before;
    private final Goroutine after;

    Audience(Context ctx) {
      channel.release();
      child = ctx.withCancel();
      ctx.afterDone(() -> told.send("before"));
      before = go(ctx, () -> Chan.nil().receive());
      victim = Actor.Kind.PLATFORM.start(() -> ctx.run(channel::block)).awaitWaiting();
      after = go(ctx, () -> Chan.nil().receive());
      ctx.afterDone(() -> told.send("after"));
    }

    void awaitEnd() throws InterruptedException {
      assertThat(victim.joinForFailure()).isInstanceOf(ContextException.class);
      before.join();
      after.join();
      assertThat(List.of(told.receive(), told.receive()))
          .containsExactlyInAnyOrder("before", "after");
      child.done().receive();
      assertThat(child.err()).isNotNull();
    }
  }
}
