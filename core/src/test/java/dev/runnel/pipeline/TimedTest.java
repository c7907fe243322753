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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the operators that go by the time leave behind, with a clock that tells what is set, and
 * what they refuse. When they do what is tested in the bubbles of the testing module.
 */
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
  void whatHasEndedLeavesNoAlarm() throws Exception {
    Pipeline<Integer> three = Pipeline.of(1, 2, 3);
    for (Pipeline<?> timed :
        List.<Pipeline<?>>of(
            three.timeout(ofSeconds(1)),
            three.debounce(ofSeconds(1)),
            three.sample(ofSeconds(1)),
            three.groupedWithin(5, ofSeconds(1)),
            three.groupedWithin(2, ofSeconds(1)).take(1),
            three.groupedWeightedWithin(5, ofSeconds(1), n -> (long) n),
            three.window(ofSeconds(1)),
            three.throttle(5, ofSeconds(1)),
            Pipeline.tick(ofSeconds(1)).take(0))) {
      timed.forEach(_ -> {}, ctx);
      assertThat(Goroutines.others()).isEmpty();
      assertThat(clock.alarms()).as("%s", timed).isZero();
    }
  }

  @Test
  void noTimeIsRefused() {
    Pipeline<Integer> one = Pipeline.of(1);
    assertThatIllegalArgumentException().isThrownBy(() -> Pipeline.tick(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> one.debounce(ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> one.throttle(0, ofSeconds(1)));
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
