package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sender that is told to stop fails its channel. What the receivers then throw is an echo of the
 * end too, however many stages it has come through, and even if it reaches them before their own
 * interrupt does.
 */
class EchoThroughChannelTest {
  private final Chan<Integer> never = Chan.unbuffered();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void inAGroup(int stages) throws Exception {
    try (CancelContext ctx = Context.background().withCancel();
        var group = ErrGroup.open(ctx)) {
      group.go(() -> {
        ReceiveChan<Integer> last = failedByTheEnd(stages);
        last.receive();
      });
      ctx.cancel();
      assertThatThrownBy(group::await).isInstanceOf(CanceledException.class);
    }
  }

  @Test
  void inAGoroutine() throws Exception {
    try (CancelContext ctx = Context.background().withCancel()) {
      Goroutine goroutine = Go.go(ctx, () -> failedByTheEnd(1).receive());
      ctx.cancel();
      goroutine.join();
      assertThat(goroutine.failure()).isNull();
    }
  }

  @Test
  void aFailureOfTheSendersOwnIsNoEcho() throws Exception {
    IOException disk = new IOException("disk");
    try (CancelContext ctx = Context.background().withCancel();
        var group = ErrGroup.open(ctx)) {
      group.go(() -> {
        failedByTheEnd(1);
        Chan<Integer> jobs = Chan.unbuffered();
        jobs.fail(disk);
        jobs.receive();
      });
      ctx.cancel();
      assertThatThrownBy(group::await)
          .isInstanceOf(ExecutionException.class)
          .rootCause()
          .isSameAs(disk);
    }
  }

  /** Waits for the end; gives the last channel of a pipeline that it has ended. */
  private ReceiveChan<Integer> failedByTheEnd(int stages) throws Exception {
    ReceiveChan<Integer> in = never;
    for (int i = 0; i < stages; i++) {
      Chan<Integer> out = Chan.unbuffered();
      ReceiveChan<Integer> from = in;
      assertThatThrownBy(() -> out.closeAfter(from::receive)).isInstanceOf(Exception.class);
      in = out;
    }
    return in;
  }
}
