package dev.runnel.internal.goroutine;

import dev.runnel.ChannelFailedException;
import dev.runnel.ContextException;
import dev.runnel.InterruptedIterationException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an exception is the mere echo of a cancellation: what code throws because it was
 * told to stop.
 */
public final class Echo {

  private Echo() {}

  /**
   * Whether an exception says that the thread was interrupted.
   *
   * @param thrown the exception; null is none
   * @return true if so
   */
  public static boolean ofInterrupt(@Nullable Throwable thrown) {
    return thrown instanceof InterruptedException
        || thrown instanceof InterruptedIterationException
        || thrown instanceof ClosedByInterruptException
        || (thrown instanceof InterruptedIOException && !(thrown instanceof SocketTimeoutException))
        || (thrown instanceof UncheckedIOException wrapped && ofInterrupt(wrapped.getCause()))
        || isOfSocket(thrown);
  }

  /**
   * What a blocking socket throws when its virtual thread is interrupted. The JDK has no class for
   * it; its specification names only the interrupt status, which may be gone by now.
   */
  private static boolean isOfSocket(@Nullable Throwable thrown) {
    return thrown instanceof SocketException && "Closed by interrupt".equals(thrown.getMessage());
  }

  /**
   * Whether an exception is what a context that has ended makes code throw, or what it makes others
   * throw that wait for the result of such code.
   *
   * @param thrown the exception
   * @return true if so
   */
  public static boolean ofEndedContext(Throwable thrown) {
    return thrown instanceof ContextException
        || thrown instanceof CancellationException
        || ofInterrupt(thrown)
        || isOfFailedChannel(thrown);
  }

  /** A sender that was told to stop fails its channel with that, and so its receivers. */
  private static boolean isOfFailedChannel(Throwable thrown) {
    return thrown instanceof ChannelFailedException failed
        && failed.getCause() != null
        && ofEndedContext(failed.getCause());
  }
}
