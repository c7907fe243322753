package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Rendezvous;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks that run when a context ends. */
class ContextAfterDoneTest {
  private final CancelContext ctx = Context.background().withCancel();
  private final Chan<Object> ran = Chan.unbounded();

  @Test
  void runsInAGoroutineOfItsOwnWhenTheContextEnds() throws InterruptedException {
    Stop stop = ctx.afterDone(() -> ran.send(Goroutine.current()));
    assertThat(ran.tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    ctx.cancel();
    assertThat(ran.receive()).isInstanceOf(Goroutine.class);
    assertThat(stop.stop()).isFalse();
    assertThat(ran.length()).isZero();
  }

  @Test
  void runsAtOnceIfTheContextHasEnded() throws InterruptedException {
    ctx.cancel();
    Stop stop = ctx.afterDone(() -> ran.send(Context.current()));
    assertThat(ran.receive()).isSameAs(Context.background());
    assertThat(stop.stop()).isFalse();
  }

  @Test
  void aStoppedTaskNeverRuns() throws InterruptedException {
    Stop stop = ctx.afterDone(() -> ran.send("stopped"));
    assertThat(stop.stop()).isTrue();
    assertThat(stop.stop()).isFalse();
    Stop other = ctx.withCancel().afterDone(() -> ran.send("other"));
    ctx.cancel();
    assertThat(ran.receive()).isEqualTo("other");
    assertThat(other.stop()).isFalse();
    assertThat(ran.length()).isZero();
  }

  @Test
  void underTheBackgroundItNeverRuns() {
    Stop stop = Context.background().afterDone(() -> ran.send("never"));
    assertThat(stop.stop()).isTrue();
    assertThat(stop.stop()).isFalse();
  }

  @Test
  void aTaskThatThrowsFailsItsOwnGoroutineOnly() throws InterruptedException {
    Chan<Throwable> reported = Chan.unbounded();
    var former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reported.trySend(thrown));
    try {
      RuntimeException boom = new RuntimeException("boom");
      CancelContext late = ctx.withTimeout(Duration.ofMillis(1));
      late.afterDone(() -> ran.send("one"));
      late.afterDone(() -> {
        throw boom;
      });
      late.afterDone(() -> ran.send("two"));
      assertThat(List.of(ran.receive(), ran.receive())).containsExactlyInAnyOrder("one", "two");
      assertThat(reported.receive()).isSameAs(boom);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(former);
    }
  }

  @Test
  void stopAndTheEndOfTheContextAgreeOnWhoCameFirst() throws InterruptedException {
    int rounds = 2_000;
    var race = new Rendezvous();
    CancelContext[] shared = new CancelContext[1];
    AtomicInteger runs = new AtomicInteger();
    int stopped = 0;
    Actor canceler =
        Actor.Kind.PLATFORM.start(() -> {
          for (int i = 0; i < rounds; i++) {
            race.meet();
            shared[0].cancel();
            race.meet();
          }
        });
    for (int i = 0; i < rounds; i++) {
      shared[0] = Context.background().withCancel();
      Stop stop = shared[0].afterDone(runs::incrementAndGet);
      race.meet();
      stopped += stop.stop() ? 1 : 0;
      race.meet();
    }
    canceler.join();
    int expected = rounds - stopped;
    Eventually.that("all that were not stopped", () -> runs.get() >= expected);
    assertThat(runs).hasValue(expected);
  }
}
