package dev.runnel.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Select;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Waiter;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Queues;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thread that serves a waiter may run out of stack when it has claimed the wait and not yet taken
 * the node out of its queue. The waiter has its value then, and the channel must go on.
 */
class BrokenServerTest {
  private final Chan<Integer> chan = Chan.unbuffered();
  private final Chan<Integer> other = Chan.unbuffered();

  @ParameterizedTest
  @EnumSource
  void aChannelGoesOnAfterAReceiverWasServedByHalves(Actor.Kind kind) throws Exception {
    Actor served = kind.start(() -> assertThat(chan.receive()).isEqualTo(1)).awaitWaiting();
    serveByHalves(1);
    served.join();
    assertThat(Queues.keepsNode(chan)).as("a node that is in a queue").isFalse();
    assertThat(chan.trySend(2)).isFalse();

    Actor next = kind.start(() -> assertThat(chan.receive()).isEqualTo(3)).awaitWaiting();
    chan.send(3);
    next.join();
    Actor last = kind.start(() -> assertThat(chan.receive()).isNull()).awaitWaiting();
    chan.close();
    last.join();
    assertThat(Queues.waiting(chan)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aChannelEndsThoughADecidedNodeIsInItsQueue(Actor.Kind kind) throws Exception {
    Actor served = kind.start(() -> assertThat(chan.receive()).isEqualTo(1)).awaitWaiting();
    serveByHalves(1);
    served.join();
    chan.close();
    assertThat(Queues.waiting(chan)).isZero();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> chan.send(1));
  }

  @ParameterizedTest
  @EnumSource
  void aReusableSelectGoesOnAfterItWasServedByHalves(Actor.Kind kind) throws Exception {
    var first = chan.onReceive();
    var second = other.onReceive();
    var select = Select.of(first, second);
    Actor selecting =
        kind.start(() -> {
          assertThat(select.await()).isSameAs(first);
          assertThat(first.value()).isEqualTo(1);
          assertThat(select.await()).isSameAs(first);
          assertThat(first.value()).isEqualTo(2);
          assertThat(select.await()).isSameAs(second);
          assertThat(second.value()).isEqualTo(3);
        });
    selecting.awaitWaiting();
    serveByHalves(1);
    Eventually.that("the second turn waits", () -> Queues.waiting(other) == 1);
    chan.send(2);
    other.send(3);
    selecting.join();
    assertThat(Queues.waiting(chan) + Queues.waiting(other)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aReusableSelectKeepsNoWaitWhoseNodeIsStillInAQueue(Actor.Kind kind) throws Exception {
    var select = Select.of(chan.onReceive(), other.onReceive());
    Actor served = kind.start(select::await).awaitWaiting();
    serveByHalves(1);
    served.join();
    assertThat(Queues.keepsWait(select)).isFalse();
    Actor whole = kind.start(select::await).awaitWaiting();
    other.send(2);
    whole.join();
    assertThat(Queues.keepsWait(select)).isTrue();
  }

  /** What a sender does up to the moment when it would take the node out. */
  private void serveByHalves(int value) {
    Channel<?> core = (Channel<?>) chan;
    core.lock();
    Node node = Queues.firstReceiver(chan);
    node.item = value;
    Thread thread = node.waiter.thread();
    int claimed = node.waiter.claim(node);
    core.unlock();
    assertThat(claimed).isNotEqualTo(Waiter.LOST);
    Parker.unpark(thread);
  }
}
