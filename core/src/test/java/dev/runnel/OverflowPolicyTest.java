package dev.runnel;

import static dev.runnel.Overflow.DROP_LATEST;
import static dev.runnel.Overflow.DROP_OLDEST;
import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static dev.runnel.testkit.Channels.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.SendForm;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A channel that drops never makes a sender wait, and counts what it dropped. */
class OverflowPolicyTest {

  @ParameterizedTest
  @EnumSource
  void dropOldestKeepsTheLatest(SendForm form) throws Exception {
    Chan<Integer> chan = Chan.buffered(3, DROP_OLDEST);
    for (int i = 0; i < 10; i++) {
      form.send(i, chan);
    }
    assertThat(chan.dropped()).isEqualTo(7);
    assertThat(drain(chan)).containsExactly(7, 8, 9);
  }

  @ParameterizedTest
  @EnumSource
  void dropLatestKeepsTheOldest(SendForm form) throws Exception {
    Chan<Integer> chan = Chan.buffered(3, DROP_LATEST);
    for (int i = 0; i < 10; i++) {
      form.send(i, chan);
    }
    assertThat(chan.dropped()).isEqualTo(7);
    assertThat(drain(chan)).containsExactly(0, 1, 2);
  }

  @Test
  void trySendIsTrueWhenTheValueWasTakenEvenIfItPushedOutAnother() {
    Chan<Integer> chan = Chan.buffered(1, DROP_OLDEST);
    assertThat(chan.trySend(1)).isTrue();
    assertThat(chan.trySend(2)).isTrue();
    assertThat(chan.dropped()).isEqualTo(1);
    assertThat(drain(chan)).containsExactly(2);
  }

  @Test
  void trySendIsFalseWhenTheValueWasDropped() {
    Chan<Integer> chan = Chan.buffered(1, DROP_LATEST);
    assertThat(chan.trySend(1)).isTrue();
    assertThat(chan.trySend(2)).isFalse();
    assertThat(chan.dropped()).isEqualTo(1);
    assertThat(drain(chan)).containsExactly(1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SUSPEND")
  void aDroppingSendIsReadyInSelectToo(Overflow policy) throws Exception {
    Chan<Integer> chan = Chan.buffered(1, policy);
    chan.send(1);
    String chosen = select(chan.onSend(2).map(() -> "sent"), otherwiseGet(() -> "not ready"));
    assertThat(chosen).isEqualTo("sent");
    assertThat(chan.dropped()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SUSPEND")
  void nothingIsDroppedWhileAReceiverWaits(Overflow policy) throws Exception {
    Chan<Integer> chan = Chan.buffered(1, policy);
    AtomicInteger got = new AtomicInteger();
    Actor receiver = Actor.Kind.VIRTUAL.start(() -> got.set(chan.receive())).awaitWaiting();
    chan.send(1); // to the receiver
    chan.send(2); // into the buffer
    receiver.join();
    assertThat(got).hasValue(1);
    assertThat(chan.dropped()).isZero();
    assertThat(drain(chan)).containsExactly(2);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SUSPEND")
  void norWhileASelectWaitsToReceive(Overflow policy) throws Exception {
    Chan<Integer> chan = Chan.buffered(1, policy);
    Chan<Integer> idle = Chan.unbuffered();
    Actor receiver =
        Actor.Kind.PLATFORM
            .start(() -> assertThat(select(idle.onReceive(), chan.onReceive())).isEqualTo(1))
            .awaitWaiting();
    select(chan.onSend(1)); // to the receiver
    assertThat(chan.trySend(2)).isTrue(); // into the buffer
    receiver.join();
    assertThat(chan.dropped()).isZero();
    assertThat(drain(chan)).containsExactly(2);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SUSPEND")
  void aDroppedValueCountsAsSent(Overflow policy) throws Exception {
    Chan<Integer> chan = Chan.buffered(2, policy);
    assertThat(chan.sendAll(List.of(1, 2, 3, 4))).isEqualTo(4);
    assertThat(chan.dropped()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void anEndDropsNothing(Overflow policy) {
    Chan<Integer> chan = Chan.buffered(2, policy);
    chan.trySend(1);
    chan.trySend(2);
    chan.close();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> chan.trySend(3));
    assertThat(chan.dropped()).isZero();
    assertThat(drain(chan)).containsExactly(1, 2);
  }

  @Test
  void aSuspendingChannelNeverDrops() {
    Chan<Integer> chan = Chan.buffered(1);
    chan.trySend(1);
    assertThat(chan.trySend(2)).isFalse();
    assertThat(chan.dropped()).isZero();
  }
}
