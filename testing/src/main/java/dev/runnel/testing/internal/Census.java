package dev.runnel.testing.internal;

import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How many goroutines a bubble has, and how many of them may do something.
 *
 * <h2>How it knows that all are durably blocked</h2>
 *
 * {@code awake} counts the goroutines that may do something. One is counted from before its thread
 * starts until it has told everybody that it has ended, except while it sleeps in the parker for
 * something that was made in the bubble. The parker tells of each such wait twice: by the sleeping
 * goroutine when it sleeps, and by whoever decides the wait when it does. The one takes off a
 * count, the other adds one; and since who decides a wait is itself counted (a goroutine of the
 * bubble, or the driver while it rings an alarm), the count can be zero only when nobody is on the
 * way. Two cases need care, both of interrupts, which a goroutine notices on its own thread when it
 * is counted no more: an interrupt before it sleeps decides the wait before it is counted off, and
 * who interrupts it later waits until it has noticed ({@link BubbleWorld#interrupted}).
 *
 * <p>It also tells {@link Turns}, where there are some, under the same lock.
 *
 * <p><b>Locking.</b> {@code lock} protects all fields that are not volatile. It is taken with locks
 * of channels held, and nothing is called under it that takes one.
 */
final class Census {
  private final StateLock lock;
  private final @Nullable Turns turns;
  private final Queue<Waiter> settling = new ArrayDeque<>();
  private int present;
  private int awake;
  private long progress;

  /** Who is told when nobody is awake. */
  private volatile @Nullable Thread driver;

  /** Nobody there. */
  Census(@Nullable Turns turns) {
    this.turns = turns;
    this.lock = turns == null ? new StateLock() : turns.lock();
  }

  /** The current thread drives from now on. */
  void driven() {
    driver = Thread.currentThread();
  }

  boolean isDriver(Thread thread) {
    return driver == thread;
  }

  void wakeDriver() {
    LockSupport.unpark(driver);
  }

  /** A goroutine is about to start. */
  void starting(Routine routine) {
    lock.lock();
    present++;
    awake++;
    progress++;
    if (turns != null) {
      turns.add(routine);
    }
    lock.unlock();
  }

  /** The current goroutine has ended. */
  void ended() {
    lock.lock();
    present--;
    awake--;
    progress++;
    if (turns != null) {
      turns.ended();
    }
    unlockAndTell();
  }

  /** A goroutine sleeps; durably, if only the bubble can wake it. */
  void parked(Waiter waiter, boolean durable) {
    lock.lockKeepingInterrupt();
    progress++;
    if (durable) {
      awake--;
    }
    if (waiter.reason() == WaitReason.SETTLE && waiter.open()) {
      settling.add(waiter);
    }
    if (turns != null) {
      turns.asleep(waiter.thread());
    }
    unlockAndTell();
  }

  /** The wait of a goroutine that sleeps, or is about to, has been decided. */
  void woken(Waiter waiter, boolean durable) {
    lock.lockKeepingInterrupt();
    progress++;
    if (durable) {
      awake++;
    }
    if (waiter.reason() == WaitReason.SETTLE) {
      settling.remove(waiter);
    }
    if (turns != null) {
      turns.awake(waiter.thread());
    }
    lock.unlock();
  }

  private void unlockAndTell() {
    boolean idle = awake == 0;
    lock.unlock();
    if (idle) {
      wakeDriver();
    }
  }

  /** The driver counts as awake from now on, and holds all turns: it is about to ring. */
  void ringing() {
    lock.lock();
    awake++;
    progress++;
    if (turns != null) {
      turns.hold();
    }
    lock.unlock();
  }

  /** The driver has rung. */
  void rung() {
    lock.lock();
    awake--;
    if (turns != null) {
      turns.release();
    }
    lock.unlock();
  }

  /** Lets all run as they like: the bubble is over. */
  void free() {
    lock.lock();
    if (turns != null) {
      turns.free();
    }
    lock.unlock();
  }

  /** Who has waited longest for all others to be blocked; null if nobody waits for that. */
  @Nullable Waiter nextSettler() {
    lock.lock();
    try {
      return settling.peek();
    } finally {
      lock.unlock();
    }
  }

  boolean anyAwake() {
    lock.lock();
    try {
      return awake > 0;
    } finally {
      lock.unlock();
    }
  }

  boolean anyPresent() {
    lock.lock();
    try {
      return present > 0;
    } finally {
      lock.unlock();
    }
  }

  /** A number that changes whenever something happens. */
  long progress() {
    lock.lock();
    try {
      return progress;
    } finally {
      lock.unlock();
    }
  }
}
