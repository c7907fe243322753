package dev.runnel;

import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels that have ended, or end under a waiting select, in every form of it. */
class SelectEndedChannelTest {
  private final Chan<Integer> channel = Chan.buffered(1);
  private final List<Object> seen = new ArrayList<>();

  @Test
  void aBareReceiveGivesNullOnceAClosedChannelIsDrained() throws InterruptedException {
    channel.send(7);
    channel.close();
    assertThat(select(channel.onReceive())).isEqualTo(7);
    assertThat(select(channel.onReceive())).isNull();
  }

  @Test
  void aHandlerIsNotGivenTheEnd() throws InterruptedException {
    channel.send(7);
    channel.close();
    select(channel.onReceive(seen::add));
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> select(channel.onReceive(seen::add)))
        .withMessageContaining("closed channel");
    assertThat(seen).containsExactly(7);
  }

  @Test
  void aHandlerForTheEndIsRunInstead() throws InterruptedException {
    channel.close();
    select(channel.onReceive(seen::add, () -> seen.add("end")));
    assertThat(seen).containsExactly("end");
  }

  @Test
  void aMappingIsNotGivenTheEndUnlessItHasOneForIt() throws InterruptedException {
    channel.close();
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> select(channel.onReceive().map(v -> "value")));
    assertThat(select(channel.onReceive().map(v -> "value", () -> "end"))).isEqualTo("end");
  }

  @Test
  void theEndIsWhatTheCaseOfAContextIsMappedFrom() throws InterruptedException {
    CancelContext ctx = Context.background().withCancel();
    Actor actor =
        Actor.Kind.VIRTUAL
            .start(() -> seen.add(select(channel.onReceive(), ctx.onDone().map(_ -> "ended"))))
            .awaitWaiting();
    ctx.cancel();
    actor.join();
    select(ctx.onDone().map(_ -> seen.add(true)));
    assertThat(select(ctx.onDone().map(_ -> "value", () -> "end"))).isEqualTo("end");
    Context inner = ctx.withValue(ContextKey.of("key"), 1);
    select(inner.onDone().map(_ -> seen.add("inner")));
    assertThat(
            select(Context.background().onDone().map(_ -> "never"), otherwiseGet(() -> "not yet")))
        .isEqualTo("not yet");
    assertThatExceptionOfType(ChannelClosedException.class)
        .as("a channel like any other")
        .isThrownBy(() -> select(ctx.done().onReceive().map(_ -> "value")));
    assertThat(seen).containsExactly("ended", true, "inner");
  }

  @Test
  void aReusableSelectTellsTheEndFromAValue() throws InterruptedException {
    channel.send(7);
    channel.close();
    var receive = channel.onReceive();
    var select = Select.of(receive);
    select.await();
    assertThat(receive.closed()).isFalse();
    assertThat(receive.value()).isEqualTo(7);
    assertThat(select.await()).isSameAs(receive);
    assertThat(receive.closed()).isTrue();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(receive::value)
        .withMessageContaining("closed");
  }

  @Test
  void aReusableSelectRunsTheHandlersForTheEnd() throws InterruptedException {
    channel.close();
    Select.of(channel.onReceive(seen::add, () -> seen.add("end"))).await();
    assertThat(seen).containsExactly("end");
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(Select.of(channel.onReceive(seen::add))::await);
  }

  @Test
  void aSendToAClosedChannelThrowsInEveryForm() {
    channel.close();
    assertSendThrows(() -> select(channel.onSend(1)));
    assertSendThrows(() -> select(channel.onSend(1, () -> seen.add("sent"))));
    assertSendThrows(() -> select(channel.onSend(1).map(() -> seen.add("sent"))));
    assertSendThrows(Select.of(channel.onSend(1))::await);
    assertSendThrows(Select.of(channel.onSend(1, () -> seen.add("sent")))::poll);
    assertThat(seen).isEmpty();
  }

  @Test
  void aReceiveFromAFailedChannelThrowsInEveryFormOnceItIsDrained() throws InterruptedException {
    RuntimeException cause = new RuntimeException("boom");
    channel.send(7);
    channel.fail(cause);
    assertThat(select(channel.onReceive())).isEqualTo(7);
    assertFailed(cause, () -> select(channel.onReceive()));
    assertFailed(cause, () -> select(channel.onReceive(seen::add)));
    assertFailed(cause, () -> select(channel.onReceive(seen::add, () -> seen.add("end"))));
    assertFailed(cause, () -> select(channel.onReceive().map(seen::add)));
    assertFailed(cause, () -> select(channel.onReceive().map(seen::add, () -> seen.add("end"))));
    assertFailed(cause, Select.of(channel.onReceive())::await);
    assertFailed(cause, Select.of(channel.onReceive(seen::add, () -> seen.add("end")))::poll);
    assertThat(seen).isEmpty();
  }

  @Test
  void aSendToAFailedChannelCarriesTheFailure() {
    RuntimeException cause = new RuntimeException("boom");
    channel.fail(cause);
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> select(channel.onSend(1)))
        .withCause(cause);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theEndWakesAWaitingSelectOnEitherSide(boolean sending) throws InterruptedException {
    Chan<Integer> rendezvous = Chan.unbuffered();
    Case<?> mine = sending ? rendezvous.onSend(1) : rendezvous.onReceive();
    Actor actor = Actor.Kind.VIRTUAL.start(() -> select(channel.onReceive(), mine)).awaitWaiting();
    rendezvous.close();
    Throwable thrown = actor.joinForFailure();
    if (sending) {
      assertThat(thrown).isInstanceOf(ChannelClosedException.class);
    } else {
      assertThat(thrown).isNull();
    }
  }

  @Test
  void aFailureWakesAWaitingSelect() throws InterruptedException {
    RuntimeException cause = new RuntimeException("boom");
    Actor actor = Actor.Kind.VIRTUAL.start(Select.of(channel.onReceive())::await).awaitWaiting();
    channel.fail(cause);
    assertThat(actor.joinForFailure()).isInstanceOf(ChannelFailedException.class).hasCause(cause);
  }

  private static void assertSendThrows(ThrowingCallable select) {
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(select)
        .withMessage("send on closed channel");
  }

  private static void assertFailed(Throwable cause, ThrowingCallable select) {
    assertThatExceptionOfType(ChannelFailedException.class).isThrownBy(select).withCause(cause);
  }
}
