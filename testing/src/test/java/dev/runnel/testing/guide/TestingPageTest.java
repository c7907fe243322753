package dev.runnel.testing.guide;

import static dev.runnel.Go.go;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.observe.Goroutines;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testing.Bubble;
import dev.runnel.testing.Explore;
import dev.runnel.testing.Explored;
import dev.runnel.testing.LeakError;
import dev.runnel.testing.Leaks;
import dev.runnel.testing.NoLeaks;
import dev.runnel.testing.RunnelTest;
import dev.runnel.testing.ScheduleError;
import dev.runnel.testing.Strategy;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chapter about testing. */
@Timeout(60)
class TestingPageTest {

  @Test
  void bubble() throws Exception {
    // @start region="bubble"
    Bubble.run(() -> {
      var done = new AtomicBoolean();
      var ctx = Context.background().withTimeout(ofSeconds(5));
      ctx.afterDone(() -> done.set(true));

      Go.sleep(ofSeconds(5).minusNanos(1)); // takes no time
      Bubble.settle();
      assertThat(done).isFalse();

      Go.sleep(Duration.ofNanos(1));
      Bubble.settle();
      assertThat(done).isTrue();
    });
    // @end
  }

  // @start region="runnelTest"
  @RunnelTest
  void retriesForADay(Clock clock) throws Exception {
    var start = clock.instant();
    for (int i = 0; i < 24; i++) {
      Go.sleep(Duration.ofHours(1));
    }
    assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofDays(1)));
  }

  // @end

  // @start region="counter"
  /** Both steps are guarded, but not as one. */
  static final class Counter {
    private final Mutex mutex = new Mutex();
    private int count;

    int get() throws InterruptedException {
      try (var _ = mutex.hold()) {
        return count;
      }
    }

    void set(int value) throws InterruptedException {
      try (var _ = mutex.hold()) {
        count = value;
      }
    }
  }

  static void twoIncrements() throws Exception {
    var counter = new Counter();
    var all = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      all.go(() -> counter.set(counter.get() + 1));
    }
    all.await();
    assertThat(counter.get()).isEqualTo(2);
  }

  // @end

  @Test
  void explore() {
    ScheduleError found =
        catchThrowableOfType(
            ScheduleError.class,
            () -> {
              // @start region="explore"
              Explore.schedules(1000).run(() -> twoIncrements());
              // @end
            });
    assertThat(found).hasCauseInstanceOf(AssertionError.class);
    String seed = found.seed();
    assertThatExceptionOfType(ScheduleError.class)
        .isThrownBy(() -> {
          // @start region="replay"
          Explore.replay(seed).run(() -> twoIncrements());
          // @end
        });
  }

  @Test
  void strategies() {
    assertThatExceptionOfType(ScheduleError.class)
        .isThrownBy(() -> {
          // @start region="strategies"
          Explore.schedules(1000).by(Strategy.pct(2)).run(() -> twoIncrements());
          // @end
        });
    assertThatExceptionOfType(ScheduleError.class)
        .isThrownBy(() -> {
          // @start region="exhaustive"
          Explore.schedules(100_000).by(Strategy.exhaustive(2)).run(() -> twoIncrements());
          // @end
        });
  }

  // @start region="explored"
  @Explored(500)
  void aValueIsReceivedOnce() throws Exception {
    Chan<Integer> channel = Chan.unbuffered();
    go(() -> channel.closeAfter(() -> channel.send(1)));
    assertThat(channel.receive()).isEqualTo(1);
    assertThat(channel.receive()).isNull();
  }

  // @end

  @Test
  void leaks() {
    assertThatExceptionOfType(LeakError.class)
        .isThrownBy(() -> {
          // @start region="leaks"
          Leaks.check(() -> {
            Chan<String> answer = Chan.unbuffered();
            go("asker", () -> answer.send("late")); // nobody receives it
          });
          // @end
        })
        .withMessageContaining("\"asker\" [chan send on ");
  }

  // @start region="noLeaks"
  @NoLeaks
  @Test
  void leavesNothingBehind() throws Exception {
    var ctx = Context.background().withCancel();
    var waiter = go(ctx, () -> Chan.nil().receive());
    ctx.cancel();
    waiter.join();
  }

  // @end

  @Test
  void dump() throws Exception {
    StringBuilder printed = new StringBuilder();
    Bubble.run(() -> {
      var channel = Chan.<Integer>unbuffered();
      var reader = go("reader", channel::receive);
      Bubble.settle();
      // @start region="dump"
      printed.append(Goroutines.dump());
      // @end
      channel.close();
      reader.join();
    });
    assertThat(printed.toString()).contains("\"reader\" [chan receive on ");
  }
}
