package dev.runnel.testing.virtualtime;

import static dev.runnel.Go.go;
import static dev.runnel.testing.virtualtime.Timeline.START;
import static dev.runnel.testing.virtualtime.Timeline.seconds;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.DeadlineExceededException;
import dev.runnel.Go;
import dev.runnel.pattern.Generators;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testing.Bubble;
import dev.runnel.testing.RunnelTest;
import dev.runnel.time.RateLimiter;
import dev.runnel.time.Ticker;
import dev.runnel.time.Timer;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;

/** Sleeps, timers, tickers and rate limiters, to the second. */
@Timeout(60)
class TimersTest {

  @RunnelTest
  void theShorterSleepEndsFirst() throws Exception {
    Timeline woken = new Timeline();
    WaitGroup all = new WaitGroup();
    for (int seconds : new int[] {5, 1, 3}) {
      all.go(() -> {
        Go.sleep(ofSeconds(seconds));
        woken.add(seconds);
      });
    }
    all.await();
    assertThat(woken.events()).containsExactly("1@1.0", "3@3.0", "5@5.0");
  }

  @RunnelTest
  void aTimerRingsOnceAndCanBeSetAgain() throws Exception {
    Timer timer = Timer.of(ofSeconds(2));
    assertThat(timer.channel().receive()).isEqualTo(START.plusSeconds(2));
    assertThat(timer.reset(ofDays(1))).isFalse();
    Go.sleep(ofSeconds(1));
    assertThat(timer.reset(ofSeconds(5))).isTrue();
    assertThat(timer.channel().receive()).isEqualTo(START.plusSeconds(8));
    timer.reset(ofDays(1));
    assertThat(timer.stop()).isTrue();
    assertThat(Timer.after(Duration.ZERO).receive()).isEqualTo(START.plusSeconds(8));
  }

  @RunnelTest
  void aTimersTaskRunsEachTimeItIsSet() throws Exception {
    Timeline runs = new Timeline();
    Timer timer = Timer.run(ofSeconds(1), () -> runs.add("ran"));
    Go.sleep(ofSeconds(5));
    timer.reset(ofSeconds(2));
    Go.sleep(ofSeconds(5));
    assertThat(runs.events()).containsExactly("ran@1.0", "ran@7.0");
  }

  @RunnelTest
  void aTickerKeepsItsRhythmAndLosesWhatNobodyTakes() throws Exception {
    try (Ticker ticker = Ticker.every(ofSeconds(2))) {
      assertThat(ticker.channel().receive()).isEqualTo(START.plusSeconds(2));
      Go.sleep(ofSeconds(7)); // ticks at 4, 6 and 8: the first is kept
      assertThat(ticker.channel().receive()).isEqualTo(START.plusSeconds(4));
      assertThat(ticker.channel().receive()).isEqualTo(START.plusSeconds(10));
      ticker.reset(ofSeconds(3));
      assertThat(ticker.channel().receive()).isEqualTo(START.plusSeconds(13));
    }
  }

  @RunnelTest
  void aGeneratorTicksToo() throws Exception {
    var ticks = Generators.tick(ofSeconds(60));
    assertThat(ticks.receive()).isEqualTo(START.plusSeconds(60));
    assertThat(ticks.receive()).isEqualTo(START.plusSeconds(120));
  }

  @RunnelTest
  void aLimiterServesInOrderAtItsRate() throws Exception {
    RateLimiter limiter = RateLimiter.every(ofSeconds(10), 2);
    Timeline served = new Timeline();
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 5; i++) {
      int mine = i;
      all.go(() -> {
        limiter.await();
        served.add(mine);
      });
      Bubble.settle(); // so that they ask in this order
    }
    all.await();
    assertThat(served.events()).containsExactly("0@0.0", "1@0.0", "2@10.0", "3@20.0", "4@30.0");
    assertThat(limiter.reserve().delay()).isEqualTo(ofSeconds(10));
  }

  @RunnelTest
  void aLimiterKnowsThatADeadlineComesFirst() throws Exception {
    RateLimiter limiter = RateLimiter.every(ofSeconds(10), 1);
    limiter.await();
    try (var soon = Context.background().withTimeout(ofSeconds(9));
        var late = Context.background().withTimeout(ofSeconds(11))) {
      Timeline ends = new Timeline();
      go(
              () -> {
                try {
                  limiter.await(soon);
                } catch (DeadlineExceededException e) {
                  ends.add("refused");
                }
              })
          .join();
      limiter.await(late);
      ends.add("served");
      assertThat(ends.events()).containsExactly("refused@0.0", "served@10.0");
    }
    assertThat(seconds()).isEqualTo(10);
  }
}
