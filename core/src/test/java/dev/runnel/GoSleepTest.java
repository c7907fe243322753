package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoSleepTest {

  /** The one bound on time that no slow machine can break: it may take longer, never less. */
  @ParameterizedTest
  @EnumSource
  void sleepsAtLeastThatLong(Actor.Kind kind) throws InterruptedException {
    kind.start(
            () -> {
              long start = System.nanoTime();
              Go.sleep(Duration.ofMillis(3));
              assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(3_000_000);
            })
        .join();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void zeroOrNegativeIsOverAtOnceButSeesAnInterrupt(long seconds) throws InterruptedException {
    Go.sleep(Duration.ofSeconds(seconds));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> Go.sleep(Duration.ofSeconds(seconds)));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsIt(Actor.Kind kind) throws InterruptedException {
    Actor hour = kind.start(() -> Go.sleep(Duration.ofHours(1))).awaitWaiting();
    Actor ever = kind.start(() -> Go.sleep(Duration.ofSeconds(Long.MAX_VALUE))).awaitWaiting();
    hour.interrupt();
    ever.interrupt();
    assertThat(hour.joinForFailure()).isInstanceOf(InterruptedException.class);
    assertThat(ever.joinForFailure()).isInstanceOf(InterruptedException.class);
  }
}
