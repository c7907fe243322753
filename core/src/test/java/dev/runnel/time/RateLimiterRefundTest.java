package dev.runnel.time;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a cancelled reservation gives back: as {@code Reservation.Cancel} of x/time/rate. */
@Timeout(60)
class RateLimiterRefundTest {
  private static final Offset<Double> EXACTLY = within(1e-6);

  private final HandClock clock = new HandClock();

  private RateLimiter emptied(double rate, int burst) {
    RateLimiter limiter = RateLimiter.by(clock, rate, burst);
    assertThat(limiter.allow(burst)).isTrue();
    return limiter;
  }

  @Test
  void theLastReservationIsRefundedWhole() {
    RateLimiter limiter = emptied(1, 5);
    Reservation reservation = limiter.reserve(3);
    assertThat(reservation.delay()).isEqualTo(ofSeconds(3));
    reservation.cancel();
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
    assertThat(limiter.reserve().delay()).isEqualTo(ofSeconds(1));
  }

  @Test
  void cancellingAgainDoesNothing() {
    RateLimiter limiter = emptied(1, 5);
    Reservation first = limiter.reserve();
    first.cancel();
    first.cancel();
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
  }

  @Test
  void tokensThatALaterReservationCountedOnAreKept() {
    RateLimiter limiter = emptied(1, 5);
    Reservation large = limiter.reserve(3);
    Reservation small = limiter.reserve(1);
    large.cancel(); // 3 of its own, less the 1 taken after it
    assertThat(limiter.tokens()).isEqualTo(-2, EXACTLY);
    small.cancel();
    assertThat(limiter.tokens()).isEqualTo(-1, EXACTLY);
  }

  @Test
  void reservationsCancelledFromTheLastOnAreAllRefunded() {
    RateLimiter limiter = emptied(3, 5);
    Reservation first = limiter.reserve();
    Reservation second = limiter.reserve();
    Reservation third = limiter.reserve();
    third.cancel();
    second.cancel();
    first.cancel();
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
  }

  @Test
  void nothingIsRefundedOnceItsTimeHasPassed() {
    RateLimiter limiter = emptied(1, 5);
    Reservation reservation = limiter.reserve();
    clock.pass(ofSeconds(1).plusNanos(1));
    reservation.cancel();
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
    assertThat(reservation.delay()).isEqualTo(ZERO);
  }

  @Test
  void atTheVeryMomentItIsStillRefunded() {
    RateLimiter limiter = RateLimiter.by(clock, 1, 5);
    Reservation now = limiter.reserve(2);
    assertThat(now.delay()).isEqualTo(ZERO);
    now.cancel();
    assertThat(limiter.tokens()).isEqualTo(5, EXACTLY);
  }

  @Test
  void theBucketNeverHoldsMoreThanTheBurst() {
    RateLimiter limiter = emptied(1, 2);
    Reservation reservation = limiter.reserve(2);
    limiter.setRate(1000);
    clock.pass(ofMillis(500));
    reservation.cancel();
    assertThat(limiter.tokens()).isEqualTo(2, EXACTLY);
  }

  @Test
  void aRateLoweredMeanwhileDoesNotRefundWhatOthersCountedOn() {
    RateLimiter limiter = emptied(100, 5);
    Reservation first = limiter.reserve();
    assertThat(limiter.reserve().delay()).isEqualTo(ofMillis(20));
    limiter.setRate(1);
    first.cancel();
    assertThat(limiter.tokens()).isEqualTo(-2, EXACTLY);
  }

  @Test
  void aRateRaisedMeanwhileDoesNotRefundMoreThanWasTaken() {
    RateLimiter limiter = emptied(1, 10);
    Reservation slow = limiter.reserve(10);
    limiter.setRate(1000);
    assertThat(limiter.reserve(1).delay()).isEqualTo(ofMillis(11));
    slow.cancel();
    assertThat(limiter.tokens()).isEqualTo(-1, EXACTLY);
  }

  @Test
  void atRateZeroWhatHasHappenedIsNotRefunded() {
    RateLimiter limiter = RateLimiter.by(clock, 0, 3);
    Reservation used = limiter.reserve();
    clock.pass(ofNanos(1));
    used.cancel();
    assertThat(limiter.tokens()).isEqualTo(2, EXACTLY);
  }

  @Test
  void atRateZeroWhatNeverHappensIsRefunded() {
    RateLimiter limiter = emptied(0, 3);
    Reservation never = limiter.reserve(2);
    assertThat(never.delay()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    clock.pass(ofSeconds(100));
    never.cancel();
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
  }

  @Test
  void atAnInfiniteRateThereIsNothingToRefund() {
    RateLimiter limiter = RateLimiter.by(clock, Double.POSITIVE_INFINITY, 3);
    limiter.reserve(100).cancel();
    assertThat(limiter.tokens()).isEqualTo(3, EXACTLY);
  }
}
