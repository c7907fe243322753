package dev.runnel.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Select;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** White box: what was to happen later and was taken back is out of the clock's memory. */
class SystemClockTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void manyContextsWithDeadlinesLeaveNoAlarm() throws Exception {
    int before = alarms();
    for (int i = 0; i < 1000; i++) {
      Context.background().withTimeout(HOUR).close();
    }
    assertThat(alarms()).isLessThan(before + 100);
  }

  @Test
  void timedWaitsThatWereServedLeaveNoAlarm() throws Exception {
    int before = alarms();
    Chan<Integer> channel = Chan.unbuffered();
    for (int i = 0; i < 200; i++) {
      Actor actor =
          Actor.Kind.VIRTUAL.start(() -> {
            Select.select(channel.onReceive(v -> {}), Select.after(HOUR, () -> {}));
            assertThat(channel.receive(HOUR)).isNotNull();
          });
      channel.send(actor.awaitWaiting().hashCode());
      channel.send(actor.awaitWaiting().hashCode());
      actor.join();
    }
    assertThat(alarms()).isLessThan(before + 100);
  }

  @Test
  void anAlarmRingsOnceUnlessItIsCancelledFirst() {
    AtomicInteger rings = new AtomicInteger();
    Clock clock = Clock.current();
    Alarm cancelled = clock.schedule(HOUR.toNanos(), () -> rings.set(-1));
    assertThat(cancelled.cancel()).isTrue();
    assertThat(cancelled.cancel()).isFalse();
    Alarm rung = clock.schedule(-1, rings::incrementAndGet);
    Eventually.that("the ring", () -> rings.get() == 1);
    assertThat(rung.cancel()).isFalse();
  }

  @Test
  void durationsSaturate() {
    assertThat(Clock.nanos(Duration.ofSeconds(-1))).isZero();
    assertThat(Clock.nanos(Duration.ZERO)).isZero();
    assertThat(Clock.nanos(Duration.ofNanos(1))).isOne();
    assertThat(Clock.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
  }

  private static int alarms() throws ReflectiveOperationException {
    var field = SystemClock.class.getDeclaredField("alarms");
    field.setAccessible(true);
    return ((ScheduledThreadPoolExecutor) field.get(SystemClock.INSTANCE)).getQueue().size();
  }
}
