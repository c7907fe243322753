package dev.runnel.time;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token bucket, by a clock that the test moves. */
@Timeout(60)
class RateLimiterTest {
  private static final Offset<Double> EXACTLY = within(1e-6);

  private final HandClock clock = new HandClock();

  private RateLimiter limiter(double rate, int burst) {
    return RateLimiter.by(clock, rate, burst);
  }

  @Test
  void aBurstIsAllowedAtOnceAndThenTheRate() {
    RateLimiter limiter = limiter(10, 3);
    assertThat(limiter.allow()).isTrue();
    assertThat(limiter.allow()).isTrue();
    assertThat(limiter.allow()).isTrue();
    assertThat(limiter.allow()).isFalse();
    clock.pass(ofMillis(99));
    assertThat(limiter.allow()).isFalse();
    clock.pass(ofMillis(1));
    assertThat(limiter.allow()).isTrue();
    assertThat(limiter.allow()).isFalse();
  }

  @Test
  void theBucketFillsUpToTheBurstAndNoFurther() {
    RateLimiter limiter = limiter(10, 3);
    assertThat(limiter.allow(3)).isTrue();
    clock.pass(ofHours(1));
    assertThat(limiter.tokens()).isEqualTo(3, EXACTLY);
    assertThat(limiter.allow(4)).isFalse();
    assertThat(limiter.allow(3)).isTrue();
  }

  @Test
  void whatIsNotAllowedTakesNothing() {
    RateLimiter limiter = limiter(10, 3);
    assertThat(limiter.allow(2)).isTrue();
    assertThat(limiter.allow(2)).isFalse();
    assertThat(limiter.allow(1)).isTrue();
  }

  @Test
  void allowOfNoneIsTrueUnlessTokensAreOwed() {
    RateLimiter limiter = limiter(10, 1);
    assertThat(limiter.allow(0)).isTrue();
    assertThat(limiter.allow()).isTrue();
    assertThat(limiter.allow(0)).isTrue();
    assertThat(limiter.reserve().delay()).isEqualTo(ofMillis(100));
    assertThat(limiter.allow(0)).isFalse();
  }

  @Test
  void reservationsQueueUpOneBehindAnother() {
    RateLimiter limiter = limiter(10, 2);
    assertThat(limiter.reserve().delay()).isEqualTo(ZERO);
    assertThat(limiter.reserve().delay()).isEqualTo(ZERO);
    assertThat(limiter.reserve().delay()).isEqualTo(ofMillis(100));
    assertThat(limiter.reserve(2).delay()).isEqualTo(ofMillis(300));
    Reservation last = limiter.reserve();
    assertThat(last.delay()).isEqualTo(ofMillis(400));
    clock.pass(ofMillis(150));
    assertThat(last.delay()).isEqualTo(ofMillis(250));
    assertThat(limiter.tokens()).isEqualTo(-2.5, EXACTLY);
    assertThat(limiter.allow()).isFalse();
  }

