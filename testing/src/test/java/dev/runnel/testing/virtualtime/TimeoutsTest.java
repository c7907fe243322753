package dev.runnel.testing.virtualtime;

import static dev.runnel.testing.virtualtime.Timeline.seconds;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.DeadlineExceededException;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.pattern.Backoff;
import dev.runnel.pattern.Timeouts;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.testing.Bubble;
import dev.runnel.testing.RunnelTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;

/** The patterns that go by the time, to the second. */
@Timeout(60)
class TimeoutsTest {
  private final Context background = Context.background();
  private final Timeline times = new Timeline();

  private String never() throws InterruptedException {
    try {
      return Chan.<String>nil().receiveOrThrow();
    } catch (InterruptedException e) {
      times.add("interrupted");
      throw e;
    }
  }

  /** Heeds no interrupt. */
  private static void stubbornly(int seconds) {
    double end = seconds() + seconds;
    boolean interrupted = false;
    while (seconds() < end) {
      try {
        Go.sleep(ofSeconds(Math.round(end - seconds())));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @RunnelTest
  void workIsInterruptedWhenItsTimeIsOver() throws Exception {
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> Timeouts.call(ofSeconds(10), background, _ -> never()))
        .withMessage("no result within PT10S")
        .withCauseInstanceOf(DeadlineExceededException.class);
    assertThat(times.events()).containsExactly("interrupted@10.0");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @RunnelTest
  void workThatWatchesItsContextTimesOutAsWell() {
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> Timeouts.call(ofHours(1), background, c -> Chan.nil().receive(c)));
    assertThat(seconds()).isEqualTo(3600);
  }

  @RunnelTest
  void aResultThatIsThereWinsHoweverLate() throws Exception {
    String result =
        Timeouts.call(
            ofSeconds(1),
            background,
            _ -> {
              stubbornly(100);
              return "late";
            });
    assertThat(result).isEqualTo("late");
    assertThat(seconds()).isEqualTo(100);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @RunnelTest
  void theDeadlineOfTheContextAboveIsNoTimeout() {
    try (var ctx = background.withTimeout(ofSeconds(1))) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> Timeouts.call(ofDays(1), ctx, _ -> never()));
    }
    assertThat(seconds()).isEqualTo(1);
  }

  @RunnelTest
  void timeoutsNest() throws Exception {
    String result =
        Timeouts.call(
            ofDays(1),
            background,
            outer -> {
              try {
                return Timeouts.call(ofSeconds(1), outer, _ -> never());
              } catch (TimeoutException e) {
                return "inner";
              }
            });
    assertThat(result).isEqualTo("inner");
    assertThat(seconds()).isEqualTo(1);
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() ->
            Timeouts.call(
                ofSeconds(1), background, outer -> Timeouts.call(ofDays(1), outer, _ -> never())))
        .withMessage("no result within PT1S");
  }

