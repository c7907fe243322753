package dev.runnel.internal.hook;

import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.time.Alarm;
import dev.runnel.internal.time.Clock;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Notes why threads park, and has a clock of its own, which tells real time. */
public final class RecordingParks implements ParkHook {
  static final Queue<String> PARKED = new ConcurrentLinkedQueue<>();

  private final Clock clock = new RealClock();

  @Override
  public void parked(Waiter waiter) {
    PARKED.add(waiter.reason().toString());
  }

  @Override
  public void woken(Waiter waiter) {}

  @Override
  public Clock clock() {
    return clock;
  }

  private static final class RealClock implements Clock {
    private final ScheduledExecutorService alarms =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public Alarm schedule(long delayNanos, Runnable action) {
      Future<?> alarm = alarms.schedule(action, delayNanos, TimeUnit.NANOSECONDS);
      return () -> alarm.cancel(false);
    }
  }
}
