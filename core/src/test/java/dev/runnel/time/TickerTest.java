package dev.runnel.time;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.ReceiveResult;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Garbage;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ticker's rhythm, what a slow receiver loses, and what becomes of it when it is closed. */
@Timeout(120)
class TickerTest {
  private final HandClock clock = new HandClock();
  private final Instant start = clock.now();

  @Test
  void ticksAtEachPeriod() {
    Ticker ticker = Ticker.every(ofSeconds(2), clock);
    for (int i = 1; i <= 5; i++) {
      clock.pass(ofSeconds(2));
      assertThat(ticker.channel().tryReceive())
          .isEqualTo(new ReceiveResult.Value<>(start.plusSeconds(2L * i)));
      assertThat(ticker.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    }
  }

  @Test
  void aSlowReceiverLosesTicksAndGetsNoBurst() {
    Ticker ticker = Ticker.every(ofSeconds(1), clock);
    clock.pass(ofSeconds(10));
    assertThat(ticker.channel().tryReceive())
        .as("the first is kept, the others dropped")
        .isEqualTo(new ReceiveResult.Value<>(start.plusSeconds(1)));
    assertThat(ticker.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    clock.pass(ofSeconds(1));
    assertThat(ticker.channel().tryReceive())
        .isEqualTo(new ReceiveResult.Value<>(start.plusSeconds(11)));
  }

  @Test
  void aClockThatWasHeldUpLeavesOutWhatItMissedAndKeepsTheRhythm() {
    Ticker ticker = Ticker.every(ofSeconds(2), clock);
    clock.passUnnoticed(ofSeconds(7)); // ticks at 2, 4 and 6 are due
    clock.pass(Duration.ZERO);
    assertThat(ticker.channel().tryReceive())
        .isEqualTo(new ReceiveResult.Value<>(start.plusSeconds(7)));
    clock.pass(ofSeconds(1));
    assertThat(ticker.channel().tryReceive())
        .isEqualTo(new ReceiveResult.Value<>(start.plusSeconds(8)));
  }

  @Test
  void closingStopsItButNotItsChannel() {
    Ticker ticker = Ticker.every(ofSeconds(1), clock);
    clock.pass(ofSeconds(1));
    ticker.close();
    assertThat(ticker.channel().tryReceive())
        .as("neither a stale tick nor an end")
        .isInstanceOf(ReceiveResult.Empty.class);
    ticker.close();
    clock.pass(ofSeconds(5));
    assertThat(ticker.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void resetLeavesNothingOfBeforeAndStartsAClosedOneAgain() {
    Ticker ticker = Ticker.every(ofSeconds(1), clock);
    clock.pass(ofSeconds(1));
    ticker.reset(ofSeconds(3));
    assertThat(ticker.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    clock.pass(ofSeconds(3));
    assertThat(ticker.channel().tryReceive())
        .isEqualTo(new ReceiveResult.Value<>(start.plusSeconds(4)));
    ticker.close();
    ticker.reset(ofSeconds(1));
    clock.pass(ofSeconds(1));
    assertThat(ticker.channel().tryReceive())
        .isEqualTo(new ReceiveResult.Value<>(start.plusSeconds(5)));
  }

  @Test
  void aPeriodMustBeMoreThanZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ticker.every(Duration.ZERO))
        .withMessageContaining("must be more than zero");
    assertThatIllegalArgumentException().isThrownBy(() -> Ticker.every(ofSeconds(-1)));
    try (Ticker ticker = Ticker.every(ofSeconds(1), clock)) {
      assertThatIllegalArgumentException().isThrownBy(() -> ticker.reset(Duration.ZERO));
      clock.pass(ofSeconds(1));
      assertThat(ticker.channel().tryReceive())
          .as("a refused reset changes nothing")
          .isInstanceOf(ReceiveResult.Value.class);
    }
  }

  @Test
  void aTickerThatNobodyKnowsIsCollectedAndItsAlarmGoes() {
    HandClock own = new HandClock();
    Garbage.awaitCollection("the channel", lostTicker(own));
    Eventually.that(
        "the alarm gone",
        () -> {
          own.pass(ofSeconds(1)); // it finds its channel gone
          return own.alarms() == 0;
        });
  }

  @SuppressWarnings("resource") // losing it is the point
  private static WeakReference<?> lostTicker(HandClock clock) {
    return new WeakReference<>(Ticker.every(ofSeconds(1), clock).channel());
  }
}
