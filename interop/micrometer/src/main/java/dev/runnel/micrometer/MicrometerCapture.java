package dev.runnel.micrometer;

import dev.runnel.spi.ContextCapture;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Carries every thread-local that is registered with Micrometer's {@code ContextRegistry}. What is
 * not set where the goroutine is started is cleared in it.
 */
public final class MicrometerCapture implements ContextCapture {
  private final ContextSnapshotFactory snapshots =
      ContextSnapshotFactory.builder().clearMissing(true).build();

  /** Creates it; {@link java.util.ServiceLoader} does so. */
  public MicrometerCapture() {}

  @Override
  public Snapshot capture() {
    ContextSnapshot captured = snapshots.captureAll();
    return body -> {
      try (ContextSnapshot.Scope _ = captured.setThreadLocals()) {
        body.run();
      }
    };
  }
}
