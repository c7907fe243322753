package dev.runnel.internal.time;

import dev.runnel.internal.park.SpinLock;

/**
 * Something that happens when a time is over, unless it is set anew or stopped first.
 *
 * <p>Setting, stopping and happening exclude one another by the lock, and each setting has a
 * number: an alarm that rings for an earlier one does nothing. So once {@code set} or {@code stop}
 * has returned, nothing comes of what was set before.
 */
public abstract class Countdown extends SpinLock {
  /** What {@link #happen} returns if that was all. */
  protected static final long NEVER = -1;

  private final Clock clock = Clock.current();
  private int setting;
  private boolean active;
  private Alarm alarm = Alarm.NONE;

  /** Creates it, not set. */
  protected Countdown() {}

  /** Where its time comes from. */
  protected final Clock clock() {
    return clock;
  }

  /**
   * The time is over. Called with the lock held.
   *
   * @return in how many nanoseconds it shall happen again, or {@link #NEVER}
   */
  protected abstract long happen();

  /** Follows {@link #happen}, without the lock. */
  protected void afterwards() {}

  /**
   * Takes back what {@link #happen} did and nobody has noticed. Called with the lock held.
   *
   * @return true if there was anything
   */
  protected boolean takeBack() {
    return false;
  }

  /**
   * Sets the time, in place of what was set before.
   *
   * @param nanos when, from now; zero or less: at once
   * @return whether it had been set, and nothing had come of that yet
   */
  public final boolean set(long nanos) {
    lock();
    boolean unnoticed = takeBack();
    boolean pending = unnoticed || active;
    Alarm old = alarm;
    alarm = Alarm.NONE;
    active = true;
    int current = ++setting;
    unlock();
    old.cancel();
    schedule(nanos, current);
    return pending;
  }

  /**
   * Takes the setting back.
   *
   * @return whether it had been set, and nothing had come of that yet
   */
  public final boolean stop() {
    lock();
    boolean unnoticed = takeBack();
    boolean pending = unnoticed || active;
    Alarm old = alarm;
    alarm = Alarm.NONE;
    active = false;
    setting++;
    unlock();
    old.cancel();
    return pending;
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
    lock();
    if (!active || setting != number) {
      unlock();
      return;
    }
    long again = happen();
    active = again != NEVER;
    int next = active ? ++setting : setting;
    unlock();
    afterwards();
    if (again != NEVER) {
      schedule(again, next);
    }
  }
}
