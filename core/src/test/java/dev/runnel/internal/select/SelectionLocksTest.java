package dev.runnel.internal.select;

import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Overflow;
import dev.runnel.internal.channel.Channel;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a select takes the locks of its channels. */
class SelectionLocksTest {
  private final Channel<Integer> first = new Channel<>(1, Overflow.SUSPEND);
  private final Channel<Integer> second = new Channel<>(1, Overflow.SUSPEND);
  private final Channel<Integer> third = new Channel<>(1, Overflow.SUSPEND);

  /**
   * A virtual thread that waits for a lock leaves its carrier, and gets it back only when others
   * let it. Were it to hold a lock meanwhile, even a try at that channel would wait for them.
   */
  @ParameterizedTest
  @EnumSource
  void aSelectThatWaitsForOneLockHoldsNoOther(Actor.Kind kind) throws InterruptedException {
    second.lock();
    Actor selecting =
        kind.start(() -> {
          String won =
              select(
                  third.onReceive().map(v -> "third"),
                  second.onReceive().map(v -> "second"),
                  first.onReceive().map(v -> "first"),
                  otherwiseGet(() -> "none"));
          assertThat(won).isEqualTo("first");
        });
    Eventually.that(
        "a nap for the lock", () -> selecting.thread().getState() == Thread.State.TIMED_WAITING);
    Actor trying =
        kind.start(() -> {
          assertThat(first.trySend(1)).isTrue();
          assertThat(third.tryReceive().hasValue()).isFalse();
        });
    try {
      trying.join();
    } finally {
      second.unlock();
    }
    selecting.join();
  }
}
