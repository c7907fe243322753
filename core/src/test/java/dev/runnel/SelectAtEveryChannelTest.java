package dev.runnel;

import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static dev.runnel.testkit.Channels.drain;
import static dev.runnel.testkit.Channels.full;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.EveryChannel;
import dev.runnel.testkit.Queues;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waiting selects beside plain senders and receivers, whatever the channel's capacity. */
@EveryChannel
record SelectAtEveryChannelTest(int capacity, Actor.Kind kind) {

  @Test
  void receiversAreServedInTheOrderTheyCameWhetherTheySelectOrNot() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Chan<Integer> idle = Chan.buffered(capacity);
    Integer[] got = new Integer[5];
    List<Actor> receivers = new ArrayList<>();
    for (int i = 0; i < got.length; i++) {
      int place = i;
      receivers.add(
          kind.start(() ->
                  got[place] =
                      place % 2 == 0
                          ? select(idle.onReceive(), chan.onReceive(), idle.onReceive())
                          : chan.receive())
              .awaitWaiting());
    }
    for (int i = 0; i < got.length; i++) {
      assertThat(chan.trySend(i)).as("to a waiter, by a try").isTrue();
    }
    for (Actor receiver : receivers) {
      receiver.join();
    }
    assertThat(got).containsExactly(0, 1, 2, 3, 4);
    assertThat(chan.length()).isZero();
    assertNoTrace(chan, idle);
  }

  @Test
  void sendersAreServedInTheOrderTheyCameWhetherTheySelectOrNot() throws Exception {
    Chan<Integer> chan = full(capacity);
    Chan<Integer> stuck = full(capacity);
    List<Actor> senders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int value = capacity + i;
      boolean selects = i % 2 == 0;
      senders.add(
          kind.start(
                  () -> {
                    if (selects) {
                      select(stuck.onSend(-1), chan.onSend(value), stuck.onSend(-2));
                    } else {
                      chan.send(value);
                    }
                  })
              .awaitWaiting());
    }
    for (int i = 0; i < capacity + 5; i++) {
      assertThat(chan.tryReceive().orNull()).isEqualTo(i);
    }
    for (Actor sender : senders) {
      sender.join();
    }
    assertThat(drain(stuck)).hasSize(capacity).doesNotContain(-1, -2);
    assertNoTrace(chan, stuck);
  }

  @Test
  void aSelectThatGaveUpIsPassedOver() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Chan<Integer> stuck = full(capacity);
    Actor first =
        kind.start(() -> select(chan.onReceive(), stuck.onSend(-1), chan.onReceive()))
            .awaitWaiting();
    Actor second =
        kind.start(() -> assertThat(select(chan.onReceive(), stuck.onSend(-2))).isEqualTo(7))
            .awaitWaiting();
    first.interrupt();
    assertThat(first.joinForFailure()).isInstanceOf(InterruptedException.class);
    chan.send(7);
    second.join();
    assertThat(drain(stuck)).hasSize(capacity).doesNotContain(-1, -2);
    assertNoTrace(chan, stuck);
  }

  @Test
  void aSelectOnBothSidesNeverMatchesItself() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    var receive = chan.onReceive();
    var send = chan.onSend(7);
    var select = Select.inOrder(receive, send);
    assertThat(select.poll()).as("only a buffer takes it").isSameAs(capacity > 0 ? send : null);
    if (capacity > 0) {
      assertThat(select.await()).isSameAs(receive);
      assertThat(receive.value()).isEqualTo(7);
    } else {
      Actor actor = kind.start(() -> assertThat(select.await()).isSameAs(receive)).awaitWaiting();
      assertThat(chan.trySend(8)).isTrue();
      actor.join();
      assertThat(receive.value()).isEqualTo(8);
    }
    assertNoTrace(chan, chan);
  }

  @Test
  void theEndWakesSelectsOnBothSidesOfTheChannel() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Chan<Integer> stuck = full(capacity);
    Chan<Integer> idle = Chan.buffered(capacity);
    Actor receiving =
        kind.start(() -> assertThat(select(idle.onReceive(), chan.onReceive())).isNull())
            .awaitWaiting();
    Actor sending =
        kind.start(() -> select(idle.onReceive(), stuck.onSend(-1), stuck.onSend(-2)))
            .awaitWaiting();
    chan.close();
    stuck.close();
    receiving.join();
    assertThat(sending.joinForFailure()).isInstanceOf(ChannelClosedException.class);
    assertThat(drain(stuck)).hasSize(capacity).doesNotContain(-1, -2);
    assertNoTrace(idle, stuck);
  }

  @Test
  void whatCameBeforeASendIsSeenAfterItsReceiveThroughSelectsToo() throws Exception {
    int rounds = 3_000;
    Chan<Integer> chan = Chan.buffered(capacity);
    Chan<Integer> idle = Chan.unbuffered();
    int[] written = new int[rounds];
    Actor sender =
        kind.start(() -> {
          var send = chan.onSend(-1);
          var turns = Select.of(send, idle.onReceive());
          for (int i = 0; i < rounds; i++) {
            written[i] = i + 1;
            send.value(i);
            turns.await();
          }
        });
    int unseen = 0;
    for (int i = 0; i < rounds; i++) {
      int at = i % 2 == 0 ? select(idle.onReceive(), chan.onReceive()) : awaitOne(chan);
      unseen += written[at] == at + 1 ? 0 : 1;
    }
    sender.join();
    assertThat(unseen).isZero();
  }

  private static int awaitOne(Chan<Integer> chan) throws InterruptedException {
    int got = -1;
    while (got < 0) {
      got = select(chan.onReceive(), otherwiseGet(() -> -1));
      if (got < 0) {
        Thread.onSpinWait();
      }
    }
    return got;
  }

  private static void assertNoTrace(Chan<?> one, Chan<?> other) {
    assertThat(Queues.waiting(one)).isZero();
    assertThat(Queues.waiting(other)).isZero();
  }
}
