package dev.runnel.spi;

import org.jspecify.annotations.Nullable;

/**
 * A foreign supply of values, such as a {@link java.util.concurrent.BlockingQueue} or a message
 * broker's subscription, that {@link dev.runnel.ReceiveChan#from} turns into a channel.
 *
 * <p>A receiver polls; when nothing is there it arms a wake-up, polls once more, and parks. So a
 * source need only promise that an armed wake-up runs after a value became available (or the source
 * closed) following the {@code arm} call. Running it too often is harmless. All methods may be
 * called by several threads at once, must not block, and are never called while Runnel holds a
 * lock.
 *
 * @param <T> the type of the values
 */
public interface Source<T> {

  /**
   * Takes the next value, if one is there.
   *
   * @return the value, or null if there is none now
   */
  @Nullable T poll();

  /**
   * Whether the source will bring no more values than those {@link #poll} can take now.
   *
   * @return true once it has ended
   */
  boolean closed();

  /**
   * What the source failed with.
   *
   * @return the failure, or null if it is open or ended well
   */
  @Nullable Throwable cause();

  /**
   * Asks to be told when a value may have become available or the source has closed.
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
