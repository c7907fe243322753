package dev.runnel.pipeline;

import static dev.runnel.Go.call;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.internal.pipeline.Bell;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.Queues;
import dev.runnel.time.HandClock;
import dev.runnel.time.RateLimiter;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators that go by the time, with a clock that only the test moves. */
@Timeout(60)
@ExtendWith(Accounted.class)
class TimedTest {
  private final HandClock clock = new HandClock();
  private final Context ctx = Context.background().withValue(Bell.CLOCK, clock);

  /** What the source sends, one after another; the run has taken it when the next can be sent. */
  private final Chan<Integer> source = Chan.unbuffered();

  private final Chan<Object> results = Chan.buffered(100);

  private void start(Pipeline<?> pipeline) {
    var _ =
        call(() -> {
          pipeline.sendTo(results, ctx);
          return true;
        });
  }

  private void awaitAlarms(int count) {
    Eventually.that("alarms: " + count, () -> clock.alarms() == count);
  }

  /** Waits until all that was sent has gone as far as it does without time passing. */
  private void settle() {
    Eventually.that("the source being asked again", () -> Queues.waiting(source) == 1);
  }

  private void passUntilSomethingComesOut() {
    Eventually.that(
        "something to come out",
        () -> {
          clock.pass(ofSeconds(5));
          return results.length() > 0;
        });
  }

  @Test
  void aTickComesAtEachPeriod() throws Exception {
    start(Pipeline.tick(ofSeconds(1)).map(_ -> "tick").take(2));
    awaitAlarms(1);
    assertThat(results.length()).isZero();
    clock.pass(ofSeconds(1));
    assertThat(results.receive()).isEqualTo("tick");
    awaitAlarms(1);
    clock.pass(ofSeconds(1));
    assertThat(results.receive()).isEqualTo("tick");
    assertThat(results.receive()).isNull();
    awaitAlarms(0);
  }

  @Test
  void aThrottleLetsNoMoreThroughThanItShould() throws Exception {
    start(Pipeline.range(0, 5).throttle(2, ofSeconds(10)));
    awaitAlarms(1);
    assertThat(List.of(results.receive(), results.receive())).containsExactly(0, 1);
    clock.pass(ofSeconds(9));
    assertThat(results.length()).isZero();
    clock.pass(ofSeconds(1));
    assertThat(List.of(results.receive(), results.receive())).containsExactly(2, 3);
    awaitAlarms(1);
    clock.pass(ofSeconds(10));
    assertThat(results.receive()).isEqualTo(4);
    assertThat(results.receive()).isNull();
    awaitAlarms(0);
  }

  @Test
  void aLimiterLetsValuesThrough() throws Exception {
    RateLimiter limiter = RateLimiter.perSecond(1e9, 10);
    assertThat(Pipeline.range(0, 5).rateLimit(limiter).toList(ctx)).containsExactly(0, 1, 2, 3, 4);
    assertThat(limiter.tokens()).isLessThanOrEqualTo(10);
  }

