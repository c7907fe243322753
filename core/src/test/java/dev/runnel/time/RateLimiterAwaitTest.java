package dev.runnel.time;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.DeadlineExceededException;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting for a token: who gets it when, what ends the wait, and what becomes of the token. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Actor.Kind.class)
class RateLimiterAwaitTest {
  private static final Offset<Double> EXACTLY = within(1e-6);

  @Parameter private Actor.Kind kind;

  /** It starts at the time of day, by which the deadlines of contexts go. */
  private final HandClock clock =
      new HandClock(ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now()));

  private final CancelContext ctx = Context.background().withCancel();

  private RateLimiter emptied(double rate, int burst) {
    RateLimiter limiter = RateLimiter.by(clock, rate, burst);
    assertThat(limiter.allow(burst)).isTrue();
    return limiter;
  }

  @Test
  void aTokenThatIsThereIsTakenAtOnce() throws InterruptedException {
    RateLimiter limiter = RateLimiter.by(clock, 1, 4);
    limiter.await();
    limiter.await(ctx);
    limiter.await(2, ctx);
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
    limiter.await(0, ctx);
  }

  @Test
  void whoWaitsIsWokenWhenTheTokenComesAndNotBefore() throws InterruptedException {
    RateLimiter limiter = emptied(10, 3);
    Actor waiting = kind.start(() -> limiter.await(2, ctx)).awaitWaiting();
    clock.pass(ofMillis(199));
    waiting.awaitWaiting();
    clock.pass(ofMillis(1));
    waiting.join();
    assertThat(limiter.allow()).isFalse();
  }

  @Test
  void theyAreServedInTheOrderInWhichTheyAsked() throws InterruptedException {
    RateLimiter limiter = emptied(10, 1);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Actor> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int mine = i;
      waiting.add(
          kind.start(
                  () -> {
                    limiter.await();
                    order.add(mine);
                  })
              .awaitWaiting());
    }
    for (int i = 0; i < 10; i++) {
      clock.pass(ofMillis(100));
      waiting.get(i).join();
      assertThat(order).hasSize(i + 1);
    }
    assertThat(order).isSorted();
  }

  @Test
  void aDeadlineBeforeTheTokenFailsAtOnceAndTakesNothing() {
    RateLimiter limiter = emptied(1.0 / 3600, 5); // a token an hour
    try (var soon = Context.background().withDeadline(clock.now().plus(ofHours(2)))) {
      assertThatThrownBy(() -> limiter.await(3, soon))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(soon.err()).as("two hours are not over").isNull();
    }
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void aDeadlineAfterTheTokenLetsItWait() throws InterruptedException {
    RateLimiter limiter = emptied(1.0 / 3600, 5);
    try (var late = Context.background().withDeadline(clock.now().plus(ofHours(4)))) {
      Actor waiting = kind.start(() -> limiter.await(3, late)).awaitWaiting();
      clock.pass(ofHours(3).plusNanos(1)); // rounded up
      waiting.join();
    }
  }

  @Test
  void moreThanTheBurstFailsAtOnceAndTakesNothing() {
    RateLimiter limiter = RateLimiter.by(clock, 10, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limiter.await(4, ctx))
        .withMessage("4 events can't happen at once: the limiter's burst is 3");
    assertThatIllegalArgumentException().isThrownBy(() -> limiter.await(-1, ctx));
    assertThatNullPointerException().isThrownBy(() -> limiter.await(null));
    assertThatNullPointerException().isThrownBy(() -> limiter.await(1, null));
    assertThat(limiter.tokens()).isEqualTo(3, EXACTLY);
  }

  @Test
  void anEndedContextAndAPendingInterruptWinOverATokenThatIsThere() {
    RateLimiter limiter = RateLimiter.by(clock, 10, 3);
    ctx.cancel();
    assertThatThrownBy(() -> limiter.await(ctx)).isInstanceOf(CanceledException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(limiter::await).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(limiter.tokens()).isEqualTo(3, EXACTLY);
  }

  @Test
  void whoGivesUpGivesItsTokensBack() throws InterruptedException {
    RateLimiter limiter = emptied(10, 3);
    Actor canceled = kind.start(() -> limiter.await(3, ctx)).awaitWaiting();
    assertThat(limiter.tokens()).isEqualTo(-3, EXACTLY);
    ctx.cancel();
    assertThat(canceled.joinForFailure()).isInstanceOf(CanceledException.class);
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
    Actor interrupted = kind.start(() -> limiter.await()).awaitWaiting();
    interrupted.interrupt();
    assertThat(interrupted.joinForFailure()).isInstanceOf(InterruptedException.class);
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
    assertThat(clock.alarms()).as("alarms left").isZero();
  }

  @Test
  void butNotThoseThatOthersBehindItCountOn() throws InterruptedException {
    RateLimiter limiter = emptied(10, 3);
    Actor first = kind.start(() -> limiter.await(3, ctx)).awaitWaiting();
    Actor second = kind.start(() -> limiter.await()).awaitWaiting();
    ctx.cancel();
    assertThat(first.joinForFailure()).isInstanceOf(CanceledException.class);
    assertThat(limiter.tokens()).isEqualTo(-2, EXACTLY);
    clock.pass(ofMillis(399));
    second.awaitWaiting(); // keeps its time
    clock.pass(ofMillis(1));
    second.join();
    assertThat(limiter.tokens()).isEqualTo(2, EXACTLY);
  }

  /** Its event has not happened: it is no matter that by the clock it could have. */
  @Test
  void whoGivesUpLateGivesItsTokensBackToo() throws InterruptedException {
    RateLimiter limiter = emptied(1, 5);
    Actor late = kind.start(() -> limiter.await(2, ctx)).awaitWaiting();
    clock.passUnnoticed(ofSeconds(3)); // due, not rung
    ctx.cancel();
    assertThat(late.joinForFailure()).isInstanceOf(CanceledException.class);
    assertThat(limiter.tokens()).isEqualTo(3, EXACTLY);
  }

  @Test
  void atRateZeroItWaitsForTheContextOnly() throws InterruptedException {
    RateLimiter limiter = emptied(0, 1);
    Actor waiting = kind.start(() -> limiter.await(ctx)).awaitWaiting();
    assertThat(clock.alarms()).isZero();
    clock.pass(ofHours(1_000_000));
    waiting.awaitWaiting();
    ctx.cancel();
    assertThat(waiting.joinForFailure()).isInstanceOf(CanceledException.class);
    assertThat(limiter.tokens()).isEqualTo(0, EXACTLY);
  }

  @Test
  void atRateZeroAnyDeadlineComesBeforeTheToken() {
    RateLimiter limiter = emptied(0, 1);
    try (var ages = Context.background().withTimeout(ofHours(1_000_000))) {
      assertThatThrownBy(() -> limiter.await(ages)).isInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void anInfiniteRateLetsAnyNumberThrough() throws InterruptedException {
    RateLimiter limiter = RateLimiter.by(clock, Double.POSITIVE_INFINITY, 0);
    limiter.await(1_000_000, ctx);
    limiter.await();
  }

  /** By the real clock, with contexts that end at any moment: never more than the rate allows. */
  @Test
  void noMoreComeThroughThanTheRateAllowsHoweverManyGiveUp() throws InterruptedException {
    double rate = 20_000;
    int burst = 10;
    long start = System.nanoTime();
    RateLimiter limiter = RateLimiter.perSecond(rate, burst);
    int[] passed = new int[8];
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < passed.length; i++) {
      int mine = i;
      actors.add(
          kind.start(() -> {
            for (int turn = 0; turn < 300; turn++) {
              if (turn % 3 == 0) {
                Thread.currentThread().interrupt();
              }
              try (var soon = Context.background().withTimeout(ofNanos(turn * 700L))) {
                limiter.await(soon);
                passed[mine]++;
              } catch (DeadlineExceededException | InterruptedException e) {
                var _ = Thread.interrupted(); // the deadline may have come first
              }
            }
          }));
    }
    int all = 0;
    for (Actor actor : actors) {
      actor.join();
    }
    for (int each : passed) {
      all += each;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat((double) all).isLessThanOrEqualTo(burst + rate * seconds + 1);
    Eventually.that("the bucket is full again", () -> limiter.allow(burst));
  }
}
