package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Garbage;
import dev.runnel.time.Ticker;
import dev.runnel.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What timers leave behind in the memory of the process, by its real clock: nothing. */
@Timeout(120)
class TimerMemoryTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** A set alarm takes more than 100 bytes, so a million left would be 100 MB. */
  private static final long ALLOWED_BYTES = 20_000_000;

  @Test
  void aMillionMadeAndStoppedLeaveNothing() throws InterruptedException {
    int alarms = WhiteBox.alarms();
    makeAndStop(1000); // what is made once
    long before = Garbage.used();
    List<Actor> actors = new ArrayList<>();
    for (Actor.Kind kind : Actor.Kind.values()) {
      actors.add(kind.start(() -> makeAndStop(500_000)));
    }
    for (Actor actor : actors) {
      actor.join();
    }
    Eventually.that("no alarm left", () -> WhiteBox.alarms() <= alarms);
    Eventually.that("no memory left", () -> Garbage.used() - before < ALLOWED_BYTES);
  }

  private static void makeAndStop(int count) {
    for (int i = 0; i < count; i++) {
      switch (i % 4) {
        case 0 -> assertThat(Timer.run(HOUR, () -> {}).stop()).isTrue();
        case 1 -> Ticker.every(HOUR).close();
        default -> {
          Timer timer = Timer.of(HOUR);
          if (i % 8 == 2) {
            timer.reset(HOUR.plusMillis(i));
          }
          assertThat(timer.stop()).isTrue();
        }
      }
    }
  }

  @Test
  void thoseThatNobodyRefersToAreCollectedAndTheirAlarmsGo() {
    int alarms = WhiteBox.alarms();
    lose(100_000);
    assertThat(WhiteBox.alarms()).as("set").isGreaterThan(alarms);
    Eventually.that(
        "no alarm left",
        () -> {
          System.gc();
          assertThat(Timer.of(HOUR).stop()).isTrue(); // whoever sets a timer tidies up
          return WhiteBox.alarms() <= alarms;
        });
  }

  @SuppressWarnings("resource") // losing them is the point
  private static void lose(int count) {
    for (int i = 0; i < count; i++) {
      if (i % 2 == 0) {
        var _ = Timer.of(HOUR);
      } else {
        var _ = Ticker.every(HOUR);
      }
    }
  }
}
