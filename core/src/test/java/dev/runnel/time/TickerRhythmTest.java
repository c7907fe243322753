package dev.runnel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ticker goes on, however short its period. */
@Timeout(60)
class TickerRhythmTest {

  @Test
  void aPeriodShorterThanATickTakesNeverEndsTheTicking() throws InterruptedException {
    for (int nanos = 1; nanos <= 200; nanos += 7) {
      try (var ticker = Ticker.every(Duration.ofNanos(nanos))) {
        for (int i = 0; i < 200; i++) {
          assertThat(ticker.channel().receive()).isNotNull();
        }
      }
    }
  }
}
