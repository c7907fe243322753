package dev.runnel.spi;

import org.jspecify.annotations.Nullable;

/**
 * A foreign place for values, such as a {@link java.util.concurrent.BlockingQueue} or a message
 * broker's subject, that {@link dev.runnel.SendChan#to} turns into a channel.
 *
 * <p>The mirror of {@link Source}: a sender offers; when there is no room it arms a wake-up, offers
 * once more, and parks. All methods may be called by several threads at once, must not block, and
 * are never called while Runnel holds a lock.
 *
 * @param <T> the type of the values
 */
public interface Sink<T> {

  /**
   * Puts a value in, if there is room.
   *
   * @param value the value
   * @return true if it was taken
   */
  boolean offer(T value);

  /**
   * Whether the sink takes no more values.
   *
   * @return true once it has been closed, from this side or the other
   */
  boolean closed();

  /**
   * Ends the sink. Called at most once through one channel.
   *
   * @param cause what the sender failed with, or null for a clean end
   */
  void close(@Nullable Throwable cause);

  /**
   * Asks to be told when room may have become available or the sink has closed.
   *
   * @param wake what to run then, at least once, on any thread; it does not block or throw
   */
  void arm(Runnable wake);

  /**
   * Takes back {@link #arm}. The wake-up may still run if that had begun.
   *
   * @param wake the same object that was armed
   */
  void disarm(Runnable wake);
}
