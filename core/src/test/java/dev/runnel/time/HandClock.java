package dev.runnel.time;

import dev.runnel.internal.time.Alarm;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only a test moves; its alarms ring on the thread that moves it, in due order. */
public final class HandClock implements Clock {

  private record Setting(long due, long number, Runnable action) {}

  private final AtomicLong nanos;
  private final AtomicLong numbers = new AtomicLong();
  private final Set<Setting> alarms = ConcurrentHashMap.newKeySet();

  public HandClock() {
    this(1_000_000);
  }

  HandClock(long start) {
    nanos = new AtomicLong(start);
  }

  /** Lets time pass, and rings what falls due on the way, each at its own time. */
  public void pass(Duration time) {
    long end = nanos.get() + time.toNanos();
    Optional<Setting> next = firstUntil(end);
    while (next.isPresent()) {
      Setting alarm = next.get();
      nanos.accumulateAndGet(alarm.due, Math::max);
      if (alarms.remove(alarm)) {
        alarm.action.run();
      }
      next = firstUntil(end);
    }
    nanos.set(end);
  }

  /** Lets time pass without ringing, as when the clock's thread gets no processor. */
  void passUnnoticed(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** How many alarms are set. */
  public int alarms() {
    return alarms.size();
  }

  private Optional<Setting> firstUntil(long end) {
    return alarms.stream()
        .filter(alarm -> alarm.due <= end)
        .min(Comparator.comparingLong(Setting::due).thenComparingLong(Setting::number));
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanos.get());
  }

  @Override
  public Alarm schedule(long delayNanos, Runnable action) {
    Setting alarm = new Setting(nanos.get() + delayNanos, numbers.incrementAndGet(), action);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }
}
