package dev.runnel.internal.park;

import dev.runnel.internal.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * A goroutine, as the parker and the clock see it: it remembers what it waits for, and has a clock.
 */
public interface Parkable {

  /**
   * Notes what the goroutine waits for.
   *
   * @param waiter the wait, or null when it is over
   */
  void waitingFor(@Nullable Waiter waiter);

  /**
   * Its clock.
   *
   * @return the clock; the system's, unless it says otherwise
   */
  default Clock clock() {
    return Clock.system();
  }
}
