package dev.runnel.internal.park;

import org.jspecify.annotations.Nullable;

/** A goroutine, as the parker sees it: it remembers what it waits for. */
public interface Parkable {

  /**
   * Notes what the goroutine waits for.
   *
   * @param waiter the wait, or null when it is over
   */
  void waitingFor(@Nullable Waiter waiter);
}
