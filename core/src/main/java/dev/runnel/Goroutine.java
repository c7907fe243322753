package dev.runnel;

import dev.runnel.internal.goroutine.Routine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A goroutine: a virtual thread started by Runnel.
 *
 * <p>Starting it <i>happens-before</i> its body; its body happens-before the return of a join, and
 * what follows a {@link #failure} that is not null.
 *
 * <p>A body that throws ends its goroutine alone, never the process. What it threw goes to the
 * thread's uncaught-exception handler and stays on this handle. A goroutine that was told to stop
 * and did has not failed so: see {@link #failure}.
 *
 * <p>Origin in Go: the goroutine; Go gives no handle on one.
 */
public sealed interface Goroutine permits Routine {

  /**
   * Its number: that of its thread, as thread dumps show it.
   *
   * @return the id
   */
  long id();

  /**
   * Its name.
   *
   * @return the name it was given, else {@code goroutine-} and the id
   */
  String name();

  /**
   * Whether its body is over. Gives no happens-before.
   *
   * @return true once it is
   */
  boolean isDone();

  /**
   * What its body threw.
   *
   * @return the exception; null while it runs, if it returned, or if it was started with a context
   *     and that context's end made it stop. An interrupt through {@link #interrupt} that made it
   *     stop is kept here, but not reported to the uncaught-exception handler
   */
  @Nullable Throwable failure();

  /**
   * Waits until it is done.
   *
   * @throws IllegalStateException if called by the goroutine itself
   * @throws InterruptedException if the current thread is interrupted on entry or while waiting
   */
  void join() throws InterruptedException;

  /**
   * Waits until it is done, but no longer than a given time.
   *
   * @param atMost how long; zero or negative: not at all
   * @return true if it is done, false if time ran out
   * @throws IllegalStateException if called by the goroutine itself
   * @throws InterruptedException if the current thread is interrupted on entry or while waiting
   */
  boolean join(Duration atMost) throws InterruptedException;

  /** Interrupts it: a blocking operation of its throws {@link InterruptedException}. */
  void interrupt();

  /**
   * The goroutine that this code runs in.
   *
   * @return the goroutine; null if the current thread was not started by Runnel, or has been given
   *     an uncaught-exception handler of its own (a goroutine is its thread's handler)
   */
  static @Nullable Goroutine current() {
    return Routine.current();
  }
}