  @Test
  void rateZeroAllowsTheFirstBurstOnly() {
    RateLimiter limiter = limiter(0, 2);
    assertThat(limiter.allow(2)).isTrue();
    clock.pass(Duration.ofDays(1000));
    assertThat(limiter.allow()).isFalse();
    assertThat(limiter.reserve().delay()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }

  @Test
  void anInfiniteRateAllowsAnythingWhateverTheBurst() {
    RateLimiter limiter = limiter(Double.POSITIVE_INFINITY, 0);
    assertThat(limiter.allow(1_000_000)).isTrue();
    assertThat(limiter.reserve(1_000_000).delay()).isEqualTo(ZERO);
  }

  @Test
  void anInfiniteRateCanBeMadeFiniteInTheSameMoment() {
    RateLimiter limiter = limiter(Double.POSITIVE_INFINITY, 2);
    assertThat(limiter.tokens()).isEqualTo(2, EXACTLY);
    limiter.setRate(10);
    assertThat(limiter.tokens()).isEqualTo(2, EXACTLY);
    assertThat(limiter.allow(2)).isTrue();
    assertThat(limiter.reserve().delay()).isEqualTo(ofMillis(100));
  }

  @Test
  void burstZeroAllowsNothing() {
    RateLimiter limiter = limiter(10, 0);
    clock.pass(ofSeconds(10));
    assertThat(limiter.allow()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(limiter::reserve);
    assertThatIllegalArgumentException().isThrownBy(limiter::await);
  }

  @Test
  void aNewRateHoldsFromNowOn() {
    RateLimiter limiter = limiter(10, 10);
    assertThat(limiter.allow(10)).isTrue();
    clock.pass(ofMillis(500));
    limiter.setRate(2);
    assertThat(limiter.rate()).isEqualTo(2);
    assertThat(limiter.tokens()).isEqualTo(5, EXACTLY);
    clock.pass(ofMillis(500));
    assertThat(limiter.tokens()).isEqualTo(6, EXACTLY);
  }

  @Test
  void reservationsKeepTheirTimeWhenTheRateChanges() {
    RateLimiter limiter = limiter(1, 1);
    assertThat(limiter.allow()).isTrue();
    Reservation before = limiter.reserve();
    limiter.setRate(1000);
    assertThat(before.delay()).isEqualTo(ofSeconds(1));
  }

  @Test
  void aNewBurstHoldsFromNowOn() {
    RateLimiter limiter = limiter(10, 10);
    limiter.setBurst(3);
    assertThat(limiter.burst()).isEqualTo(3);
    assertThat(limiter.allow(4)).isFalse();
    assertThat(limiter.tokens()).isEqualTo(3, EXACTLY);
    limiter.setBurst(20);
    assertThat(limiter.tokens()).as("a larger bucket is not fuller").isEqualTo(3, EXACTLY);
    clock.pass(ofSeconds(10));
    assertThat(limiter.tokens()).isEqualTo(20, EXACTLY);
  }

  @Test
  void everyIsTheRateOfItsInterval() {
    assertThat(RateLimiter.every(ofMillis(20), 1).rate()).isEqualTo(50, EXACTLY);
    assertThat(RateLimiter.every(ZERO, 1).rate()).isInfinite();
    assertThat(RateLimiter.every(ofSeconds(-1), 1).rate()).isInfinite();
    assertThat(RateLimiter.every(Duration.ofSeconds(Long.MAX_VALUE), 1).rate()).isLessThan(1e-9);
  }

  @Test
  void moreThanTheBurstCanNeverHappenAtOnce() {
    RateLimiter limiter = limiter(10, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limiter.reserve(4))
        .withMessage("4 events can't happen at once: the limiter's burst is 3");
    assertThat(limiter.tokens()).isEqualTo(3, EXACTLY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.NEGATIVE_INFINITY})
  void aRateIsANumberFromZeroOn(double rate) {
    RateLimiter limiter = limiter(1, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> RateLimiter.perSecond(rate, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> limiter.setRate(rate));
    assertThat(limiter.rate()).isEqualTo(1);
  }

  @Test
  void negativeNumbersAreRefused() {
    RateLimiter limiter = limiter(1, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> RateLimiter.perSecond(1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> limiter.setBurst(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> limiter.allow(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> limiter.reserve(-1));
    assertThatNullPointerException().isThrownBy(() -> RateLimiter.every(null, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1_000_000, 0, Long.MAX_VALUE / 2})
  void theClockMayStartAnywhere(long start) {
    RateLimiter limiter = RateLimiter.by(new HandClock(start), 1e-9, 1);
    assertThat(limiter.allow()).isTrue();
    assertThat(limiter.reserve().delay()).isGreaterThanOrEqualTo(Duration.ofDays(365));
    RateLimiter never = RateLimiter.by(new HandClock(start), 1e-300, 1);
    assertThat(never.allow()).isTrue();
    assertThat(never.reserve().delay()).isGreaterThanOrEqualTo(Duration.ofDays(365));
  }

  @Test
  void itTellsItsRateAndBurst() {
    assertThat(limiter(2.5, 3)).hasToString("rate limiter (2.5/s, burst 3)");
  }
}
