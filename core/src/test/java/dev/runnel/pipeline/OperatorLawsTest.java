package dev.runnel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.pipeline.Operator.Trait;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.Steps;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operator. */
@Timeout(60)
@ExtendWith(Accounted.class)
class OperatorLawsTest {
  private static final int ROUNDS = 100;

  private final Context background = Context.background();

  static List<Operator> operators() {
    return Stream.of(FusedOperators.all(), ConcurrentOperators.all(), TimedOperators.all())
        .flatMap(List::stream)
        .toList();
  }

  /** What a method of {@code Pipeline} is called that makes a pipeline of others. */
  static Stream<String> namesOfOperators() {
    Set<String> notOperators = Set.of("named", "via");
    return Stream.of(Pipeline.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getReturnType() == Pipeline.class)
        .map(Method::getName)
        .distinct()
        .filter(name -> !notOperators.contains(name))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("namesOfOperators")
  void allOperatorsAreHere(String name) {
    assertThat(operators()).extracting(Operator::name).contains(name);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void itDoesWhatItsModelDoes(Operator operator) throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> in =
          Stream.generate(() -> random.nextInt(10)).limit(random.nextInt(20)).toList();
      Pipeline<?> pipeline = operator.over(Pipeline.from(in));
      for (int run = 1; run <= 2; run++) {
        assertSame(operator, pipeline.toList(background), in, "seed " + seed + ", run " + run);
      }
    }
  }

  private static void assertSame(Operator operator, List<?> results, List<Integer> in, String as) {
    List<Object> expected = new ArrayList<>(operator.model().apply(in));
    List<Object> actual = new ArrayList<>(results);
    if (operator.is(Trait.UNORDERED)) {
      assertThat(actual).as("%s of %s", as, in).containsExactlyInAnyOrderElementsOf(expected);
    } else {
      assertThat(actual).as("%s of %s", as, in).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void ofNothingItMakesWhatItsModelDoes(Operator operator) throws Exception {
    assertSame(operator, operator.over(Pipeline.empty()).toList(background), List.of(), "nothing");
  }

  @ParameterizedTest
  @MethodSource("operators")
  void aFailureUpstreamGoesThroughWithItsName(Operator operator) {
    assumeFalse(operator.is(Trait.STOPS_EARLY) || operator.is(Trait.MENDS));
    IllegalStateException failure = new IllegalStateException("upstream");
    Pipeline<Integer> failing =
        Pipeline.of(1, 2, 3).concat(Pipeline.<Integer>failed(failure).named("broken"));
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> operator.over(failing).toList(background))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("broken"));
    assertThat(Goroutines.others()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("operators")
  void aFailureOfItsFunctionHasItsName(Operator operator) {
    assumeFalse(operator.is(Trait.WITHOUT_FUNCTION));
    for (int last = 1; last <= (operator.is(Trait.CALLS_SELDOM) ? 1 : 3); last++) {
      IllegalStateException failure = new IllegalStateException("function");
      int at = last;
      AtomicInteger calls = new AtomicInteger();
      AtomicInteger ended = new AtomicInteger();
      Pipeline<?> failing =
          operator
              .shape()
              .over(
                  Pipeline.of(1, 2, 3).onDone(ended::incrementAndGet),
                  () -> {
                    if (calls.incrementAndGet() == at) {
                      throw failure;
                    }
                  });
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() -> failing.toList(background))
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
          .satisfies(e -> assertThat(e.stage()).startsWith(operator.name() + " ("));
      assertThat(ended).hasValue(1);
      assertThat(Goroutines.others()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void whoWantsNoMoreStopsWhatIsUpstream(Operator operator) throws Exception {
    List<Integer> in = IntStream.range(0, 100).boxed().toList();
    List<?> expected = operator.model().apply(in);
    for (int count = 1; count <= 5; count++) {
      AtomicInteger ended = new AtomicInteger();
      Pipeline<Integer> source =
          operator.is(Trait.WAITS_FOR_THE_END)
              ? Pipeline.from(in)
              : Pipeline.iterate(0, n -> n + 1);
      List<?> got =
          operator.over(source.onDone(ended::incrementAndGet)).take(count).toList(background);
      assertThat(got).hasSize(Math.min(count, expected.size()));
      if (!operator.is(Trait.UNORDERED)) {
        assertThat(new ArrayList<Object>(got)).isEqualTo(expected.subList(0, got.size()));
      }
      // What was put before the source may have been enough.
      assertThat(ended.get()).isLessThanOrEqualTo(1);
      assertThat(Goroutines.others()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void aFailureDownstreamIsThatOfItsStage(Operator operator) {
    assumeFalse(operator.is(Trait.SILENT));
    IllegalStateException failure = new IllegalStateException("downstream");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            operator
                .over(Pipeline.range(1, 100))
                .forEach(
                    _ -> {
                      throw failure;
                    },
                    background))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).startsWith("forEach ("));
    assertThat(Goroutines.others()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("operators")
  void cancelingAtEveryStepLeavesNothing(Operator operator) throws Exception {
    List<Integer> in = List.of(1, 2, 3, 4, 5);
    Steps.cancelAtEach((ctx, steps) -> {
      List<Object> got = new ArrayList<>();
      try {
        operator
            .shape()
            .over(Pipeline.from(in).tap(_ -> steps.step()), steps::step)
            .forEach(
                value -> {
                  steps.step();
                  got.add(value);
                },
                ctx);
        assertSame(operator, got, in, "whole");
      } catch (ContextException e) {
        assertThat(ctx.err()).isNotNull();
      }
      assertThat(Goroutines.others()).isEmpty();
    });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void underAnEndedContextNothingRuns(Operator operator) {
    AtomicInteger calls = new AtomicInteger();
    try (var ctx = background.withCancel()) {
      ctx.cancel();
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() ->
              operator
                  .shape()
                  .over(Pipeline.of(1).tap(_ -> calls.incrementAndGet()), calls::incrementAndGet)
                  .toList(ctx));
    }
    assertThat(calls).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void anInterruptEndsARunWithoutEnd(Operator operator) {
    assumeFalse(operator.is(Trait.STOPS_EARLY));
    AtomicInteger ended = new AtomicInteger();
    Pipeline<?> endless =
        operator.over(Pipeline.iterate(1, n -> n + 1).onDone(ended::incrementAndGet));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> endless.run(background));
    assertThat(Thread.interrupted()).isFalse();
    assertThat(ended.get()).isLessThanOrEqualTo(1);
    assertThat(Goroutines.others()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("operators")
  void interruptingAtEveryStepLeavesNothing(Operator operator) throws Exception {
    List<Integer> in = List.of(1, 2, 3, 4, 5);
    boolean interrupted = true;
    for (int last = 1; interrupted; last++) {
      int at = last;
      Thread runner = Thread.currentThread();
      AtomicInteger steps = new AtomicInteger();
      Operator.Probe step =
          () -> {
            if (steps.incrementAndGet() == at) {
              runner.interrupt();
            }
          };
      List<Object> got = new ArrayList<>();
      try {
        operator
            .shape()
            .over(Pipeline.from(in).tap(_ -> step.called()), step)
            .forEach(
                value -> {
                  step.called();
                  got.add(value);
                },
                background);
        assertSame(operator, got, in, "whole");
      } catch (InterruptedException e) {
        assertThat(steps.get()).isGreaterThanOrEqualTo(at);
      }
      boolean _ = Thread.interrupted(); // where it came too late to matter
      assertThat(Goroutines.others()).isEmpty();
      interrupted = steps.get() >= at;
    }
  }
}