  @RunnelTest
  void abandonedWorkTellsLater() throws Exception {
    AtomicReference<Future<String>> told = new AtomicReference<>();
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() ->
            Timeouts.callOrAbandon(
                ofSeconds(1),
                background,
                _ -> {
                  stubbornly(5);
                  return "late";
                },
                late -> {
                  times.add("told");
                  told.set(late);
                }));
    assertThat(seconds()).isEqualTo(1);
    assertThat(told.get()).isNull();
    Go.sleep(ofSeconds(10));
    assertThat(times.events()).containsExactly("told@5.0");
    assertThat(told.get().get()).isEqualTo("late");
  }

  @RunnelTest
  void abandonedWorkIsInterruptedAndItsFailureTold() throws Exception {
    AtomicReference<Future<String>> told = new AtomicReference<>();
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(
            () -> Timeouts.callOrAbandon(ofSeconds(1), background, _ -> never(), told::set));
    Bubble.settle();
    assertThat(told.get().exceptionNow()).isInstanceOf(InterruptedException.class);
    assertThat(times.events()).containsExactly("interrupted@1.0");
  }

  @RunnelTest
  void aHedgeMakesTheNextAttemptWhenTheFirstTakesLong() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    String result =
        Timeouts.hedge(
            ofSeconds(5),
            3,
            background,
            _ -> {
              times.add("attempt");
              return attempts.incrementAndGet() == 3 ? "third" : never();
            });
    assertThat(result).isEqualTo("third");
    assertThat(times.events())
        .containsExactly(
            "attempt@0.0", "attempt@5.0", "attempt@10.0", "interrupted@10.0", "interrupted@10.0");
  }

  @RunnelTest
  void theEndOfTheContextIsNoFailureOfTheAttempts() {
    try (var ctx = background.withTimeout(ofSeconds(1))) {
      assertThatExceptionOfType(ContextException.class)
          .isThrownBy(() -> Timeouts.<String>race(ctx, _ -> never(), _ -> never()));
    }
    assertThat(times.events()).containsExactly("interrupted@1.0", "interrupted@1.0");
  }

  @RunnelTest
  void aPoolMakesAnAttemptAgainAfterItsPause() throws Exception {
    List<Integer> result =
        WorkerPool.of(1)
            .retry(3, (failures, _) -> ofSeconds(failures))
            .map(
                List.of(7),
                n -> {
                  times.add("attempt");
                  if (times.events().size() <= 3) {
                    throw new IllegalStateException("no");
                  }
                  return n;
                },
                background);
    assertThat(result).containsExactly(7);
    assertThat(times.events())
        .containsExactly("attempt@0.0", "attempt@1.0", "attempt@3.0", "attempt@6.0");
  }

  @RunnelTest
  void anExponentialBackoffStaysWithinItsBounds() throws Exception {
    List<Double> attempts = new ArrayList<>();
    WorkerPool.of(1)
        .retry(4, Backoff.exponential(ofSeconds(10), ofSeconds(35)))
        .map(
            List.of(7),
            n -> {
              attempts.add(seconds());
              if (attempts.size() <= 4) {
                throw new IllegalStateException("no");
              }
              return n;
            },
            background);
    assertThat(attempts.get(1) - attempts.get(0)).isBetween(5.0, 10.0);
    assertThat(attempts.get(2) - attempts.get(1)).isBetween(10.0, 20.0);
    assertThat(attempts.get(3) - attempts.get(2)).isBetween(17.0, 35.0);
    assertThat(attempts.get(4) - attempts.get(3)).isBetween(17.0, 35.0);
  }

  @RunnelTest
  void aJobThatTakesTooLongIsInterruptedAndFails() throws Exception {
    List<Object> told = new ArrayList<>();
    var results =
        WorkerPool.of(1)
            .timeout(ofSeconds(100))
            .retry(1)
            .onFailure(failure -> told.add(failure))
            .start(List.of(1), _ -> never(), background);
    assertThat(results.receive()).isNull();
    assertThat(times.events()).containsExactly("interrupted@100.0", "interrupted@200.0");
    assertThat(told).hasSize(1).first().isInstanceOf(TimeoutException.class);
  }

  @RunnelTest
  void jobsOfTheNilChannelNeverCome() throws Exception {
    try (var results = WorkerPool.of(2).start(Chan.<Integer>nil(), n -> n, background)) {
      assertThat(results.receive(ofDays(365)).hasValue()).isFalse();
    }
  }

  @RunnelTest
  void aGoroutineThatWaitsForTheNextAttemptEndsWithItsContext() throws Exception {
    var results =
        WorkerPool.of(1)
            .retry(1, Backoff.constant(ofDays(1)))
            .start(
                List.of(1),
                _ -> {
                  throw new IllegalStateException("no");
                },
                background);
    Go.sleep(ofHours(1));
    results.close();
    assertThat(Goroutine.current()).isNotNull();
    assertThat(seconds()).isEqualTo(3600);
  }
}
