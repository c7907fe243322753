package dev.runnel;

import static dev.runnel.testkit.Channels.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.ReceiveResult.Empty;
import dev.runnel.ReceiveResult.Value;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.EveryChannel;
import dev.runnel.testkit.Queues;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations: zero and negative are "now", too long is "for ever". */
@EveryChannel
record ChannelTimeoutTest(int capacity, Actor.Kind kind) {
  private static final Duration SHORT = Duration.ofNanos(100_000);
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT-2562047788015215H"})
  void noTimeTakesWhatIsReadyAndNoMore(Duration none) throws Exception {
    Chan<Integer> chan = full(capacity);
    Actor sender = kind.start(() -> chan.send(capacity)).awaitWaiting();
    for (int i = 0; i <= capacity; i++) {
      assertThat(chan.receive(none)).isEqualTo(new Value<>(i));
    }
    assertThat(chan.receive(none)).isEqualTo(new Empty<>());
    sender.join();

    Actor receiver = kind.start(() -> assertThat(chan.receive()).isEqualTo(-1)).awaitWaiting();
    assertThat(chan.send(-1, none)).isTrue();
    for (int i = 0; i < capacity; i++) {
      assertThat(chan.send(i, none)).isTrue();
    }
    assertThat(chan.send(capacity, none)).isFalse();
    receiver.join();
  }

  /** Its alarm may go off late, when the node would be that of another wait. */
  @Test
  void onlyTheNodeOfAWaitWithoutADeadlineIsUsedAgain() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Actor timed = kind.start(() -> chan.receive(Duration.ofDays(1))).awaitWaiting();
    chan.send(1);
    timed.join();
    assertThat(Queues.keepsNode(chan)).isFalse();
    Actor untimed = kind.start(chan::receive).awaitWaiting();
    chan.send(2);
    untimed.join();
    assertThat(Queues.keepsNode(chan)).isTrue();
  }

  @Test
  void aReceiverWhoseTimeRanOutLeavesNoTrace() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    assertThat(chan.receive(SHORT)).isEqualTo(new Empty<>());
    assertThat(Queues.waiting(chan)).isZero();
    assertThat(chan.trySend(1)).as("only a buffer takes it").isEqualTo(capacity > 0);
  }

  @Test
  void aSenderWhoseTimeRanOutLeavesNoTrace() throws Exception {
    Chan<Integer> chan = full(capacity);
    assertThat(chan.send(-1, SHORT)).isFalse();
    assertThat(Queues.waiting(chan)).isZero();
    chan.close();
    assertThat(chan.stream()).hasSize(capacity).doesNotContain(-1);
  }

  @Test
  void theLongestDurationWaitsUntilServed() throws Exception {
    Chan<Integer> chan = full(capacity);
    Actor sender =
        kind.start(() -> assertThat(chan.send(capacity, LONGEST)).isTrue()).awaitWaiting();
    for (int i = 0; i <= capacity; i++) {
      assertThat(chan.receive()).isEqualTo(i);
    }
    sender.join();
    Actor receiver =
        kind.start(() -> assertThat(chan.receive(LONGEST)).isEqualTo(new Value<>(7)))
            .awaitWaiting();
    chan.send(7);
    receiver.join();
  }

  @Test
  void oneJustShortOfForEverWaitsToo() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Duration centuries = Duration.ofNanos(Long.MAX_VALUE - 1);
    Actor receiver =
        kind.start(() -> assertThat(chan.receive(centuries)).isEqualTo(new Value<>(7)))
            .awaitWaiting();
    chan.send(7);
    receiver.join();
  }

  @Test
  void theEndOfTheChannelComesBeforeTheEndOfTime() throws Exception {
    Chan<Integer> chan = full(capacity);
    Actor sender = kind.start(() -> chan.send(-1, LONGEST)).awaitWaiting();
    chan.close();
    assertThat(sender.joinForFailure()).isInstanceOf(ChannelClosedException.class);
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> chan.send(-1, Duration.ZERO));
  }
}
