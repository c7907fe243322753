package dev.runnel.internal.hook;

import dev.runnel.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * Records what goroutines do, while there is a recording of the JDK's Flight Recorder; else there
 * is none of this, and all that is paid is one look at a field, where goroutines start, end, go to
 * sleep and cancel.
 */
public abstract class Flight {
  private static volatile @Nullable Flight current;

  /** Creates one. */
  protected Flight() {}

  /**
   * The recording.
   *
   * @return what is told of events; null while nothing is recorded
   */
  public static @Nullable Flight current() {
    return current;
  }

  /**
   * Begins to record, or ends that.
   *
   * @param flight what is told of events from now on; null for nothing
   */
  public static void current(@Nullable Flight flight) {
    current = flight;
  }

  /**
   * A wait begins.
   *
   * @param waiter the current thread's wait
   * @return what to call when it is over; null if it is not to be recorded
   */
  public static @Nullable Runnable blocked(Waiter waiter) {
    Flight flight = current;
    return flight == null ? null : flight.waits(waiter);
  }

  /**
   * A goroutine is started, by the current thread.
   *
   * @param id its number
   * @param name its name
   */
  public abstract void starts(long id, String name);

  /**
   * The current goroutine has ended.
   *
   * @param id its number
   * @param name its name
   * @param failure what it threw, or null
   */
  public abstract void ends(long id, String name, @Nullable Throwable failure);

  /**
   * A context ends, by the current thread.
   *
   * @param context the context
   * @param late whether its deadline has passed
   * @param cause why, or null
   */
  public abstract void cancels(Object context, boolean late, @Nullable Throwable cause);

  /**
   * A wait begins.
   *
   * @param waiter the current thread's wait
   * @return what to call when it is over; null if it is not to be recorded
   */
  protected abstract @Nullable Runnable waits(Waiter waiter);
}
