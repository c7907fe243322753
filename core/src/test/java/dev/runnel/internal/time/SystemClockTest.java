package dev.runnel.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Select;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
  void anActionThatThrowsIsReportedAndTheClockGoesOn() {
    RuntimeException trouble = new RuntimeException("trouble");
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    AtomicInteger rings = new AtomicInteger();
    var former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
      reported.add(thrown);
      throw new IllegalStateException("so does the handler");
    });
    try {
      Clock clock = Clock.current();
      clock.schedule(
          0,
          () -> {
            throw trouble;
          });
      clock.schedule(1, rings::incrementAndGet);
      Eventually.that("the next ring", () -> rings.get() == 1);
      assertThat(reported).containsExactly(trouble);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(former);
    }
  }

  /** It outlives whoever needed the first alarm, and must not keep what that thread inherits. */
  @Test
  void itsThreadInheritsNothing() throws Exception {
    var local = new InheritableThreadLocal<String>();
    AtomicReference<String> inherited = new AtomicReference<>();
    AtomicReference<ClassLoader> loader = new AtomicReference<>();
    ClassLoader former = Thread.currentThread().getContextClassLoader();
    local.set("mine");
    Thread.currentThread().setContextClassLoader(new ClassLoader() {});
    Thread thread;
    try {
      thread =
          executor()
              .getThreadFactory()
              .newThread(() -> {
                inherited.set(local.get());
                loader.set(Thread.currentThread().getContextClassLoader());
              });
    } finally {
      local.remove();
      Thread.currentThread().setContextClassLoader(former);
    }
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).isEqualTo("runnel-clock");
    thread.start();
    thread.join();
    assertThat(inherited).hasValue(null);
    assertThat(loader).hasValue(ClassLoader.getSystemClassLoader());
  }

  @Test
  void aDeadlineEndsABigTreeAndTheClockGoesOn() throws Exception {
    int many = 10_000;
    AtomicInteger ended = new AtomicInteger();
    Chan<Integer> allThere = Chan.unbuffered();
    try (var late = Context.background().withTimeout(HOUR)) {
      for (int i = 0; i < many; i++) {
        late.withCancel().afterDone(ended::incrementAndGet);
        Go.go(
            late,
            () -> {
              try {
                Chan.nil().receive();
              } finally {
                ended.incrementAndGet();
              }
            });
      }
      Clock.current().schedule(0, late::cancel); // what its own alarm does, but now
      Clock.current().schedule(1, allThere::close);
      allThere.receive();
      Eventually.that("the end of all", () -> ended.get() == 2 * many);
    }
  }

  @Test
  void durationsSaturate() {
    assertThat(Clock.nanos(Duration.ofSeconds(-1))).isZero();
    assertThat(Clock.nanos(Duration.ZERO)).isZero();
    assertThat(Clock.nanos(Duration.ofNanos(1))).isOne();
    assertThat(Clock.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
  }

  private static int alarms() throws ReflectiveOperationException {
    return executor().getQueue().size();
  }

  private static ScheduledThreadPoolExecutor executor() throws ReflectiveOperationException {
    var field = SystemClock.class.getDeclaredField("alarms");
    field.setAccessible(true);
    return (ScheduledThreadPoolExecutor) field.get(SystemClock.INSTANCE);
  }
}
