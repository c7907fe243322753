package dev.runnel.cli;

import dev.runnel.CancelContext;
import dev.runnel.Context;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A context that Ctrl-C ends. The process then goes on until this is closed, so that work in hand
 * can be put down in order; the JVM makes the exit status 130.
 *
 * <p>Works by a shutdown hook, so what ends the JVM otherwise, such as SIGTERM, ends the context
 * too.
 */
final class UntilSignal implements AutoCloseable {
  /** How long the process waits for {@link #close}; a second Ctrl-C can't end it before. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CancelContext ctx = Context.background().withCancel();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "ctrl-c");

  /** Creates the context and begins to watch. */
  UntilSignal() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException signalHasCome) {
      ctx.cancel();
    }
  }

  /**
   * The context that the signal ends.
   *
   * @return the context
   */
  Context context() {
    return ctx;
  }

  private void stop() {
    ctx.cancel();
    try {
      var _ = closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // ends with this thread
    }
  }

  /** Stops watching, and lets the process end if the signal has come. */
  @Override
  public void close() {
    ctx.close();
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException signalHasCome) {
      // Then the hook is running, and has been let go.
    }
  }
}
