package dev.runnel.internal.park;

/** A queue of waiters with the lock that protects it, for what is no channel. */
public final class Waiters extends SpinLock {
  /** Those who wait; only under the lock. */
  public final WaitQueue queue = new WaitQueue();

  /** Creates it empty. */
  public Waiters() {}
}
