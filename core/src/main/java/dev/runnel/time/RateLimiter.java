package dev.runnel.time;

import dev.runnel.Context;
import dev.runnel.DeadlineExceededException;
import dev.runnel.internal.channel.Wait;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.SpinLock;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.time.Alarm;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets events happen at a rate, with short bursts: a token bucket.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="rate-limiter"}
 *
 * <p>The bucket holds up to {@code burst} tokens, full at first, and gains {@code rate} tokens a
 * second. An event takes a token: at once if there is one, or in advance, to be waited for. Events
 * are let through in the order in which they asked.
 *
 * <p>It promises no happens-before: one event waits for the clock, not for another.
 *
 * <p>Origin in Go: {@code golang.org/x/time/rate.Limiter}.
 */
public final class RateLimiter {
  private static final double NANOS_PER_SECOND = 1e9;

  /** The lock of a limiter. */
  private static final class Lock extends SpinLock {}

  private final Clock clock;
  private final Lock lock = new Lock();
  private double rate;
  private int burst;

  /** How many tokens there were at {@link #last}; negative: taken in advance. */
  private double tokens;

  private long last;

  /** When the latest event that was let through may happen. */
  private long latestEvent;

  private RateLimiter(Clock clock, double rate, int burst) {
    this.clock = clock;
    this.rate = rate;
    this.burst = burst;
    this.tokens = burst;
    this.last = clock.nanos();
    this.latestEvent = last;
    Hooks.made(this);
  }

  /**
   * Creates a limiter.
   *
   * @param rate how many events a second; 0: none after the first burst; {@link
   *     Double#POSITIVE_INFINITY}: any number
   * @param burst how many events may happen at once
   * @return the limiter
   * @throws IllegalArgumentException if the rate is negative or not a number, or the burst is
   *     negative
   */
  public static RateLimiter perSecond(double rate, int burst) {
    return by(Clock.current(), rate, burst);
  }

  /** Creates a limiter with a clock of its own. */
  static RateLimiter by(Clock clock, double rate, int burst) {
    return new RateLimiter(clock, checkedRate(rate), checkedBurst(burst));
  }

  /**
   * Creates a limiter by the interval between events.
   *
   * <p>Origin in Go: {@code rate.Every}.
   *
   * @param interval from event to event; zero or negative: any number of events
   * @param burst how many events may happen at once
   * @return the limiter
   * @throws IllegalArgumentException if the burst is negative
   * @throws NullPointerException if the interval is null
   */
  public static RateLimiter every(Duration interval, int burst) {
    return perSecond(NANOS_PER_SECOND / Clock.nanos(interval), burst);
  }

  private static double checkedRate(double rate) {
    if (!(rate >= 0)) {
      throw new IllegalArgumentException("a rate limiter's rate can't be " + rate);
    }
    return rate;
  }

  private static int checkedBurst(int burst) {
    if (burst < 0) {
      throw new IllegalArgumentException("a rate limiter's burst can't be negative: " + burst);
    }
    return burst;
  }

  /**
   * Whether an event may happen now; takes a token if so.
   *
   * @return true if it may
   */
  public boolean allow() {
    return allow(1);
  }

