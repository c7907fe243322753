package dev.runnel.testing.internal;

import dev.runnel.internal.park.SpinLock;
import dev.runnel.internal.time.Alarm;
import dev.runnel.internal.time.Clock;
import java.time.Instant;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Time that moves only when it is told to, from one alarm to the next. */
final class VirtualClock extends SpinLock implements Clock {
  /** When a bubble's time starts, as in Go. */
  private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

  private final TreeSet<Due> alarms = new TreeSet<>();
  private long settings;
  private volatile long now;
  private boolean stopped;

  /** An alarm that is set. */
  private final class Due implements Alarm, Comparable<Due> {
    private final long at;
    private final long number;
    private final Runnable action;

    Due(long at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }

    @Override
    public int compareTo(Due other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }

    @Override
    public boolean cancel() {
      lock();
      boolean removed = alarms.remove(this);
      unlock();
      return removed;
    }
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Instant now() {
    return START.plusNanos(now);
  }

  @Override
  public Alarm schedule(long delayNanos, Runnable action) {
    lock();
    try {
      if (stopped) {
        return Alarm.NONE;
      }
      long at = now + Math.max(0, delayNanos);
      Due due = new Due(at < 0 ? Long.MAX_VALUE : at, settings++, action);
      alarms.add(due);
      return due;
    } finally {
      unlock();
    }
  }

  /** Drops all alarms, and those to come. */
  void stop() {
    lock();
    stopped = true;
    alarms.clear();
    unlock();
  }

  /**
   * Moves the time to the next alarm, which is taken out.
   *
   * @param choice picks one of a number of alarms that are due at the same instant
   * @return what it does; null if none is set
   */
  @Nullable Runnable advance(IntUnaryOperator choice) {
    return next(Long.MAX_VALUE, choice);
  }

  /**
   * Takes out an alarm that is due already.
   *
   * @param choice picks one of a number of alarms that are due at the same instant
   * @return what it does; null if there is none
   */
  @Nullable Runnable takeDue(IntUnaryOperator choice) {
    return next(now, choice);
  }

  private @Nullable Runnable next(long atMost, IntUnaryOperator choice) {
    lock();
    try {
      if (alarms.isEmpty() || alarms.first().at > atMost) {
        return null;
      }
      Due first = alarms.first();
      int simultaneous = 0;
      for (Due due : alarms) {
        if (due.at != first.at) {
          break;
        }
        simultaneous++;
      }
      int picked = simultaneous == 1 ? 0 : choice.applyAsInt(simultaneous);
      var it = alarms.iterator();
      Due due = it.next();
      for (int i = 0; i < picked; i++) {
        due = it.next();
      }
      it.remove();
      now = due.at;
      return due.action;
    } finally {
      unlock();
    }
  }
}
