package dev.runnel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Goroutines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources, terminal calls, and what a pipeline as a whole promises. */
@Timeout(60)
@ExtendWith(Accounted.class)
class PipelineTest {
  private final Context ctx = Context.background();

  @Test
  void sourcesBringTheirValues() throws Exception {
    assertThat(Pipeline.of(1, 2).toList(ctx)).containsExactly(1, 2);
    assertThat(Pipeline.empty().toList(ctx)).isEmpty();
    assertThat(Pipeline.range(3, 6).toList(ctx)).containsExactly(3, 4, 5);
    assertThat(Pipeline.range(6, 3).toList(ctx)).isEmpty();
    assertThat(Pipeline.range(3L, 5L).toList(ctx)).containsExactly(3L, 4L);
    assertThat(Pipeline.range(3, 4).first(ctx)).hasValue(3);
    assertThat(Pipeline.range(3L, 9L).first(ctx)).hasValue(3L);
    assertThat(Pipeline.iterate(1, n -> n * 2).take(4).toList(ctx)).containsExactly(1, 2, 4, 8);
    assertThat(Pipeline.iterate(1, n -> n < 5, n -> n * 2).toList(ctx)).containsExactly(1, 2, 4);
    assertThat(Pipeline.repeat("a").take(2).toList(ctx)).containsExactly("a", "a");
    AtomicInteger calls = new AtomicInteger();
    assertThat(Pipeline.generate(calls::incrementAndGet).take(2).toList(ctx)).containsExactly(1, 2);
    assertThat(calls).as("nothing is made ahead").hasValue(2);
    assertThat(
            Pipeline.<Integer, String>unfold(
                    3, n -> n == 0 ? Optional.empty() : Optional.of(new Next<>(n - 1, "v" + n)))
                .toList(ctx))
        .containsExactly("v3", "v2", "v1");
    assertThat(Pipeline.from(List.of(1, 2).iterator()).toList(ctx)).containsExactly(1, 2);
    assertThat(Pipeline.<Integer>defer(() -> Pipeline.of(1)).toList(ctx)).containsExactly(1);
    assertThat(Pipeline.<Integer>flatten(Pipeline.of(Pipeline.of(1), Pipeline.of(2))).toList(ctx))
        .containsExactly(1, 2);
  }

