package dev.runnel.internal.park;

import dev.runnel.internal.hook.Flight;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.time.Alarm;
import dev.runnel.internal.time.Clock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one place where Runnel's threads wait.
 *
 * <p>A blocking operation makes a {@link Waiter}, leaves it where others find it, and calls {@link
 * #await}. Waking is what costs between virtual threads: each wake-up signals an idle carrier,
 * which has gone to sleep in the kernel. A wait therefore first yields a few times, which runs
 * others, among them perhaps the one who decides it, and only then parks. It does not spin: a
 * partner on the same carrier can't run meanwhile, and one on another pays for every look at the
 * wait.
 *
 * <p>How often to yield is learned for each thing that is waited for (see {@link Patience}): where
 * the decision came too late last time, the next wait parks sooner. So goroutines that wait for
 * long, for input or in a long chain, cost no more than their parking.
 *
 * <p>Timed waits do not use a timed park: their deadline is an alarm of the {@link Clock}, so that
 * virtual time can move it, and it is set only when the yielding brought nothing.
 */
public final class Parker {
  /** A wait without a deadline. */
  public static final long FOREVER = Long.MAX_VALUE;

  private Parker() {}

  /**
   * Waits until the wait is decided. An interrupt decides it, unless it comes too late; then its
   * flag stays set.
   *
   * @param waiter the current thread's wait
   * @return the outcome; {@link Waiter#INTERRUPTED} with the interrupt flag cleared
   */
  public static Object await(Waiter waiter) {
    Object outcome = linger(waiter);
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
    Object outcome = linger(waiter);
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
    Object outcome = linger(waiter);
    return outcome != null ? outcome : park(waiter, false);
  }

  /** Wakes a thread whose wait was claimed {@link Waiter#ASLEEP}. */
  public static void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }

  @SuppressWarnings("ThreadPriorityCheck") // yields are a speed-up; parking follows anyway
  private static @Nullable Object linger(Waiter waiter) {
    Object outcome = waiter.outcome();
    boolean watched = Hooks.PARK != null && Hooks.PARK.parksAtOnce();
    if (outcome != null || watched || !waiter.isSoon() || !waiter.thread().isVirtual()) {
      return outcome;
    }
    Object blocker = waiter.blocker();
    int yields = Patience.yields(blocker);
    long start = yields == 0 ? 0 : System.nanoTime();
    for (int i = 1; i <= yields && outcome == null; i++) {
      Thread.yield();
      outcome = waiter.outcome();
      long took = System.nanoTime() - start;
      if (outcome != null || took > i * Patience.LONG_YIELD_NANOS) {
        Patience.learn(blocker, outcome != null && took <= i * Patience.LONG_YIELD_NANOS);
        return outcome;
      }
    }
    Patience.learn(blocker, false);
    return null;
  }

  private static Object park(Waiter waiter, boolean interruptible) {
    Thread self = waiter.thread();
    boolean asleep = waiter.fallAsleep();
    Parkable goroutine =
        asleep && self.getUncaughtExceptionHandler() instanceof Parkable p ? p : null;
    if (goroutine != null) {
      goroutine.waitingFor(waiter);
    }
    if (asleep && Hooks.PARK != null) {
      // An interrupt that came before the note above decides now, before the thread counts as
      // asleep; who interrupts it later sees the note, and can wait for the decision.
      if (interruptible && self.isInterrupted()) {
        giveUp(waiter);
      }
      Hooks.PARK.parked(waiter);
    }
    Runnable event = asleep ? Flight.blocked(waiter) : null;
    boolean interrupted = false;
    Object outcome;
    while ((outcome = waiter.outcome()) == null) {
      if (!interruptible) {
        // A set flag would make park return at once: take it down, and put it up again at the end.
        interrupted |= Thread.interrupted();
        LockSupport.park(waiter.blocker());
      } else if (self.isInterrupted()) {
        giveUp(waiter);
      } else {
        LockSupport.park(waiter.blocker());
      }
    }
    if (goroutine != null) {
      goroutine.waitingFor(null);
    }
    if (asleep && Hooks.PARK != null) {
      Hooks.PARK.resumed(waiter);
    }
    if (event != null) {
      event.run();
    }
    if (interrupted) {
      self.interrupt();
    }
    return outcome;
  }

  /** Takes the thread's interrupt for the decision, unless it comes too late. */
  private static void giveUp(Waiter waiter) {
    if (waiter.claim(Waiter.INTERRUPTED) != Waiter.LOST) {
      var _ = Thread.interrupted();
    }
  }
}
