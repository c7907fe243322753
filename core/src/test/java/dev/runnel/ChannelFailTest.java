package dev.runnel;

import static dev.runnel.testkit.Channels.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runnel.ReceiveResult.Closed;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.EveryChannel;
import dev.runnel.testkit.ReceiveForm;
import dev.runnel.testkit.SendForm;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an end with a failure does to those who come and those who wait. */
@EveryChannel
record ChannelFailTest(int capacity, Actor.Kind kind) {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TIMED")
  void receiversGetWhatIsBufferedAndThenTheFailure(ReceiveForm receive) throws Exception {
    Exception cause = new Exception("the sender broke");
    Chan<Integer> chan = full(capacity);
    assertThat(chan.fail(cause)).isTrue();
    for (int i = 0; i < capacity; i++) {
      assertThat(receive.from(chan)).isEqualTo(i);
    }
    Throwable first = catchThrowable(() -> receive.from(chan));
    Throwable second = catchThrowable(() -> receive.from(chan));
    assertThat(first).isExactlyInstanceOf(ChannelFailedException.class).hasCause(cause);
    assertThat(second).isExactlyInstanceOf(ChannelFailedException.class).isNotSameAs(first);
  }

  @Test
  void thoseThatReportTheEndReportTheCause() throws Exception {
    Exception cause = new Exception("the sender broke");
    Chan<Integer> chan = Chan.buffered(capacity);
    chan.fail(cause);
    assertThat(chan.tryReceive()).isEqualTo(new Closed<>(cause));
    assertThat(chan.receive(Duration.ofDays(1))).isEqualTo(new Closed<>(cause));
  }

  @Test
  void receiveEachThrowsAfterTheLastValue() {
    Exception cause = new Exception("the sender broke");
    Chan<Integer> chan = full(capacity);
    chan.fail(cause);
    int[] seen = {0};
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(() -> chan.receiveEach(_ -> seen[0]++))
        .withCause(cause);
    assertThat(seen[0]).isEqualTo(capacity);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TIMED")
  void waitingReceiversGetIt(ReceiveForm receive) throws Exception {
    Exception cause = new Exception("the sender broke");
    Chan<Integer> chan = Chan.buffered(capacity);
    Actor receiver = kind.start(() -> receive.from(chan)).awaitWaiting();
    chan.fail(cause);
    assertThat(receiver.joinForFailure())
        .isExactlyInstanceOf(ChannelFailedException.class)
        .hasCause(cause);
  }

  @ParameterizedTest
  @EnumSource
  void sendersFindTheChannelClosed(SendForm form) throws Exception {
    Exception cause = new Exception("the sender broke");
    Chan<Integer> chan = full(capacity);
    Actor sender = kind.start(() -> form.send(-1, chan)).awaitWaiting();
    chan.fail(cause);
    assertThat(sender.joinForFailure())
        .isExactlyInstanceOf(ChannelClosedException.class)
        .hasCause(cause);
    assertThat(catchThrowable(() -> form.send(-1, chan)))
        .isExactlyInstanceOf(ChannelClosedException.class)
        .hasCause(cause);
  }

  @Test
  void theFirstEndWins() throws Exception {
    Exception cause = new Exception("the sender broke");
    Chan<Integer> closed = Chan.buffered(capacity);
    closed.close();
    assertThat(closed.fail(cause)).isFalse();
    assertThat(closed.receive()).isNull();

    Chan<Integer> failed = Chan.buffered(capacity);
    failed.fail(cause);
    assertThat(failed.fail(new Exception("too late"))).isFalse();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(failed::close);
    assertThat(failed.tryReceive()).isEqualTo(new Closed<>(cause));
  }

  @Test
  void aFailureNeedsACause() {
    Chan<Integer> chan = Chan.buffered(capacity);
    assertThatNullPointerException().isThrownBy(() -> chan.fail(null));
    assertThat(chan.tryReceive().isClosed()).isFalse();
  }
}