  @Test
  void aStreamIsMadeAndClosedByEachRun() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    Pipeline<Integer> values =
        Pipeline.stream(() -> IntStream.range(0, 3).boxed().onClose(closed::incrementAndGet));
    assertThat(values.toList(ctx)).containsExactly(0, 1, 2);
    assertThat(values.first(ctx)).hasValue(0);
    assertThat(closed).hasValue(2);
    IllegalStateException failure = new IllegalStateException("close");
    Pipeline<Integer> failing =
        Pipeline.stream(() ->
            Stream.of(1)
                .onClose(() -> {
                  throw failure;
                }));
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> failing.toList(ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("stream (1)"));
    IOException first = new IOException("first");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            failing
                .map(_ -> {
                  throw first;
                })
                .toList(ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(first))
        .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(failure));
  }

  @Test
  void aRunTakesFromAChannelWhatItNeeds() throws Exception {
    Chan<Integer> chan = Chan.buffered(10);
    chan.sendAll(List.of(1, 2, 3, 4));
    assertThat(Pipeline.from(chan).take(2).toList(ctx)).containsExactly(1, 2);
    IOException failure = new IOException("sender");
    chan.fail(failure);
    List<Integer> seen = new ArrayList<>();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.from(chan).forEach(seen::add, ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("from (1)"));
    assertThat(seen).containsExactly(3, 4);
  }

  @Test
  void aFuturesResultOrFailure() throws Exception {
    assertThat(Pipeline.from(CompletableFuture.completedFuture(1)).toList(ctx)).containsExactly(1);
    IOException failure = new IOException("future");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.from(CompletableFuture.failedFuture(failure)).toList(ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    CompletableFuture<Integer> never = new CompletableFuture<>();
    try (var soon = ctx.withTimeout(java.time.Duration.ofMillis(1))) {
      assertThatExceptionOfType(dev.runnel.DeadlineExceededException.class)
          .isThrownBy(() -> Pipeline.from(never).toList(soon));
    }
    assertThat(never).isNotDone();
  }

  @Test
  void aProducersValuesAndFailure() throws Exception {
    Pipeline<Integer> produced =
        Pipeline.produce(out -> {
          for (int i = 0; ; i++) {
            out.send(i);
          }
        });
    assertThat(produced.take(3).toList(ctx)).containsExactly(0, 1, 2);
    IOException failure = new IOException("producer");
    List<Integer> seen = new ArrayList<>();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Pipeline.<Integer>produce(
                    out -> {
                      out.send(1);
                      throw failure;
                    })
                .forEach(seen::add, ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("produce (1)"));
    assertThat(seen).containsExactly(1);
  }

  @Test
  void terminalCalls() throws Exception {
    Pipeline<Integer> some = Pipeline.of(3, 1, 3);
    assertThat(some.toSet(ctx)).containsExactly(3, 1);
    assertThat(Pipeline.of(1, 2).toMap(n -> n, n -> "v" + n, ctx))
        .isEqualTo(Map.of(1, "v1", 2, "v2"));
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> some.toMap(n -> n, n -> n, ctx))
        .withCauseInstanceOf(IllegalStateException.class);
    assertThat(some.fold(10, Integer::sum, ctx)).isEqualTo(17);
    assertThat(some.reduce(Integer::sum, ctx)).hasValue(7);
    assertThat(Pipeline.<Integer>empty().reduce(Integer::sum, ctx)).isEmpty();
    assertThat(some.collect(Collectors.counting(), ctx)).isEqualTo(3);
    assertThat(some.count(ctx)).isEqualTo(3);
    assertThat(some.first(ctx)).hasValue(3);
    assertThat(Pipeline.of(1, 2).last(ctx)).hasValue(2);
    assertThat(Pipeline.empty().first(ctx)).isEmpty();
    assertThat(Pipeline.empty().last(ctx)).isEmpty();
    assertThat(Pipeline.iterate(1, n -> n + 1).anyMatch(n -> n == 5, ctx)).isTrue();
    assertThat(some.anyMatch(n -> n == 5, ctx)).isFalse();
    assertThat(Pipeline.iterate(1, n -> n + 1).allMatch(n -> n < 5, ctx)).isFalse();
    assertThat(some.allMatch(n -> n < 5, ctx)).isTrue();
  }

  @Test
  void sendingEndsTheChannelAsTheRunEnds() throws Exception {
    Chan<Integer> whole = Chan.buffered(3);
    Pipeline.of(1, 2).sendTo(whole, ctx);
    assertThat(whole.stream()).containsExactly(1, 2);
    Chan<Integer> failed = Chan.buffered(3);
    IOException failure = new IOException("source");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.of(1).concat(Pipeline.failed(failure)).sendTo(failed, ctx));
    assertThat(failed.receive()).isEqualTo(1);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(failed::receive)
        .withCauseInstanceOf(PipelineException.class)
        .satisfies(e -> assertThat(e).hasRootCause(failure));
    Chan<Integer> closed = Chan.buffered(3);
    closed.close();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.of(1).sendTo(closed, ctx))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("sendTo (2)"));
  }

  @Test
  void aStartedRunBringsItsValuesOverAChannel() throws Exception {
    assertThat(Pipeline.range(0, 3).start(1, ctx).stream()).containsExactly(0, 1, 2);
    IOException failure = new IOException("source");
    var failing = Pipeline.of(1).concat(Pipeline.failed(failure)).start(1, ctx);
    assertThat(failing.receive()).isEqualTo(1);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(failing::receive)
        .withCauseInstanceOf(PipelineException.class)
        .satisfies(e -> assertThat(e).hasRootCause(failure));
    AtomicInteger ended = new AtomicInteger();
    Pipeline<Integer> endless = Pipeline.iterate(0, n -> n + 1).onDone(ended::incrementAndGet);
    try (var feed = endless.start(0, ctx)) {
      assertThat(feed.receive()).isEqualTo(0);
    }
    assertThat(ended).hasValue(1);
    assertThat(Goroutines.others()).isEmpty();
    try (var own = ctx.withCancel()) {
      var feed = endless.start(0, own);
      own.cancel();
      assertThatExceptionOfType(ChannelFailedException.class)
          .isThrownBy(() -> feed.receiveEach(_ -> {}))
          .withCauseInstanceOf(CanceledException.class);
    }
  }

  @Test
  void aStageHasTheNameItWasGiven() {
    IOException failure = new IOException("function");
    Transform<Integer, Integer> failing =
        _ -> {
          throw failure;
        };
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Pipeline.of(1).filter(_ -> true).map(failing).named("fetch").tap(_ -> {}).toList(ctx))
        .withMessage("stage fetch failed: java.io.IOException: function")
        .satisfies(e -> assertThat(e.stage()).isEqualTo("fetch"));
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.of(1).filter(_ -> true).map(failing).toList(ctx))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("map (3)"));
  }

  @Test
  void aFailureOfAPipelineInAFunctionIsOneOfTheFunction() {
    IOException failure = new IOException("inner");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.of(1).map(_ -> Pipeline.failed(failure).count(ctx)).toList(ctx))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("map (2)"))
        .satisfies(e -> assertThat(e.getCause()).isInstanceOf(PipelineException.class))
        .withRootCauseInstanceOf(IOException.class);
  }

  @Test
  void nullsAreRefused() {
    assertThatNullPointerException().isThrownBy(() -> Pipeline.of(1, null));
    assertThatNullPointerException().isThrownBy(() -> Pipeline.of(1).map(null));
    assertThatNullPointerException().isThrownBy(() -> Pipeline.of(1).prepend(null));
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.of(1).map(_ -> null).toList(ctx))
        .withCauseInstanceOf(NullPointerException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> Pipeline.of(1).take(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Pipeline.of(1).grouped(0));
  }

  @Test
  void takingNoneRunsNothing() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    assertThat(Pipeline.of(1).tap(_ -> runs.incrementAndGet()).take(0).toList(ctx)).isEmpty();
    assertThat(runs).hasValue(0);
  }

  @Test
  void theCurrentContextIsThatOfTheRun() throws Exception {
    try (var own = ctx.withCancel()) {
      assertThat(Pipeline.of(1).map(_ -> Context.current()).toList(own)).containsExactly(own);
    }
  }

  @Test
  void aRunThatNeverBlocksStopsWhenItsContextEnds() {
    try (var own = ctx.withCancel()) {
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() ->
              Pipeline.iterate(0, n -> n + 1)
                  .filter(n -> {
                    if (n == 1000) {
                      own.cancel();
                      boolean taken = Thread.interrupted(); // code that does not pass it on
                      assertThat(taken || own.err() != null).isTrue();
                    }
                    return false;
                  })
                  .run(own));
    }
  }

  @Test
  void whatAnEndDoes() throws Exception {
    List<String> seen = new ArrayList<>();
    assertThat(
            Pipeline.of(1, 2)
                .onComplete(() -> seen.add("complete"))
                .onDone(() -> seen.add("done"))
                .toList(ctx))
        .containsExactly(1, 2);
    assertThat(seen).containsExactly("complete", "done");
    seen.clear();
    assertThat(
            Pipeline.of(1, 2)
                .onComplete(() -> seen.add("complete"))
                .onDone(() -> seen.add("done"))
                .take(1)
                .toList(ctx))
        .containsExactly(1);
    assertThat(seen).containsExactly("done");
    seen.clear();
    IOException failure = new IOException("source");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Pipeline.failed(failure)
                .onComplete(() -> seen.add("complete"))
                .onError(e -> seen.add("error " + e.getMessage()))
                .onDone(() -> seen.add("done"))
                .run(ctx));
    assertThat(seen).containsExactly("error source", "done");
  }

  @Test
  void aFailureIsMended() throws Exception {
    IOException failure = new IOException("source");
    Pipeline<Integer> failing = Pipeline.of(1).concat(Pipeline.failed(failure));
    assertThat(failing.recover(IOException.class, e -> e.getMessage().length()).toList(ctx))
        .containsExactly(1, 6);
    assertThat(failing.recoverWith(IOException.class, _ -> Pipeline.of(8, 9)).toList(ctx))
        .containsExactly(1, 8, 9);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> failing.recover(IllegalStateException.class, _ -> 2).toList(ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    assertThatExceptionOfType(PipelineException.class)
        .as("only what is upstream is mended")
        .isThrownBy(() ->
            Pipeline.of(1)
                .recover(IOException.class, _ -> 2)
                .map(_ -> {
                  throw failure;
                })
                .toList(ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
  }

  @Test
  void aFailingPipelineIsRunAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    IOException failure = new IOException("source");
    Pipeline<Integer> flaky =
        Pipeline.<Integer>defer(() -> {
          int run = runs.incrementAndGet();
          return run < 3 ? Pipeline.of(run).concat(Pipeline.failed(failure)) : Pipeline.of(run);
        });
    assertThat(flaky.retry(2).toList(ctx)).containsExactly(1, 2, 3);
    runs.set(0);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> flaky.retry(1).toList(ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    assertThat(runs).hasValue(2);
    runs.set(0);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> flaky.retry(5, e -> !(e instanceof IOException)).toList(ctx));
    assertThat(runs).hasValue(1);
  }

  @Test
  void windowsSplitsAndWeights() throws Exception {
    assertThat(Pipeline.of(1, 2, 9, 9, 3, 9, 9, 9).splitOn(List.of(9, 9)).toList(ctx))
        .containsExactly(List.of(1, 2), List.of(3), List.of(9));
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.of(1).groupedWeighted(2, _ -> -1L).toList(ctx))
        .withCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMillionValuesGoThroughAHundredStages() throws Exception {
    Pipeline<Integer> stages = Pipeline.range(0, 1_000_000);
    for (int i = 0; i < 100; i++) {
      stages = i % 2 == 0 ? stages.map(n -> n + 1) : stages.filter(n -> n >= 0);
    }
    assertThat(stages.last(ctx)).hasValue(1_000_049);
  }

  @Test
  void aSingleValueIsTheOnlyOne() throws Exception {
    assertThat(Pipeline.of(7).single(ctx)).isEqualTo(7);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.empty().single(ctx))
        .withCauseInstanceOf(NoSuchElementException.class);
    AtomicInteger seen = new AtomicInteger();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(
            () -> Pipeline.iterate(1, n -> n + 1).tap(_ -> seen.incrementAndGet()).single(ctx))
        .withCauseInstanceOf(IllegalStateException.class);
    assertThat(seen).hasValue(2);
  }

  @Test
  void noneMatchesIfNoneDoes() throws Exception {
    assertThat(Pipeline.of(1, 2).noneMatch(n -> n > 2, ctx)).isTrue();
    assertThat(Pipeline.iterate(1, n -> n + 1).noneMatch(n -> n > 2, ctx)).isFalse();
  }

  @Test
  void whatIsDoneAtTheStartComesFirst() throws Exception {
    List<String> log = new ArrayList<>();
    Pipeline<Integer> both =
        Pipeline.<Integer>generate(
                () -> {
                  log.add("source");
                  return 1;
                })
            .onStart(() -> log.add("start"))
            .take(1);
    assertThat(both.toList(ctx)).containsExactly(1);
    assertThat(log).containsExactly("start", "source");
    IOException failure = new IOException("start");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Pipeline.of(1)
                .tap(_ -> log.add("never"))
                .onStart(() -> {
                  throw failure;
                })
                .run(ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).startsWith("onStart ("));
    assertThat(log).hasSize(2);
  }

  @Test
  void anErrorIsNotTriedAgain() {
    AtomicInteger runs = new AtomicInteger();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Pipeline.failed(new StackOverflowError())
                .onStart(runs::incrementAndGet)
                .retry(5)
                .run(ctx));
    assertThat(runs).hasValue(1);
  }
}
