package dev.runnel.internal.goroutine;

import dev.runnel.internal.time.Alarm;
import dev.runnel.internal.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real time that counts its alarms: a program in which one is set is not deadlocked. An alarm
 * counts until it has rung and all that it does is done, so that whom it wakes is seen awake before
 * it counts no more.
 */
final class CountingClock implements Clock {
  private final AtomicInteger pending = new AtomicInteger();

  int pending() {
    return pending.get();
  }

  @Override
  public long nanos() {
    return Clock.system().nanos();
  }

  @Override
  public Instant now() {
    return Clock.system().now();
  }

  @Override
  public Alarm schedule(long delayNanos, Runnable action) {
    Counted counted = new Counted();
    boolean set = false;
    try {
      Alarm alarm =
          Clock.system()
              .schedule(
                  delayNanos,
                  () -> {
                    try {
                      action.run();
                    } finally {
                      counted.end();
                    }
                  });
      set = true;
      return () -> {
        boolean cancelled = alarm.cancel();
        if (cancelled) {
          counted.end();
        }
        return cancelled;
      };
    } finally {
      if (!set) {
        counted.end();
      }
    }
  }

  /** An alarm in the count, once. */
  private final class Counted {
    private final AtomicBoolean ended = new AtomicBoolean();

    Counted() {
      pending.incrementAndGet();
    }

    void end() {
      if (ended.compareAndSet(false, true)) {
        pending.decrementAndGet();
      }
    }
  }
}
