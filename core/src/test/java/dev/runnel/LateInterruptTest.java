package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An interrupt that comes in the same moment as a value: either it is thrown and the value stays,
 * or the value is returned and the interrupt's flag stays. The engine's window for an error is a
 * few instructions wide, so it takes many tries.
 */
class LateInterruptTest {
  private static final int ROUNDS = 3_000;

  @ParameterizedTest
  @EnumSource
  void isThrownOrLeavesItsFlag(Actor.Kind kind) throws InterruptedException {
    Chan<Integer> chan = Chan.unbuffered();
    AtomicInteger ready = new AtomicInteger(); // the rounds that the receiver has begun
    AtomicInteger struck = new AtomicInteger(); // the rounds whose interrupt has been sent
    Actor receiver =
        kind.start(() -> {
          for (int round = 1; round <= ROUNDS; round++) {
            ready.set(round);
            boolean delivered;
            try {
              assertThat(chan.receive()).isEqualTo(round);
              delivered = true;
            } catch (InterruptedException e) {
              delivered = false;
            }
            while (struck.get() < round) {
              pause();
            }
            assertThat(Thread.interrupted()).as("flag in round %s", round).isEqualTo(delivered);
          }
        });
    for (int round = 1; round <= ROUNDS && receiver.thread().isAlive(); round++) {
      while (ready.get() < round && receiver.thread().isAlive()) {
        pause();
      }
      receiver.interrupt();
      chan.trySend(round);
      struck.set(round);
    }
    receiver.join();
  }

  /** Short, so that the two meet, and kind to a busy machine. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it
  private static void pause() {
    Thread.onSpinWait();
    Thread.yield();
  }
}
