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
 * which has gone to sleep in the kernel. So a wait may first look for the decision for a moment, or
 * let others run, among them perhaps the one who decides it, and only then parks. Which of these is
 * best is learned for each channel (see {@link Patience}); for all else goroutines park at once.
 *
 * <p>Timed waits do not use a timed park: their deadline is an alarm of the {@link Clock}, so that
 * virtual time can move it, and it is set only when the first moment brought nothing.
 */
public final class Parker {
  /** A wait without a deadline. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final int YIELDS = 4;

  /** About as long as a wake-up takes that is saved. */
  private static final long SPIN_NANOS = 5_000;

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

  /** What a goroutine does before it parks: it gives the decision a moment to come by itself. */
  private static @Nullable Object linger(Waiter waiter) {
    Object outcome = waiter.outcome();
    boolean watched = Hooks.PARK != null && Hooks.PARK.parksAtOnce();
    if (outcome != null || watched || !waiter.thread().isVirtual()) {
      return outcome;
    }
    Way way = waiter.blocker() instanceof Patient patient ? patient.way() : Way.PARK;
    return switch (way) {
      case PARK -> null;
      case YIELD -> yieldOften(waiter);
      case SPIN -> spin(waiter);
    };
  }

  @SuppressWarnings("ThreadPriorityCheck") // a speed-up; parking follows anyway
  private static @Nullable Object yieldOften(Waiter waiter) {
    Object outcome = null;
    for (int i = 0; i < YIELDS && outcome == null; i++) {
      Thread.yield();
      outcome = waiter.outcome();
    }
    return outcome;
  }

  private static @Nullable Object spin(Waiter waiter) {
    Object outcome = null;
    long start = System.nanoTime();
    while (outcome == null && System.nanoTime() - start < SPIN_NANOS) {
      Thread.onSpinWait();
      outcome = waiter.outcome();
    }
    return outcome;
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