  @Test
  void aTimeoutIsAFailureOfItsStage() throws Exception {
    start(Pipeline.from(source).timeout(ofSeconds(5)));
    awaitAlarms(1);
    clock.pass(ofSeconds(4));
    source.send(1);
    assertThat(results.receive()).isEqualTo(1);
    awaitAlarms(1);
    clock.pass(ofSeconds(4));
    assertThat(results.tryReceive().isClosed()).isFalse();
    clock.pass(ofSeconds(1));
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(results::receive)
        .withCauseInstanceOf(PipelineException.class)
        .satisfies(e -> assertThat(e).hasRootCauseInstanceOf(TimeoutException.class))
        .satisfies(e -> assertThat(e.getCause()).hasMessageContaining("timeout (2)"));
    Goroutines.awaitNoOthers();
    assertThat(Queues.waiting(source)).isZero();
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void aTimeoutDoesNotCountTheTimeOfDownstream() throws Exception {
    List<Integer> slow =
        Pipeline.of(1, 2).timeout(ofSeconds(5)).tap(_ -> clock.pass(ofSeconds(100))).toList(ctx);
    assertThat(slow).containsExactly(1, 2);
  }

  @Test
  void aDebounceLetsTheLastOfABurstThrough() throws Exception {
    start(Pipeline.from(source).debounce(ofSeconds(5)));
    source.send(1);
    awaitAlarms(1);
    clock.pass(ofSeconds(4));
    source.send(2);
    settle();
    assertThat(results.length()).isZero();
    passUntilSomethingComesOut();
    assertThat(results.receive()).isEqualTo(2);
    source.send(3);
    source.close();
    assertThat(results.receive()).as("the last one at the end").isEqualTo(3);
    assertThat(results.receive()).isNull();
    awaitAlarms(0);
  }

  @Test
  void aSampleIsTheLatestValueOfAPeriod() throws Exception {
    start(Pipeline.from(source).sample(ofSeconds(5)));
    awaitAlarms(1);
    source.send(1);
    source.send(2);
    settle();
    passUntilSomethingComesOut();
    assertThat(results.receive()).isEqualTo(2);
    source.close();
    assertThat(results.receive()).isNull();
    awaitAlarms(0);
  }

  @Test
  void aGroupIsFullOrHasWaited() throws Exception {
    start(Pipeline.from(source).groupedWithin(2, ofSeconds(5)));
    source.send(1);
    source.send(2);
    assertThat(results.receive()).isEqualTo(List.of(1, 2));
    source.send(3);
    settle();
    assertThat(results.length()).as("it waits for another").isZero();
    passUntilSomethingComesOut();
    assertThat(results.receive()).isEqualTo(List.of(3));
    source.send(4);
    source.close();
    assertThat(results.receive()).isEqualTo(List.of(4));
    assertThat(results.receive()).isNull();
    awaitAlarms(0);
  }

  @Test
  void weightsAndWindows() throws Exception {
    assertThat(
            Pipeline.of(1, 5, 2, 2, 2)
                .groupedWeightedWithin(5, ofSeconds(5), n -> (long) n)
                .toList(ctx))
        .containsExactly(List.of(1, 5), List.of(2, 2, 2));
    start(Pipeline.from(source).window(ofSeconds(5)));
    source.send(1);
    awaitAlarms(1);
    source.send(2);
    source.send(3);
    settle();
    source.close();
    assertThat(results.receive()).isEqualTo(List.of(1, 2, 3));
    assertThat(results.receive()).isNull();
  }

  @Test
  void failuresUpstreamGoThrough() {
    IOException failure = new IOException("source");
    Pipeline<Integer> failing = Pipeline.of(1).concat(Pipeline.failed(failure));
    for (Pipeline<?> timed :
        List.<Pipeline<?>>of(
            failing.timeout(ofSeconds(1)),
            failing.debounce(ofSeconds(1)),
            failing.sample(ofSeconds(1)),
            failing.groupedWithin(5, ofSeconds(1)),
            failing.throttle(5, ofSeconds(1)),
            failing.conflate((a, _) -> a),
            failing.batch(3),
            failing.expand(n -> List.of(n).iterator()))) {
      assertThatExceptionOfType(PipelineException.class)
          .as("%s", timed)
          .isThrownBy(() -> timed.toList(ctx))
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
      assertThat(Goroutines.others()).isEmpty();
      assertThat(clock.alarms()).isZero();
    }
  }

  @Test
  void aDebounceMayDependOnTheValue() throws Exception {
    start(Pipeline.from(source).debounce(n -> ofSeconds(n)));
    source.send(0);
    assertThat(results.receive()).as("no quiet time").isEqualTo(0);
    source.send(100);
    source.send(1);
    settle();
    passUntilSomethingComesOut();
    assertThat(results.receive()).isEqualTo(1);
    source.close();
    assertThat(results.receive()).isNull();
    awaitAlarms(0);
  }

  @Test
  void aRetryMayWait() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    start(
        Pipeline.defer(() -> runs.incrementAndGet() < 3 ? failing() : Pipeline.of(runs.get()))
            .retry(
                2,
                (failures, latest) ->
                    ofSeconds(failures * (latest instanceof IOException ? 1L : 9))));
    awaitAlarms(1);
    assertThat(runs).hasValue(1);
    clock.pass(ofSeconds(1));
    awaitAlarms(1);
    assertThat(runs).hasValue(2);
    clock.pass(ofSeconds(1));
    assertThat(runs).as("the second pause is longer").hasValue(2);
    clock.pass(ofSeconds(1));
    assertThat(results.receive()).isEqualTo(3);
    assertThat(results.receive()).isNull();
    assertThat(clock.alarms()).isZero();
  }

