package dev.runnel;

import static dev.runnel.testkit.Channels.full;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.internal.channel.Channel;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.EveryChannel;
import dev.runnel.testkit.Queues;
import dev.runnel.testkit.ReceiveForm;
import dev.runnel.testkit.SendForm;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt ends a wait without loss; one that comes too late stays pending. */
@EveryChannel
record ChannelInterruptTest(int capacity, Actor.Kind kind) {

  @ParameterizedTest
  @EnumSource
  void aPendingInterruptWinsOverAReadyValue(ReceiveForm receive) throws Exception {
    Chan<Integer> chan = full(capacity);
    Actor sender = kind.start(() -> chan.send(capacity)).awaitWaiting();
    assertInterrupted(receive, kind.start(interrupted(() -> receive.from(chan))));
    for (int i = 0; i <= capacity; i++) {
      assertThat(chan.receive()).isEqualTo(i);
    }
    sender.join();
  }

  @ParameterizedTest
  @EnumSource
  void aPendingInterruptWinsOverRoomAndOverAWaitingReceiver(SendForm form) throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Actor receiver = kind.start(() -> assertThat(chan.receive()).isEqualTo(7)).awaitWaiting();
    assertThat(kind.start(interrupted(() -> form.send(1, chan))).joinForFailure())
        .isInstanceOf(InterruptedException.class);
    chan.send(7);
    receiver.join();
    assertThat(chan.length()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aReceiverThatIsInterruptedLeavesNoTrace(ReceiveForm receive) throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Actor receiver = kind.start(keepingFlag(() -> receive.from(chan))).awaitWaiting();
    receiver.interrupt();
    assertInterrupted(receive, receiver);
    assertThat(Queues.waiting(chan)).isZero();
    assertThat(chan.trySend(1)).as("only a buffer takes it").isEqualTo(capacity > 0);
  }

  @ParameterizedTest
  @EnumSource
  void aSenderThatIsInterruptedLeavesNoTrace(SendForm form) throws Exception {
    Chan<Integer> chan = full(capacity);
    Actor sender = kind.start(() -> form.send(-1, chan)).awaitWaiting();
    sender.interrupt();
    assertThat(sender.joinForFailure()).isInstanceOf(InterruptedException.class);
    assertThat(Queues.waiting(chan)).isZero();
    chan.close();
    assertThat(chan.stream()).hasSize(capacity).doesNotContain(-1);
  }

  @Test
  void tryOperationsDoNotWaitAndSoDoNotCare() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity + 1);
    kind.start(
            () -> {
              Thread.currentThread().interrupt();
              assertThat(chan.trySend(1)).isTrue();
              assertThat(chan.tryReceive().orNull()).isEqualTo(1);
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
            })
        .join();
  }

  @ParameterizedTest
  @EnumSource
  void aValueDeliveredFirstIsReceivedAndTheFlagStays(ReceiveForm receive) throws Exception {
    Channel<Integer> chan = (Channel<Integer>) Chan.<Integer>buffered(capacity);
    AtomicInteger got = new AtomicInteger();
    Actor receiver =
        kind.start(
                () -> {
                  got.set(receive.from(chan));
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                })
            .awaitWaiting();
    // Under the lock the receiver is chosen but not yet woken: the interrupt comes between.
    chan.lock();
    assertThat(chan.offer(7)).isTrue();
    receiver.interrupt();
    chan.release();
    receiver.join();
    assertThat(got).hasValue(7);
  }

  @ParameterizedTest
  @EnumSource
  void aValueTakenFirstIsSentAndTheFlagStays(SendForm form) throws Exception {
    Channel<Integer> chan = (Channel<Integer>) full(capacity);
    Actor sender =
        kind.start(
                () -> {
                  form.send(capacity, chan);
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                })
            .awaitWaiting();
    chan.lock();
    assertThat(chan.poll()).isEqualTo(0);
    sender.interrupt();
    chan.release();
    sender.join();
    assertThat(chan.length()).isEqualTo(capacity);
  }

  private static Task interrupted(Task body) {
    return keepingFlag(() -> {
      Thread.currentThread().interrupt();
      body.run();
    });
  }

  /** Checks the rule of the flag: cleared with the checked exception, set with the unchecked. */
  private static Task keepingFlag(Task body) {
    return () -> {
      try {
        body.run();
      } catch (InterruptedException e) {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        throw e;
      } catch (InterruptedIterationException e) {
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        throw e;
      }
    };
  }

  private static void assertInterrupted(ReceiveForm receive, Actor actor) throws Exception {
    assertThat(actor.joinForFailure())
        .isInstanceOf(
            receive.iterates() ? InterruptedIterationException.class : InterruptedException.class);
  }
}
