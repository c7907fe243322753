package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Goroutine;
import dev.runnel.testkit.Actor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goroutines that a wait group counts. */
class WaitGroupGoTest {
  private final WaitGroup group = new WaitGroup();
  private final Chan<Integer> gate = Chan.unbuffered();

  @ParameterizedTest
  @EnumSource
  void theyAreCountedFromTheirStartToTheirEnd(Actor.Kind kind) throws InterruptedException {
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      var _ =
          group.go(() -> {
            gate.receive();
            ran.incrementAndGet();
          });
    }
    assertThat(group).hasToString("wait group (3)");
    Actor waiter = kind.start(group::await).awaitWaiting();
    gate.close();
    waiter.join();
    assertThat(ran).hasValue(3);
    assertThat(group).hasToString("wait group (0)");
  }

  @Test
  void oneThatThrowsIsDoneAndFailsAsAnyGoroutine() throws InterruptedException {
    RuntimeException boom = new RuntimeException("boom");
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    var former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    try {
      Goroutine failing =
          group.go(() -> {
            throw boom;
          });
      group.await();
      failing.join();
      assertThat(failing.failure()).isSameAs(boom);
      assertThat(reported).containsExactly(boom);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(former);
    }
  }

  @Test
  void oneThatIsInterruptedIsDone() throws InterruptedException {
    Goroutine goroutine = group.go(gate::receive);
    goroutine.interrupt();
    group.await();
    goroutine.join();
    assertThat(goroutine.failure()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void theyStartUnderTheBackground() throws Exception {
    AtomicReference<Context> seen = new AtomicReference<>();
    Context.background()
        .withCancel()
        .run(() -> {
          var _ = group.go(() -> seen.set(Context.current()));
          group.await();
        });
    assertThat(seen).hasValue(Context.background());
  }

  @Test
  void oneMayStartAnother() throws InterruptedException {
    AtomicInteger ran = new AtomicInteger();
    var _ =
        group.go(() -> {
          var _ = group.go(ran::incrementAndGet);
          ran.incrementAndGet();
        });
    group.await();
    assertThat(ran).hasValue(2);
  }
}
