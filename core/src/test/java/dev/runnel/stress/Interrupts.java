package dev.runnel.stress;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * An account of interrupts: each that was sent is seen by its worker once, and no other.
 *
 * <p>A worker is not interrupted again before it has seen the last one. So the account is exact,
 * though a flag can't count.
 */
final class Interrupts {
  private static final int IDLE = 0;
  private static final int FIRING = 1;
  private static final int PENDING = 2;
  private static final int OVER = 3;

  private final AtomicIntegerArray states;

  Interrupts(int workers) {
    states = new AtomicIntegerArray(workers);
  }

  /** Interrupts a worker, unless it has not seen the last one or has ended. */
  void send(int worker, Thread thread) {
    if (states.compareAndSet(worker, IDLE, FIRING)) {
      thread.interrupt();
      states.set(worker, PENDING);
    }
  }

  /** An exception has told the worker of an interrupt. */
  void seen(int worker) {
    while (states.get(worker) == FIRING) {
      Thread.onSpinWait();
    }
    if (!states.compareAndSet(worker, PENDING, IDLE)) {
      throw new AssertionError("worker " + worker + " saw an interrupt that nobody sent");
    }
  }

  /** The worker has ended, on the current thread: its flag is set if one is pending, else not. */
  void over(int worker) {
    while (!states.compareAndSet(worker, IDLE, OVER)) {
      if (states.get(worker) == PENDING) {
        if (!Thread.interrupted()) {
          throw new AssertionError("worker " + worker + " never saw an interrupt");
        }
        states.set(worker, IDLE);
      }
    }
    if (Thread.interrupted()) {
      throw new AssertionError("worker " + worker + " was left with a stray interrupt");
    }
  }
}
