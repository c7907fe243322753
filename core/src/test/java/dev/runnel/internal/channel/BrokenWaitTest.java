package dev.runnel.internal.channel;

import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ReceiveResult;
import dev.runnel.Task;
import dev.runnel.internal.park.Parkable;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Queues;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Waits that break off because their thread runs out of memory or stack: what is delivered to such
 * a thread would be lost.
 */
class BrokenWaitTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Chan<Integer> chan = Chan.unbuffered();
  private final Chan<Integer> other = Chan.unbuffered();

  /** Breaks the first wait of its thread, in the moment before it parks. */
  private static final class Breaking implements Thread.UncaughtExceptionHandler, Parkable {
    private boolean done;

    @Override
    public void waitingFor(@Nullable Waiter waiter) {
      if (!done) {
        done = true;
        throw new OutOfMemoryError("not really");
      }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {}
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenReceiveGetsNothing(Actor.Kind kind) throws InterruptedException {
    try (var ctx = Context.background().withCancel()) {
      assertBroken(kind, chan::receive);
      assertBroken(kind, () -> chan.receive(HOUR));
      assertBroken(kind, () -> chan.receive(ctx));
      assertThat(Queues.waiting((Chan<?>) ctx.done())).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenSendGivesNothing(Actor.Kind kind) throws InterruptedException {
    try (var ctx = Context.background().withCancel()) {
      assertBroken(kind, () -> chan.send(1));
      assertBroken(kind, () -> chan.send(1, HOUR));
      assertBroken(kind, () -> chan.send(1, ctx));
      assertThat(Queues.waiting((Chan<?>) ctx.done())).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenSelectDoesNeither(Actor.Kind kind) throws InterruptedException {
    assertBroken(kind, () -> select(chan.onReceive(), other.onReceive(), chan.onSend(1)));
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenWaitForTheEndLeavesNoTrace(Actor.Kind kind) throws InterruptedException {
    Channel<?> gate = (Channel<?>) chan;
    assertBroken(kind, () -> gate.awaitEnd(WaitReason.JOIN, this, null, 1L << 60));
  }

  private void assertBroken(Actor.Kind kind, Task wait) throws InterruptedException {
    Actor actor =
        kind.start(() -> {
          Thread.currentThread().setUncaughtExceptionHandler(new Breaking());
          wait.run();
        });
    assertThat(actor.joinForFailure()).isInstanceOf(OutOfMemoryError.class);
    assertThat(chan.trySend(2)).isFalse();
    assertThat(chan.tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    assertThat(Queues.waiting(chan)).isZero();
    assertThat(Queues.waiting(other)).isZero();
  }
}
