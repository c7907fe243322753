package dev.runnel.testing.virtualtime;

import static dev.runnel.testing.virtualtime.Timeline.START;
import static dev.runnel.testing.virtualtime.Timeline.at;
import static dev.runnel.testing.virtualtime.Timeline.seconds;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.PipelineException;
import dev.runnel.testing.RunnelTest;
import dev.runnel.time.RateLimiter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;

/** The operators that go by the time, to the second. */
@Timeout(60)
class TimedTest {
  private final Context ctx = Context.background();

  /** What comes out, and when. */
  private List<String> timesOf(Pipeline<?> pipeline) throws Exception {
    Timeline times = new Timeline();
    pipeline.forEach(times::add, ctx);
    return times.events();
  }

  /** What comes out, and when, if each value keeps downstream busy for a time. */
  private List<String> timesOf(Pipeline<?> pipeline, int busySeconds) throws Exception {
    Timeline times = new Timeline();
    pipeline.forEach(
        value -> {
          times.add(value);
          Go.sleep(ofSeconds(busySeconds));
        },
        ctx);
    return times.events();
  }

  @RunnelTest
  void aTickComesAtEachPeriod() throws Exception {
    assertThat(Pipeline.tick(ofHours(1)).take(3).toList(ctx))
        .containsExactly(START.plus(ofHours(1)), START.plus(ofHours(2)), START.plus(ofHours(3)));
  }

  @RunnelTest
  void aThrottleLetsNoMoreThroughThanItShould() throws Exception {
    assertThat(timesOf(Pipeline.range(0, 5).throttle(2, ofSeconds(10))))
        .containsExactly("0@0.0", "1@0.0", "2@10.0", "3@10.0", "4@20.0");
  }

  @RunnelTest
  void aLimiterLetsValuesThrough() throws Exception {
    assertThat(timesOf(Pipeline.range(0, 4).rateLimit(RateLimiter.perSecond(2, 1))))
        .containsExactly("0@0.0", "1@0.5", "2@1.0", "3@1.5");
  }

  @RunnelTest
  void aTimeoutIsAFailureOfItsStage() throws Exception {
    Timeline times = new Timeline();
    var source = at(4, 8, 100);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.from(source).timeout(ofSeconds(5)).forEach(times::add, ctx))
        .satisfies(e -> assertThat(e).hasRootCauseInstanceOf(TimeoutException.class))
        .withMessageContaining("timeout (2)");
    assertThat(times.events()).containsExactly("0@4.0", "1@8.0");
    assertThat(seconds()).isEqualTo(13);
    assertThat(source.receive()).as("the source is left alone").isNull();
  }

  @RunnelTest
  void aTimeoutDoesNotCountTheTimeOfDownstream() throws Exception {
    assertThat(timesOf(Pipeline.of(1, 2).timeout(ofSeconds(5)), 100))
        .containsExactly("1@0.0", "2@100.0");
  }

  @RunnelTest
  void aDebounceLetsTheLastOfABurstThrough() throws Exception {
    assertThat(timesOf(Pipeline.from(at(0, 4, 20, 21)).debounce(ofSeconds(5))))
        .as("after the quiet time, and at the end")
        .containsExactly("1@9.0", "2@21.0");
  }

  @RunnelTest
  void aDebounceMayDependOnTheValue() throws Exception {
    assertThat(timesOf(Pipeline.from(at(1, 2, 20, 100)).debounce(n -> ofSeconds(n * 10L))))
        .containsExactly("0@1.0", "1@12.0", "2@40.0");
  }

  @RunnelTest
  void aSampleIsTheLatestValueOfAPeriod() throws Exception {
    assertThat(timesOf(Pipeline.from(at(1, 2, 11, 16, 17)).sample(ofSeconds(5))))
        .as("no value twice, and none of the time after the last period")
        .containsExactly("1@5.0", "2@15.0");
  }

  @RunnelTest
  void aGroupIsFullOrHasWaited() throws Exception {
    assertThat(timesOf(Pipeline.from(at(0, 1, 2, 20, 21)).groupedWithin(2, ofSeconds(5))))
        .containsExactly("[0, 1]@1.0", "[2]@7.0", "[3]@21.0");
  }

  @RunnelTest
  void aGroupIsHeavyOrHasWaited() throws Exception {
    assertThat(
            timesOf(
                Pipeline.from(at(0, 1, 2, 3, 4, 20, 21))
                    .groupedWeightedWithin(5, ofSeconds(5), n -> (long) n)))
        .containsExactly("[0, 1, 2, 3]@3.0", "[4]@9.0", "[5]@20.0");
  }

  @RunnelTest
  void aWindowBeginsWithItsFirstValue() throws Exception {
    assertThat(timesOf(Pipeline.from(at(1, 4, 7, 8)).window(ofSeconds(5))))
        .containsExactly("[0, 1]@6.0", "[2]@8.0");
  }

  @RunnelTest
  void aRetryWaitsAsLongAsItIsTold() throws Exception {
    Timeline runs = new Timeline();
    AtomicInteger count = new AtomicInteger();
    Pipeline<Integer> retried =
        Pipeline.defer(
                () -> {
                  runs.add(count.incrementAndGet());
                  return count.get() < 3
                      ? Pipeline.<Integer>failed(new IOException("source"))
                      : Pipeline.of(7);
                })
            .retry(
                2,
                (failures, latest) ->
                    ofSeconds(failures * (latest instanceof IOException ? 1L : 9)));
    assertThat(retried.toList(ctx)).containsExactly(7);
    assertThat(runs.events()).containsExactly("1@0.0", "2@1.0", "3@3.0");
  }

  @RunnelTest
  void valuesAreGatheredWhileDownstreamIsBusy() throws Exception {
    assertThat(timesOf(Pipeline.from(at(0, 1, 2, 3, 12, 13)).conflate(Integer::sum), 10))
        .containsExactly("0@0.0", "6@10.0", "4@20.0");
    assertThat(seconds()).isEqualTo(30);
  }

  @RunnelTest
  void aFullBatchHoldsUpstreamBack() throws Exception {
    assertThat(timesOf(Pipeline.from(at(0, 1, 2, 3, 4, 5)).batch(2), 10))
        .containsExactly("[0]@0.0", "[1, 2]@10.0", "[3, 4]@20.0");
  }

  @RunnelTest
  void whatIsTooHeavyForABatchGoesIntoTheNext() throws Exception {
    assertThat(timesOf(Pipeline.from(at(0, 1, 2, 3, 4, 5)).batchWeighted(3, n -> (long) n), 10))
        .containsExactly("[0]@0.0", "[1, 2]@10.0", "[3]@20.0", "[4]@30.0");
  }

  @RunnelTest
  void moreIsPutOutWhileUpstreamIsSlow() throws Exception {
    var numbers =
        Pipeline.from(at(0, 10, 11.5)).extrapolate(n -> List.of(n + 100, n + 200).iterator());
    assertThat(timesOf(numbers, 1))
        .containsExactly("0@0.0", "100@1.0", "200@2.0", "1@10.0", "101@11.0");
  }

  @RunnelTest
  void aDeadlineEndsAPipelineThatWaits() {
    try (var soon = ctx.withTimeout(ofSeconds(7))) {
      Timeline times = new Timeline();
      assertThatExceptionOfType(dev.runnel.DeadlineExceededException.class)
          .isThrownBy(() -> Pipeline.tick(ofSeconds(2)).forEach(_ -> times.add("tick"), soon));
      assertThat(times.events()).containsExactly("tick@2.0", "tick@4.0", "tick@6.0");
      assertThat(seconds()).isEqualTo(7);
    }
  }
}
