package dev.runnel.internal.time;

import dev.runnel.internal.park.SpinLock;

/**
 * Something that happens when a time is over, once or again and again, unless it is set anew or
 * stopped first.
 *
 * <p>Setting, stopping and happening exclude one another by the lock, and each setting has a
 * number: an alarm that rings for an earlier one does nothing. So once {@code set} or {@code stop}
 * has returned, nothing comes of what was set before.
 */
public abstract class Countdown extends SpinLock {
  private static final long ONCE = 0;

  private final Clock clock;
  private int setting;
  private boolean active;
  private Alarm alarm = Alarm.NONE;

  /** How often it happens, in nanoseconds, or ONCE. */
  private long period;

  /** When it is to happen next, by the clock. */
  private long due;

  /**
   * Creates it, not set.
   *
   * @param clock where its time comes from
   */
  protected Countdown(Clock clock) {
    this.clock = clock;
  }

  /** Where its time comes from. */
  protected final Clock clock() {
    return clock;
  }

  /** Takes the lock, and what {@link #happen} and {@link #takeBack} need besides. */
  protected void enter() {
    lock();
  }

  /** Gives back what {@link #enter} took. */
  protected void exit() {
    unlock();
  }

  /**
   * The time is over. Called between {@link #enter} and {@link #exit}.
   *
   * @return whether it may happen again
   */
  protected abstract boolean happen();

  /** Follows {@link #happen}, without any lock. */
  protected void afterwards() {}

  /**
   * Takes back what {@link #happen} did and nobody has noticed. Called between {@link #enter} and
   * {@link #exit}.
   *
   * @return true if there was anything
   */
  protected boolean takeBack() {
    return false;
  }

  /**
   * Sets it to happen once, in place of what was set before.
   *
   * @param nanos when, from now; zero or less: at once
   * @return whether it had been set, and nothing had come of that yet
   */
  public boolean once(long nanos) {
    return set(nanos, ONCE);
  }

  /**
   * Sets it to happen again and again, in place of what was set before.
   *
   * @param nanos how often, more than 0; first that long from now
   */
  public void every(long nanos) {
    set(nanos, nanos);
  }

  private boolean set(long nanos, long newPeriod) {
    boolean pending;
    Alarm old;
    int number;
    enter();
    try {
      pending = forget();
      old = takeAlarm();
      active = true;
      period = newPeriod;
      due = clock.nanos() + nanos;
      number = setting;
    } finally {
      exit();
    }
    old.cancel();
    schedule(nanos, number);
    return pending;
  }

  /**
   * Takes the setting back.
   *
   * @return whether it had been set, and nothing had come of that yet
   */
  public final boolean stop() {
    boolean pending;
    Alarm old;
    enter();
    try {
      pending = forget();
      old = takeAlarm();
    } finally {
      exit();
    }
    old.cancel();
    return pending;
  }

  /** Ends the current setting; whether nothing had come of it yet. */
  private boolean forget() {
    boolean unnoticed = takeBack();
    boolean pending = unnoticed || active;
    active = false;
    setting++;
    return pending;
  }

  private Alarm takeAlarm() {
    Alarm old = alarm;
    alarm = Alarm.NONE;
    return old;
  }

  private void schedule(long nanos, int number) {
    if (nanos == Long.MAX_VALUE) {
      return; // 292 years: it stays set, and does not happen
    }
    Alarm set = clock.schedule(nanos, () -> ring(number));
    lock();
    boolean current = active && setting == number;
    if (current) {
      alarm = set;
    }
    unlock();
    if (!current) {
      set.cancel();
    }
  }

  private void ring(int number) {
    boolean again;
    int next;
    long wait = 0;
    enter();
    try {
      if (!active || setting != number) {
        return;
      }
      again = happen() && period != ONCE;
      active = again;
      alarm = Alarm.NONE;
      next = ++setting;
      if (again) {
        wait = untilNext();
      }
    } finally {
      exit();
    }
    afterwards();
    if (again) {
      schedule(wait, next);
    }
  }

  /** Times that are over already have been missed, and are left out; the rhythm is kept. */
  private long untilNext() {
    long now = clock.nanos(); // read once: what is returned must not be negative
    due += period * (Math.max(now - due, 0) / period + 1);
    return due - now;
  }
}
