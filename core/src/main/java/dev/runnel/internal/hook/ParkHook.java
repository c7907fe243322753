package dev.runnel.internal.hook;

import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.time.Clock;

/**
 * Told by the parker who sleeps and who is woken, and asked for the time: where virtual time,
 * deadlock detection and blocking events attach. At most one is active, chosen when {@link Hooks}
 * is initialised.
 *
 * <p>For each wait, {@code parked} and {@code woken} come both or neither, and may come in either
 * order. So {@code parked} minus {@code woken} never counts a thread as asleep that can run.
 */
public interface ParkHook {

  /**
   * The current thread sleeps from now on; it parks when this returns.
   *
   * @param waiter its wait
   */
  void parked(Waiter waiter);

  /**
   * A sleeping thread's wait has been decided: it can run. Called by whoever decided it, possibly
   * with locks of Runnel's held, so this must not use channels.
   *
   * @param waiter its wait
   */
  void woken(Waiter waiter);

  /**
   * The clock of the current thread.
   *
   * @return the clock
   */
  Clock clock();
}
