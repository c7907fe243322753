package dev.runnel.time;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Goroutine;
import dev.runnel.ReceiveResult;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Garbage;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A timer's one value, and what becomes of it when the timer is stopped or set anew. */
@Timeout(120)
class TimerTest {
  private final HandClock clock = new HandClock();

  @Test
  void sendsTheTimeOnceWhenItIsOver() {
    Timer timer = Timer.of(ofSeconds(2), clock);
    clock.pass(ofSeconds(2).minusNanos(1));
    assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    clock.pass(Duration.ofNanos(1));
    assertThat(timer.channel().tryReceive()).isEqualTo(new ReceiveResult.Value<>(clock.now()));
    clock.pass(ofSeconds(100));
    assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
  }

  @Test
  void stopTellsWhetherAnythingWasLeftToStop() {
    Timer timer = Timer.of(ofSeconds(1), clock);
    assertThat(timer.stop()).isTrue();
    assertThat(timer.stop()).isFalse();
    clock.pass(ofSeconds(5));
    assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    timer.reset(ofSeconds(1));
    clock.pass(ofSeconds(1));
    timer.channel().tryReceive();
    assertThat(timer.stop()).isFalse();
  }

  @Test
  void leavesNoStaleValueAfterStopOrReset() {
    Timer timer = Timer.of(ofSeconds(1), clock);
    clock.pass(ofSeconds(1));
    assertThat(timer.stop()).as("sent, but not received").isTrue();
    assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);

    timer.reset(ofSeconds(1));
    clock.pass(ofSeconds(1));
    assertThat(timer.reset(ofSeconds(3))).isTrue();
    assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    clock.pass(ofSeconds(3));
    assertThat(timer.channel().tryReceive()).isEqualTo(new ReceiveResult.Value<>(clock.now()));
    assertThat(timer.reset(ofSeconds(1))).isFalse();
  }

  @Test
  void anAlarmThatRingsLateForAnEarlierSettingDoesNothing() {
    HandClock slow = new HandClock();
    Timer timer = Timer.of(ofSeconds(1), slow);
    slow.passUnnoticed(ofSeconds(2)); // due, not rung
    timer.reset(ofSeconds(10));
    slow.pass(ofSeconds(9));
    assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    slow.pass(ofSeconds(1));
    assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Value.class);
  }

  @Test
  void zeroOrLessIsAtOnceAndForEverIsNever() throws InterruptedException {
    assertThat(Timer.after(Duration.ZERO).receive()).isNotNull();
    assertThat(Timer.after(ofSeconds(-1)).receive()).isNotNull();
    Timer never = Timer.of(ofSeconds(Long.MAX_VALUE), clock);
    clock.pass(Duration.ofDays(100_000));
    assertThat(never.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    assertThat(never.stop()).isTrue();
  }

  @Test
  void runsItsTaskInAGoroutineOnceEachTimeItIsSet() {
    AtomicInteger runs = new AtomicInteger();
    Chan<Boolean> inGoroutine = Chan.unbounded();
    Timer timer =
        Timer.run(
            ofSeconds(1),
            () -> {
              inGoroutine.send(Goroutine.current() != null);
              runs.incrementAndGet();
            },
            clock);
    assertThat(timer.channel()).isSameAs(Chan.nil());
    clock.pass(ofSeconds(1));
    Eventually.that("the task", () -> runs.get() == 1);
    assertThat(inGoroutine.tryReceive()).isEqualTo(new ReceiveResult.Value<>(true));
    assertThat(timer.stop()).isFalse();
    assertThat(timer.reset(ofSeconds(1))).isFalse();
    assertThat(timer.stop()).isTrue();
    clock.pass(ofSeconds(9));
    timer.reset(ofMillis(1));
    clock.pass(ofMillis(1));
    Eventually.that("the task again", () -> runs.get() == 2);
  }

  @Test
  void whoeverWaitsIsWoken() throws InterruptedException {
    Instant before = Instant.now();
    assertThat(Timer.after(ofMillis(5)).receive()).isAfterOrEqualTo(before.plusMillis(5));
  }

  @Test
  void aMillionTimersMadeAndStoppedLeaveNothing() {
    for (int i = 0; i < 1_000_000; i++) {
      Timer timer = Timer.of(Duration.ofHours(1), clock);
      assertThat(timer.stop()).isTrue();
    }
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void aTimerThatNobodyKnowsIsCollectedAndItsAlarmGoes() {
    HandClock own = new HandClock();
    WeakReference<?> lost = lostTimer(own);
    assertThat(own.alarms()).isEqualTo(1);
    Garbage.awaitCollection("the channel", lost);
    Eventually.that(
        "the alarm gone",
        () -> {
          Timer.of(ofSeconds(1), clock).stop(); // whoever sets a timer tidies up
          return own.alarms() == 0;
        });
  }

  private static WeakReference<?> lostTimer(HandClock clock) {
    return new WeakReference<>(Timer.of(Duration.ofHours(1), clock).channel());
  }
}
