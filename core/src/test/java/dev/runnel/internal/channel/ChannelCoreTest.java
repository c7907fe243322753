package dev.runnel.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Overflow;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import org.junit.jupiter.api.Test;

/** The steps of a channel, with waiters that have no threads: all on one, without the lock. */
class ChannelCoreTest {
  private final Channel<Integer> unbuffered = new Channel<>(0, Overflow.SUSPEND);
  private final Channel<Integer> two = new Channel<>(2, Overflow.SUSPEND);

  @Test
  void aReceiverThatStillSpinsIsServedLikeOneThatSleeps() {
    Node spinning = receiver(unbuffered);
    assertThat(unbuffered.offer(7)).isTrue();
    assertThat(spinning.outcome()).isSameAs(spinning);
    assertThat(spinning.item).isEqualTo(7);
    assertThat(unbuffered.takeSleeper()).as("needs no wake-up").isNull();
  }

  @Test
  void aReceiverThatGaveUpBeforeItLeftTheQueueIsPassedOver() {
    Node gone = receiver(unbuffered);
    Node next = receiver(unbuffered);
    gone.claim(Waiter.INTERRUPTED);
    assertThat(unbuffered.offer(7)).isTrue();
    assertThat(gone.item).as("holds on to nothing").isNull();
    assertThat(next.item).isEqualTo(7);
  }

  @Test
  void ifAllReceiversGaveUpTheValueIsNotTaken() {
    receiver(unbuffered).claim(Waiter.TIMED_OUT);
    assertThat(unbuffered.sendReady()).isFalse();
    assertThat(unbuffered.offer(7)).isFalse();
  }

  @Test
  void aSenderThatGaveUpKeepsItsValue() {
    sender(unbuffered, 1).claim(Waiter.INTERRUPTED);
    Node next = sender(unbuffered, 2);
    assertThat(unbuffered.poll()).isEqualTo(2);
    assertThat(next.outcome()).isSameAs(next);
    assertThat(unbuffered.poll()).isNull();
  }

  @Test
  void aWaiterInTwoChannelsIsServedByOne() {
    Waiter select = new Waiter(WaitReason.SELECT, this);
    Node here = new Node(select);
    Node there = new Node(select);
    unbuffered.awaitValue(here);
    two.awaitValue(there);
    assertThat(two.offer(1)).isTrue();
    assertThat(unbuffered.offer(2)).isFalse();
    assertThat(select.outcome()).isSameAs(there);
    assertThat(two.size()).isZero();
  }

  @Test
  void afterTheEndWaitingSendersAreNotServed() {
    two.offer(1);
    two.offer(2);
    Node sender = sender(two, 3);
    assertThat(two.end(Ending.CLOSED)).isTrue();
    assertThat(sender.item).isSameAs(Ending.CLOSED);
    assertThat(two.poll()).isEqualTo(1);
    assertThat(two.poll()).isEqualTo(2);
    assertThat(two.poll()).isNull();
  }

  @Test
  void whatIsPutBackGoesToWaitingReceiversFirst() {
    Node first = receiver(two);
    Node second = receiver(two);
    putBack(two, 1, 2, 3);
    assertThat(first.item).isEqualTo(1);
    assertThat(second.item).isEqualTo(2);
    assertThat(two.poll()).isEqualTo(3);
  }

  @Test
  void whatIsPutBackMayOverfillAndThenSendersWaitUntilThereIsRoomAgain() {
    two.offer(4);
    two.offer(5);
    Node sender = sender(two, 6);
    putBack(two, 1, 2, 3);
    assertThat(two.size()).isEqualTo(5);
    for (int i = 1; i <= 3; i++) {
      assertThat(two.poll()).isEqualTo(i);
      assertThat(sender.open()).isTrue();
    }
    assertThat(two.poll()).isEqualTo(4);
    assertThat(sender.open()).as("there is room again").isFalse();
    assertThat(two.poll()).isEqualTo(5);
    assertThat(two.poll()).isEqualTo(6);
    assertThat(two.poll()).isNull();
  }

  @Test
  void evenAnUnbufferedChannelKeepsWhatIsPutBackAndGivesItBeforeASendersValue() {
    Node sender = sender(unbuffered, 3);
    putBack(unbuffered, 1, 2);
    assertThat(unbuffered.offer(4)).as("there is no room").isFalse();
    assertThat(unbuffered.poll()).isEqualTo(1);
    assertThat(unbuffered.poll()).isEqualTo(2);
    assertThat(sender.open()).isTrue();
    assertThat(unbuffered.poll()).isEqualTo(3);
    assertThat(sender.open()).isFalse();
  }

  @Test
  void aWatchOfTheEndIsDecidedByTheEndOrByForgetting() {
    Waiter first = new Waiter(WaitReason.CHAN_RECEIVE, this);
    Waiter second = new Waiter(WaitReason.CHAN_RECEIVE, this);
    Node watch = unbuffered.watchEnd(first);
    unbuffered.forget(unbuffered.watchEnd(second));
    unbuffered.end(Ending.CLOSED);
    assertThat(first.outcome()).isSameAs(watch);
    assertThat(second.open()).isTrue();

    Waiter late = new Waiter(WaitReason.CHAN_RECEIVE, this);
    Node lateWatch = unbuffered.watchEnd(late);
    assertThat(late.outcome()).as("at once").isSameAs(lateWatch);
  }

  private Node receiver(ChannelCore channel) {
    Node node = new Node(WaitReason.CHAN_RECEIVE, this);
    channel.awaitValue(node);
    return node;
  }

  private Node sender(ChannelCore channel, int value) {
    Node node = new Node(WaitReason.CHAN_SEND, this);
    channel.awaitTaker(node, value);
    return node;
  }

  private static void putBack(ChannelCore channel, Object... values) {
    channel.putBack(values, 0, values.length, new Sleepers());
  }
}