  private static Pipeline<Integer> failing() {
    return Pipeline.failed(new IOException("source"));
  }

  @Test
  void whatIsTooHeavyForABatchGoesIntoTheNext() throws Exception {
    Chan<Boolean> goOn = Chan.unbuffered();
    Future<List<List<Integer>>> batches =
        call(() ->
            Pipeline.from(source)
                .batchWeighted(5, n -> (long) n)
                .tap(_ -> goOn.receive())
                .toList(ctx));
    source.send(1);
    Eventually.that("downstream being busy", () -> Queues.waiting(goOn) == 1);
    source.send(2);
    source.send(2);
    source.send(4);
    source.send(9);
    goOn.close();
    source.close();
    assertThat(batches.get()).containsExactly(List.of(1), List.of(2, 2), List.of(4), List.of(9));
  }

  @Test
  void noTimeIsRefused() {
    Pipeline<Integer> one = Pipeline.of(1);
    assertThatIllegalArgumentException().isThrownBy(() -> Pipeline.tick(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> one.debounce(ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> one.throttle(0, ofSeconds(1)));
  }

  @Test
  void valuesAreGatheredWhileDownstreamIsBusy() throws Exception {
    Chan<Boolean> goOn = Chan.unbuffered();
    Future<List<Integer>> sums =
        call(() ->
            Pipeline.from(source).conflate(Integer::sum).tap(_ -> goOn.receive()).toList(ctx));
    source.send(1);
    Eventually.that("downstream being busy", () -> Queues.waiting(goOn) == 1);
    source.send(2);
    source.send(3);
    source.send(4);
    source.close();
    goOn.close();
    // The last may have been under way still when downstream was free again.
    assertThat(sums.get().getFirst()).isEqualTo(1);
    assertThat(sums.get().stream().mapToInt(n -> n).sum()).isEqualTo(10);
    assertThat(sums.get()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aFullBatchHoldsUpstreamBack() throws Exception {
    Chan<Boolean> goOn = Chan.unbuffered();
    Future<List<List<Integer>>> batches =
        call(() -> Pipeline.from(source).batch(2).tap(_ -> goOn.receive()).toList(ctx));
    source.send(1);
    Eventually.that("downstream being busy", () -> Queues.waiting(goOn) == 1);
    source.send(2);
    source.send(3);
    source.send(4); // taken from the source, but not into the batch
    goOn.close();
    source.close();
    assertThat(batches.get()).containsExactly(List.of(1), List.of(2, 3), List.of(4));
  }

  @Test
  void moreIsPutOutWhileUpstreamIsSlow() throws Exception {
    Future<List<Integer>> expanded =
        call(() ->
            Pipeline.from(source)
                .extrapolate(n -> List.of(n + 1, n + 2).iterator())
                .take(4)
                .toList(ctx));
    source.send(10);
    source.send(20);
    List<Integer> got = expanded.get();
    assertThat(got).hasSize(4).startsWith(10).contains(20);
    assertThat(Pipeline.of(1, 2, 3).expand(n -> List.of(n).iterator()).toList(ctx))
        .containsExactly(1, 2, 3);
    assertThat(Pipeline.of(1).expand(n -> from(n)).take(5).count(ctx)).isBetween(1L, 5L);
  }

  private static Iterator<Integer> from(int n) {
    return Stream.iterate(n, i -> i + 1).iterator();
  }

  @Test
  void aFailingFunctionHasItsName() {
    IOException failure = new IOException("function");
    Transform<Integer, Long> failing =
        _ -> {
          throw failure;
        };
    for (Pipeline<?> timed :
        List.<Pipeline<?>>of(
            Pipeline.of(1).groupedWeightedWithin(2, ofSeconds(1), failing).named("broken"),
            Pipeline.of(1).conflateWithSeed(failing, (a, _) -> a).named("broken"),
            Pipeline.of(1)
                .<Integer>expand(n -> {
                  throw failure;
                })
                .named("broken"))) {
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() -> timed.toList(ctx))
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
          .satisfies(e -> assertThat(e.stage()).isEqualTo("broken"));
      assertThat(Goroutines.others()).isEmpty();
    }
  }
}
