package dev.runnel.internal.hook;

import dev.runnel.internal.park.Waiter;

/**
 * Told by the parker who sleeps and who is woken: where virtual time, deadlock detection and
 * blocking events attach. At most one is active, chosen when {@link Hooks} is initialised.
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
   * A thread of which {@link #parked} was told goes on. Called on it, with no lock of Runnel's
   * held, before it does anything.
   *
   * @param waiter its wait, which is decided
   */
  default void resumed(Waiter waiter) {}

  /**
   * Whether the current thread should park at once where it could yield in the hope that its wait
   * is soon decided.
   *
   * @return true if it should
   */
  default boolean parksAtOnce() {
    return true;
  }
}
