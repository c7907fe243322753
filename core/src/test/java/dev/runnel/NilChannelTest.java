package dev.runnel;

import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.ReceiveResult.Empty;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.ReceiveForm;
import dev.runnel.testkit.SendForm;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The nil channel is never ready. */
class NilChannelTest {
  private final Chan<Integer> nil = Chan.nil();

  @ParameterizedTest
  @EnumSource
  void receivesWaitForEverUntilInterrupted(ReceiveForm receive) throws Exception {
    for (Actor.Kind kind : Actor.Kind.values()) {
      Actor receiver = kind.start(() -> receive.from(nil)).awaitWaiting();
      receiver.interrupt();
      assertThat(receiver.joinForFailure())
          .isInstanceOf(
              receive.iterates()
                  ? InterruptedIterationException.class
                  : InterruptedException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsWaitForEverUntilInterrupted(SendForm form) throws Exception {
    for (Actor.Kind kind : Actor.Kind.values()) {
      Actor sender = kind.start(() -> form.send(1, nil)).awaitWaiting();
      sender.interrupt();
      assertThat(sender.joinForFailure()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aContextEndsTheWaitToo() throws Exception {
    CancelContext ctx = Context.background().withCancel();
    Actor receiver = Actor.Kind.VIRTUAL.start(() -> nil.receive(ctx)).awaitWaiting();
    Actor sender = Actor.Kind.VIRTUAL.start(() -> nil.send(1, ctx)).awaitWaiting();
    ctx.cancel();
    assertThat(receiver.joinForFailure()).isInstanceOf(CanceledException.class);
    assertThat(sender.joinForFailure()).isInstanceOf(CanceledException.class);
  }

  @Test
  void soDoesTime() throws Exception {
    assertThat(nil.receive(Duration.ofNanos(1))).isEqualTo(new Empty<>());
    assertThat(nil.send(1, Duration.ofNanos(1))).isFalse();
  }

  @Test
  void nothingCanBeTried() {
    assertThat(nil.tryReceive()).isEqualTo(new Empty<>());
    assertThat(nil.trySend(1)).isFalse();
  }

  @Test
  void selectNeverChoosesIt() throws Exception {
    Chan<Integer> ready = Chan.buffered(1);
    ready.send(1);
    String chosen =
        select(
            nil.onReceive().map(_ -> "nil receive"),
            nil.onSend(1).map(() -> "nil send"),
            ready.onReceive().map(_ -> "ready"));
    assertThat(chosen).isEqualTo("ready");
    String none = select(nil.onReceive().map(_ -> "nil"), otherwiseGet(() -> "none"));
    assertThat(none).isEqualTo("none");
  }

  @Test
  void itCannotEnd() throws Exception {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(nil::close)
        .withMessage("close of nil channel");
    assertThat(nil.fail(new Exception())).isFalse();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> nil.closeAfter(() -> {}))
        .withMessage("close of nil channel");
    assertThat(nil.tryReceive()).isEqualTo(new Empty<>());
  }

  @Test
  void itHasNoBuffer() {
    assertThat(nil.length()).isZero();
    assertThat(nil.capacity()).isZero();
    assertThat(nil.dropped()).isZero();
  }

  @Test
  void misuseIsFoundBeforeTheWait() {
    assertThatNullPointerException().isThrownBy(() -> nil.send(null));
    assertThatNullPointerException().isThrownBy(() -> nil.trySend(null));
    assertThatNullPointerException().isThrownBy(() -> nil.fail(null));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> nil.receiveUpTo(0, new ArrayList<>()));
  }
}
