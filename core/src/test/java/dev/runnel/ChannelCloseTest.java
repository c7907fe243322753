package dev.runnel;

import static dev.runnel.testkit.Channels.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.ReceiveResult.Closed;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.EveryChannel;
import dev.runnel.testkit.ReceiveForm;
import dev.runnel.testkit.SendForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a clean end does to those who come and those who wait. */
@EveryChannel
record ChannelCloseTest(int capacity, Actor.Kind kind) {

  @Test
  void bufferedValuesDrainFirst() throws Exception {
    Chan<Integer> chan = full(capacity);
    chan.close();
    for (int i = 0; i < capacity; i++) {
      assertThat(chan.receive()).isEqualTo(i);
    }
    assertThat(chan.receive()).isNull();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OR_THROW")
  void thenEveryReceiveGivesNullForEver(ReceiveForm receive) throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    chan.close();
    assertThat(receive.from(chan)).isNull();
    assertThat(receive.from(chan)).as("the second time").isNull();
  }

  @Test
  void andThoseThatReportTheEndReportIt() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    chan.close();
    assertThat(chan.tryReceive()).isEqualTo(new Closed<>(null));
    assertThat(chan.receive(Duration.ZERO)).isEqualTo(new Closed<>(null));
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(chan::receiveOrThrow)
        .withMessage("receive on closed channel");
  }

  @Test
  void allWaitingReceiversWake() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    List<Actor> receivers = new ArrayList<>();
    for (int i = 0; i < 200; i++) { // more than are woken in one batch
      receivers.add(kind.start(() -> assertThat(chan.receive()).isNull()));
    }
    for (Actor receiver : receivers) {
      receiver.awaitWaiting();
    }
    chan.close();
    for (Actor receiver : receivers) {
      receiver.join();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OR_THROW")
  void inWhateverFormTheyWait(ReceiveForm receive) throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Actor first = kind.start(() -> assertThat(receive.from(chan)).isNull()).awaitWaiting();
    Actor second = kind.start(() -> assertThat(receive.from(chan)).isNull()).awaitWaiting();
    Actor insisting = kind.start(chan::receiveOrThrow).awaitWaiting();
    chan.close();
    first.join();
    second.join();
    assertThat(insisting.joinForFailure()).isExactlyInstanceOf(ChannelClosedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void waitingSendersGetAnExceptionAndKeepTheirValues(SendForm form) throws Exception {
    Chan<Integer> chan = full(capacity);
    Actor first = kind.start(() -> form.send(-1, chan)).awaitWaiting();
    Actor second = kind.start(() -> form.send(-2, chan)).awaitWaiting();
    chan.close();
    for (Actor sender : List.of(first, second)) {
      assertThat(sender.joinForFailure())
          .isExactlyInstanceOf(ChannelClosedException.class)
          .hasMessage("send on closed channel")
          .hasNoCause();
    }
    assertThat(chan.stream()).hasSize(capacity).doesNotContain(-1, -2);
  }

  @ParameterizedTest
  @EnumSource
  void laterSendsThrow(SendForm form) {
    Chan<Integer> chan = Chan.buffered(capacity);
    chan.close();
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> form.send(1, chan))
        .withMessage("send on closed channel");
    assertThat(chan.length()).isZero();
  }

  @Test
  void soDoesTrySendEvenIfThereIsNoRoom() {
    Chan<Integer> chan = full(capacity);
    chan.close();
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> chan.trySend(1))
        .withMessage("send on closed channel");
  }

  @Test
  void aSecondCloseThrows() {
    Chan<Integer> chan = Chan.buffered(capacity);
    chan.close();
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(chan::close)
        .withMessage("close of closed channel");
  }

  @Test
  void anInterruptNeitherStopsACloseNorIsLost() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    kind.start(
            () -> {
              Thread.currentThread().interrupt();
              chan.close();
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
            })
        .join();
    assertThat(chan.receive()).isNull();
  }
}
