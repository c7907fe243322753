package dev.runnel;

import static dev.runnel.testkit.Channels.drain;
import static dev.runnel.testkit.Channels.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.EveryChannel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch is sent in order, and always says how much of it went. */
@EveryChannel
record SendAllTest(int capacity, Actor.Kind kind) {

  @Test
  void allGoInOrder() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    List<Integer> values = IntStream.range(0, 300).boxed().toList();
    Actor sender =
        kind.start(() -> chan.closeAfter(() -> assertThat(chan.sendAll(values)).isEqualTo(300)));
    assertThat(chan.stream()).containsExactlyElementsOf(values);
    sender.join();
  }

  @Test
  void nothingIsNoWork() throws Exception {
    assertThat(Chan.<Integer>buffered(capacity).sendAll(List.of())).isZero();
  }

  @Test
  void aCloseMidwayTellsHowManyHadGone() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Chan<Integer> values = full(capacity + 3);
    Actor sender = kind.start(() -> chan.sendAll(values));
    assertThat(chan.receive()).isZero();
    assertThat(chan.receive()).isEqualTo(1);
    Eventually.that("the send of the last value", () -> values.length() == 0);
    sender.awaitWaiting();
    chan.close();
    assertThat(sender.joinForFailure())
        .isInstanceOfSatisfying(
            ChannelClosedException.class, e -> assertThat(e.sent()).isEqualTo(capacity + 2))
        .hasMessage("send on closed channel");
  }

  @Test
  void aFailureMidwayIsTheCause() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Exception cause = new Exception("broken");
    Actor sender = kind.start(() -> chan.sendAll(naturals())).awaitWaiting();
    chan.fail(cause);
    assertThat(sender.joinForFailure())
        .isInstanceOfSatisfying(
            ChannelClosedException.class, e -> assertThat(e.sent()).isEqualTo(capacity))
        .hasCause(cause);
  }

  @Test
  void anInterruptBeforeTheFirstThrows() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Actor sender =
        kind.start(() -> {
          Thread.currentThread().interrupt();
          chan.sendAll(naturals());
        });
    assertThat(sender.joinForFailure()).isInstanceOf(InterruptedException.class);
    assertThat(chan.length()).isZero();
  }

  @Test
  void anInterruptLaterGivesTheCountAndTheFlag() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Actor sender =
        kind.start(
                () -> {
                  assertThat(chan.sendAll(naturals())).isEqualTo(capacity + 1);
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                })
            .awaitWaiting();
    assertThat(chan.receive()).isZero();
    sender.awaitWaiting().interrupt();
    sender.join();
    assertThat(drain(chan)).hasSize(capacity);
  }

  @Test
  void whatTheValuesThrowGoesOn() {
    Chan<Integer> chan = Chan.buffered(capacity);
    Iterable<Integer> broken =
        () -> {
          throw new IllegalStateException("no values");
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> chan.sendAll(broken))
        .withMessage("no values");
  }

  @Test
  void aChannelIsAnIterableToo() throws Exception {
    Chan<Integer> from = Chan.buffered(3);
    Chan<Integer> to = Chan.buffered(3);
    from.sendAll(List.of(1, 2, 3));
    from.close();
    assertThat(to.sendAll(from)).isEqualTo(3);
    assertThat(drain(to)).containsExactly(1, 2, 3);
  }

  @Test
  void laterThanTheEndNothingGoes() {
    Chan<Integer> chan = Chan.buffered(capacity);
    chan.close();
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> chan.sendAll(naturals()))
        .satisfies(e -> assertThat(e.sent()).isZero());
  }

  private static Iterable<Integer> naturals() {
    return IntStream.range(0, 1000).boxed().toList();
  }
}
