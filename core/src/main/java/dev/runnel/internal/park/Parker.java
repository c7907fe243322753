package dev.runnel.internal.park;

import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.time.Alarm;
import dev.runnel.internal.time.Clock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one place where Runnel's threads wait.
 *
 * <p>A blocking operation makes a {@link Waiter}, leaves it where others find it, and calls {@link
 * #await}. Waking is what costs between virtual threads: an idle carrier goes to sleep in the
 * kernel, and a partner that is caught on its way into park is several times cheaper to wake than
 * one that is parked. So a wait first spins, then yields (which keeps the carrier busy with
 * others), and only then parks.
 *
 * <p>Timed waits do not use a timed park: their deadline is an alarm of the {@link Clock}, so that
 * virtual time can move it, and it is set only when the spinning brought nothing.
 */
public final class Parker {
  /** A wait without a deadline. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 60 : 0;
  private static final int YIELDS = 3;

  private Parker() {}

  /**
   * Waits until the wait is decided. An interrupt decides it, unless it comes too late; then its
   * flag stays set.
   *
   * @param waiter the current thread's wait
   * @return the outcome; {@link Waiter#INTERRUPTED} with the interrupt flag cleared
   */
  public static Object await(Waiter waiter) {
    Object outcome = spin(waiter);
    return outcome != null ? outcome : park(waiter, true);
  }

  /**
   * Waits until the wait is decided, or its time runs out.
   *
   * @param waiter the current thread's wait
   * @param nanos how long to wait at most; {@link #FOREVER} for no bound
   * @return the outcome; {@link Waiter#TIMED_OUT} if time ran out
   */
  public static Object await(Waiter waiter, long nanos) {
    if (nanos == FOREVER) {
      return await(waiter);
    }
    Clock clock = Clock.current();
    long start = clock.nanos();
    Object outcome = spin(waiter);
    if (outcome != null) {
      return outcome;
    }
    long left = nanos - (clock.nanos() - start);
    Alarm alarm = clock.schedule(left, () -> waiter.claimAndWake(Waiter.TIMED_OUT));
    try {
      return park(waiter, true);
    } finally {
      alarm.cancel();
    }
  }

  /**
   * Waits until the wait is decided, whatever interrupts come; their flag is set afterwards.
   *
   * @param waiter the current thread's wait
   * @return the outcome
   */
  public static Object awaitWhateverComes(Waiter waiter) {
    Object outcome = spin(waiter);
    return outcome != null ? outcome : park(waiter, false);
  }

  /** Wakes a thread whose wait was claimed {@link Waiter#ASLEEP}. */
  public static void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }

  @SuppressWarnings("ThreadPriorityCheck") // yields are a speed-up; parking follows anyway
  private static @Nullable Object spin(Waiter waiter) {
    if (Hooks.PARK != null) {
      return waiter.outcome(); // a tool decides who runs; spinning would only hide the wait from it
    }
    if (!waiter.isSoon()) {
      return waiter.outcome();
    }
    for (int i = 0; i < SPINS; i++) {
      Object outcome = waiter.outcome();
      if (outcome != null) {
        return outcome;
      }
      Thread.onSpinWait();
    }
    if (waiter.thread().isVirtual()) {
      for (int i = 0; i < YIELDS; i++) {
        Thread.yield();
        Object outcome = waiter.outcome();
        if (outcome != null) {
          return outcome;
        }
      }
    }
    return null;
  }

  private static Object park(Waiter waiter, boolean interruptible) {
    Thread self = waiter.thread();
    boolean asleep = waiter.fallAsleep();
    if (asleep && Hooks.PARK != null) {
      Hooks.PARK.parked(waiter);
    }
    Parkable goroutine =
        asleep && self.getUncaughtExceptionHandler() instanceof Parkable p ? p : null;
    if (goroutine != null) {
      goroutine.waitingFor(waiter);
    }
    boolean interrupted = false;
    Object outcome;
    while ((outcome = waiter.outcome()) == null) {
      if (!interruptible) {
        // A set flag would make park return at once: take it down, and put it up again at the end.
        interrupted |= Thread.interrupted();
        LockSupport.park(waiter.blocker());
      } else if (self.isInterrupted()) {
        if (waiter.claim(Waiter.INTERRUPTED) != Waiter.LOST) {
          var _ = Thread.interrupted();
        }
      } else {
        LockSupport.park(waiter.blocker());
      }
    }
    if (goroutine != null) {
      goroutine.waitingFor(null);
    }
    if (interrupted) {
      self.interrupt();
    }
    return outcome;
  }
}
