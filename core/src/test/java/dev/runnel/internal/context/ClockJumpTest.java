package dev.runnel.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.CancelContext;
import dev.runnel.DeadlineExceededException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** White box: the system's clock was set while a context with a deadline lived. */
class ClockJumpTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  /** By the clock on the wall the parent should have ended long ago; its alarm knows better. */
  @Test
  void aTimeoutHoldsThoughTheClockWasSetForward() throws InterruptedException {
    Instant past = Instant.now().minusSeconds(60);
    try (CancelNode parent = new CancelNode(ContextNode.background(), past, HOUR).joinParent()) {
      parent.endIn(HOUR, End.LATE);
      try (CancelContext child = parent.withTimeout(Duration.ofMillis(1))) {
        child.done().receive();
        assertThat(child.err()).isInstanceOf(DeadlineExceededException.class);
        assertThat(parent.err()).isNull();
        assertThat(child.deadline()).as("the sooner, by the clock").isEqualTo(past);
      }
      try (CancelContext below = parent.withCancel();
          CancelContext child = below.withTimeout(Duration.ofMillis(1))) {
        child.done().receive();
        assertThat(below.err()).isNull();
      }
    }
  }
}
