package dev.runnel;

import static dev.runnel.testkit.Channels.drain;
import static dev.runnel.testkit.Channels.full;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.ReceiveResult.Empty;
import dev.runnel.ReceiveResult.Value;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.EveryChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waiters are first come, first served, and nobody overtakes them. */
@EveryChannel
record ChannelOrderTest(int capacity, Actor.Kind kind) {

  @Test
  void receiversAreServedInTheOrderTheyCame() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Integer[] got = new Integer[4];
    List<Actor> receivers = receivers(chan, got);
    for (int i = 0; i < got.length; i++) {
      chan.send(i);
    }
    joinAll(receivers);
    assertThat(got).containsExactly(0, 1, 2, 3);
  }

  @Test
  void sendersAreServedInTheOrderTheyCame() throws Exception {
    Chan<Integer> chan = full(capacity);
    List<Actor> senders = senders(chan, 4);
    List<Integer> got = new ArrayList<>();
    for (int i = 0; i < capacity + 4; i++) {
      got.add(chan.receive());
    }
    joinAll(senders);
    assertThat(got).isSorted().doesNotHaveDuplicates().endsWith(capacity + 3);
  }

  @Test
  void aValueGoesStraightToTheWaitingReceiverSoThatNobodyCanTakeItAway() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Integer[] got = new Integer[1];
    List<Actor> receiver = receivers(chan, got);
    assertThat(chan.trySend(7)).isTrue();
    assertThat(chan.length()).isZero();
    assertThat(chan.tryReceive()).isEqualTo(new Empty<>());
    joinAll(receiver);
    assertThat(got).containsExactly(7);
  }

  @Test
  void aReceiveFromAFullBufferLetsTheFirstWaitingSendersValueJoinTheTail() throws Exception {
    Chan<Integer> chan = full(capacity);
    List<Actor> senders = senders(chan, 2);
    assertThat(chan.receive()).isZero();
    senders.getFirst().join();
    senders.getLast().awaitWaiting();
    assertThat(chan.length()).isEqualTo(capacity);
    assertThat(chan.trySend(1000)).as("overtakes the second sender").isFalse();
    assertThat(drain(chan)).isSorted().hasSize(capacity + 1).endsWith(capacity + 1);
    senders.getLast().join();
  }

  @Test
  void tryReceiveTakesWhatAWaitingSenderOffers() throws Exception {
    Chan<Integer> chan = full(capacity);
    List<Actor> sender = senders(chan, 1);
    assertThat(chan.tryReceive()).isEqualTo(new Value<>(0));
    joinAll(sender);
  }

  @Test
  void aReceiverThatGaveUpIsPassedOver() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Integer[] got = new Integer[3];
    List<Actor> receivers = receivers(chan, got);
    giveUp(receivers.remove(1));
    chan.send(10);
    chan.send(20);
    joinAll(receivers);
    assertThat(got).containsExactly(10, null, 20);
  }

  @Test
  void aSenderThatGaveUpIsPassedOver() throws Exception {
    Chan<Integer> chan = full(capacity);
    List<Actor> senders = senders(chan, 3);
    giveUp(senders.remove(1));
    assertThat(drain(chan)).hasSize(capacity + 2).endsWith(capacity, capacity + 2);
    joinAll(senders);
  }

  /** Starts as many receivers as there are places, one after the other. */
  private List<Actor> receivers(Chan<Integer> chan, Integer[] got) {
    List<Actor> receivers = new ArrayList<>();
    for (int i = 0; i < got.length; i++) {
      int place = i;
      receivers.add(kind.start(() -> got[place] = chan.receive()).awaitWaiting());
    }
    return receivers;
  }

  /** Starts senders, one after the other, whose values go on where a full channel's end. */
  private List<Actor> senders(Chan<Integer> chan, int count) {
    List<Actor> senders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int value = capacity + i;
      senders.add(kind.start(() -> chan.send(value)).awaitWaiting());
    }
    return senders;
  }

  private static void giveUp(Actor waiting) throws InterruptedException {
    waiting.interrupt();
    assertThat(waiting.joinForFailure()).isInstanceOf(InterruptedException.class);
  }

  private static void joinAll(List<Actor> actors) throws InterruptedException {
    for (Actor actor : actors) {
      actor.join();
    }
  }
}
