package dev.runnel.testing.internal;

import dev.runnel.internal.park.SpinLock;

/** The lock of a bubble's state. Nothing is called under it that takes a lock of Runnel's. */
final class StateLock extends SpinLock {

  StateLock() {}

  /**
   * Takes the lock, and leaves the thread's interrupt flag alone meanwhile. {@link #lock} takes it
   * down while it naps; who has interrupted a sleeper, and waits until that has noticed, would take
   * that for the notice.
   */
  @SuppressWarnings("ThreadPriorityCheck") // the holder has a few dozen instructions to go
  void lockKeepingInterrupt() {
    while (!tryLock()) {
      Thread.yield();
    }
  }
}
