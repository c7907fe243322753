package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runnel.ReceiveResult.Closed;
import dev.runnel.testkit.Actor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The end of a channel tells how its sender ended. */
class CloseAfterTest {
  private final Chan<Integer> chan = Chan.buffered(10);

  @Test
  void aSenderThatReturnsClosesTheChannel() throws Exception {
    chan.closeAfter(() -> chan.send(1));
    assertThat(chan.receive()).isEqualTo(1);
    assertThat(chan.tryReceive()).isEqualTo(new Closed<>(null));
  }

  @Test
  void aSenderThatThrowsFailsItAndTheExceptionGoesOn() throws Exception {
    Exception failure = new IOException("disk");
    Throwable thrown =
        catchThrowable(() ->
            chan.closeAfter(() -> {
              chan.send(1);
              throw failure;
            }));
    assertThat(thrown).isSameAs(failure);
    assertThat(chan.receive()).isEqualTo(1);
    assertThat(chan.tryReceive()).isEqualTo(new Closed<>(failure));
  }

  @Test
  void soDoesAnError() {
    Error error = new StackOverflowError();
    Throwable thrown =
        catchThrowable(() ->
            chan.closeAfter(() -> {
              throw error;
            }));
    assertThat(thrown).isSameAs(error);
    assertThat(chan.tryReceive()).isEqualTo(new Closed<>(error));
  }

  @Test
  void anInterruptedSenderFailsItForTheStreamIsCutShort() throws Exception {
    Chan<Integer> full = Chan.unbuffered();
    Actor sender = Actor.Kind.VIRTUAL.start(() -> full.closeAfter(() -> full.send(1)));
    sender.awaitWaiting().interrupt();
    Throwable interrupt = sender.joinForFailure();
    assertThat(interrupt).isInstanceOf(InterruptedException.class);
    assertThat(full.tryReceive()).isEqualTo(new Closed<>(interrupt));
  }

  @Test
  void aSenderThatClosesItselfIsLeftItsWay() {
    assertThatCode(() -> chan.closeAfter(chan::close)).doesNotThrowAnyException();
    assertThat(chan.tryReceive()).isEqualTo(new Closed<>(null));
  }

  @Test
  void soIsOneThatFailsTheChannelItself() {
    Exception cause = new Exception("known");
    assertThatCode(() -> chan.closeAfter(() -> chan.fail(cause))).doesNotThrowAnyException();
    assertThat(chan.tryReceive()).isEqualTo(new Closed<>(cause));
  }

  @Test
  void theFirstEndStandsWhenTheSenderThrowsAfterIt() {
    Exception failure = new Exception("after the end");
    Throwable thrown =
        catchThrowable(() ->
            chan.closeAfter(() -> {
              chan.close();
              throw failure;
            }));
    assertThat(thrown).isSameAs(failure);
    assertThat(chan.tryReceive()).isEqualTo(new Closed<>(null));
  }
}