  /**
   * Whether events may happen now; takes a token for each if so.
   *
   * @param events how many
   * @return true if they may
   * @throws IllegalArgumentException if the number is negative
   */
  public boolean allow(int events) {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.RATE_LIMIT, this);
    }
    boolean allowed = take(events, 0, false) != null;
    if (allowed && Hooks.OP != null) {
      Hooks.OP.after(Op.RATE_LIMIT, this);
    }
    return allowed;
  }

  /**
   * Takes a token, in advance if there is none, and says when it may be used.
   *
   * @return the reservation
   */
  public Reservation reserve() {
    return reserve(1);
  }

  /**
   * Takes tokens, in advance if there are too few, and says when they may be used.
   *
   * @param events how many
   * @return the reservation
   * @throws IllegalArgumentException if the number is negative or more than the burst: that many
   *     can never happen at once
   */
  public Reservation reserve(int events) {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.RATE_LIMIT, this);
    }
    Reservation reservation = take(events, Long.MAX_VALUE, true);
    if (reservation == null) {
      throw new AssertionError("any delay was allowed");
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.RATE_LIMIT, this);
    }
    return reservation;
  }

  /**
   * Waits until an event may happen.
   *
   * @throws IllegalArgumentException if the burst is 0
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; its token
   *     is given back, unless later ones count on it
   */
  public void await() throws InterruptedException {
    await(1, null);
  }

  /**
   * Waits until an event may happen, giving up when a context ends.
   *
   * @param ctx the context to watch
   * @throws dev.runnel.ContextException if the context has ended or ends; at once, as {@link
   *     DeadlineExceededException}, if its deadline comes before the event could; the token is
   *     given back, unless later ones count on it
   * @throws IllegalArgumentException if the burst is 0
   * @throws InterruptedException as {@link #await()}
   * @throws NullPointerException if the context is null
   */
  public void await(Context ctx) throws InterruptedException {
    await(1, ctx);
  }

  /**
   * Waits until a number of events may happen, giving up when a context ends.
   *
   * @param events how many
   * @param ctx the context to watch
   * @throws dev.runnel.ContextException as {@link #await(Context)}
   * @throws IllegalArgumentException if the number is negative or more than the burst
   * @throws InterruptedException as {@link #await(Context)}
   * @throws NullPointerException if the context is null
   */
  public void await(int events, Context ctx) throws InterruptedException {
    await(events, (ContextNode) Objects.requireNonNull(ctx, "ctx"));
  }

  private void await(int events, @Nullable ContextNode ctx) throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.RATE_LIMIT, this);
    }
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Reservation reservation = take(events, patience(ctx), true);
    if (reservation == null) {
      throw new DeadlineExceededException(null);
    }
    Object outcome = waitUntilDue(reservation, ctx);
    if (outcome != Waiter.TIMED_OUT) {
      reservation.giveBack();
      Wait.throwIfCutShort(outcome, ctx);
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.RATE_LIMIT, this);
    }
  }

  /** Waits by the limiter's own clock, which need not be that of the goroutine that waits. */
  private Object waitUntilDue(Reservation reservation, @Nullable ContextNode ctx) {
    long delay = reservation.delayNanos();
    if (delay == 0) {
      return Waiter.TIMED_OUT;
    }
    Waiter waiter = new Waiter(WaitReason.RATE_LIMIT, this);
    Alarm due =
        delay == Long.MAX_VALUE
            ? Alarm.NONE
            : clock.schedule(delay, () -> waiter.claimAndWake(Waiter.TIMED_OUT));
    try {
      return Wait.await(waiter, ctx, Parker.FOREVER);
    } finally {
      due.cancel();
    }
  }

  /** How long a context lets us wait, in nanoseconds. */
  private long patience(@Nullable ContextNode ctx) {
    Instant deadline = ctx == null ? null : ctx.deadline();
    if (deadline == null) {
      return Long.MAX_VALUE;
    }
    Instant now = clock.now();
    return deadline.isBefore(now.plus(Clock.LONGEST))
        ? Clock.nanos(Duration.between(now, deadline))
        : Long.MAX_VALUE;
  }

  /**
   * Takes tokens if they may be used within a time; null, and none taken, if not.
   *
   * @param strict whether more than the burst is refused by an exception
   */
  private @Nullable Reservation take(int events, long maxDelayNanos, boolean strict) {
    if (events < 0) {
      throw new IllegalArgumentException("a number of events can't be negative: " + events);
    }
    lock.lock();
    try {
      long now = clock.nanos();
      refill(now);
      if (rate == Double.POSITIVE_INFINITY) {
        return new Reservation(this, now, 0, rate);
      }
      if (events > burst) {
        if (strict) {
          throw new IllegalArgumentException(
              events + " events can't happen at once: the limiter's burst is " + burst);
        }
        return null;
      }
      double left = tokens - events;
      long delay = left >= 0 ? 0 : nanosFor(-left, rate);
      if (delay > maxDelayNanos) {
        return null;
      }
      tokens = left;
      long event = saturatedAdd(now, delay);
      latestEvent = event;
      return new Reservation(this, event, events, rate);
    } finally {
      lock.unlock();
    }
  }

  private void refill(long now) {
    if (rate == Double.POSITIVE_INFINITY) {
      tokens = burst; // infinity times no time at all would be not a number
    } else {
      tokens = Math.min(burst, tokens + Math.max(gain(now - last, rate), 0));
    }
    last = now;
  }

  /** How many tokens a time brings. */
  private static double gain(long nanos, double rate) {
    return nanos * (rate / NANOS_PER_SECOND);
  }

  /** How long it takes to gain a number of tokens; saturates. */
  private static long nanosFor(double number, double rate) {
    double nanos = Math.ceil(number / rate * NANOS_PER_SECOND);
    return nanos < Long.MAX_VALUE ? (long) nanos : Long.MAX_VALUE;
  }

  private static long saturatedAdd(long a, long b) {
    return b > Long.MAX_VALUE - Math.max(a, 0) ? Long.MAX_VALUE : a + b;
  }

  /**
   * Gives tokens back, but for those that later reservations have already counted on.
   *
   * @param event when they could have been used
   * @param events how many they are
   * @param rateThen the rate when they were taken
   * @param unused whether they are known not to have been used; if not, they count as used when
   *     their time has passed
   */
  void refund(long event, int events, double rateThen, boolean unused) {
    lock.lock();
    try {
      long now = clock.nanos();
      refill(now);
      if (rate == Double.POSITIVE_INFINITY || (event < now && !unused)) {
        return;
      }
      double countedOn = Math.max(gain(latestEvent - event, rateThen), 0);
      tokens = Math.min(burst, tokens + Math.max(events - countedOn, 0));
      // Rounding up may have put the latest event a nanosecond before the one that it is.
      if (event >= latestEvent) {
        latestEvent = Math.max(now, event - nanosFor(events, rateThen));
      }
    } finally {
      lock.unlock();
    }
  }

  long nanosUntil(long event) {
    if (event == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    return Math.max(event - clock.nanos(), 0);
  }

  /**
   * How many tokens there are now.
   *
   * <p>Origin in Go: {@code Limiter.Tokens}.
   *
   * @return the number; negative if tokens were taken in advance
   */
  public double tokens() {
    lock.lock();
    try {
      refill(clock.nanos());
      return tokens;
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many events a second may happen.
   *
   * @return the rate
   */
  public double rate() {
    lock.lock();
    double now = rate;
    lock.unlock();
    return now;
  }

  /**
   * How many events may happen at once.
   *
   * @return the burst
   */
  public int burst() {
    lock.lock();
    int now = burst;
    lock.unlock();
    return now;
  }

  /**
   * Sets the rate from now on. Reservations keep their time.
   *
   * @param newRate how many events a second
   * @throws IllegalArgumentException if the rate is negative or not a number
   */
  public void setRate(double newRate) {
    checkedRate(newRate);
    lock.lock();
    refill(clock.nanos());
    rate = newRate;
    lock.unlock();
  }

  /**
   * Sets the burst from now on. Reservations keep their time.
   *
   * @param newBurst how many events may happen at once
   * @throws IllegalArgumentException if the burst is negative
   */
  public void setBurst(int newBurst) {
    checkedBurst(newBurst);
    lock.lock();
    refill(clock.nanos());
    burst = newBurst;
    lock.unlock();
  }

  @Override
  public String toString() {
    return "rate limiter (" + rate() + "/s, burst " + burst() + ")";
  }
}
