package dev.runnel.pipeline;

import static dev.runnel.pipeline.Operator.Trait.CALLS_SELDOM;
import static dev.runnel.pipeline.Operator.Trait.SILENT;
import static dev.runnel.pipeline.Operator.Trait.WAITS_FOR_THE_END;
import static dev.runnel.pipeline.Operator.Trait.WITHOUT_FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.time.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** The operators that go by the time or by who waits, where that makes no difference. */
final class TimedOperators {
  private static final Duration LONG = Duration.ofDays(1);

  private TimedOperators() {}

  static List<Operator> all() {
    return List.of(
        Operator.of("throttle", (up, _) -> up.throttle(1000, LONG), in -> in, WITHOUT_FUNCTION),
        Operator.of(
            "rateLimit",
            (up, _) -> up.rateLimit(RateLimiter.perSecond(1e9, 1000)),
            in -> in,
            WITHOUT_FUNCTION),
        Operator.of("timeout", (up, _) -> up.timeout(LONG), in -> in, WITHOUT_FUNCTION),
        Operator.of(
            "debounce",
            (up, _) -> up.debounce(LONG),
            in -> in.isEmpty() ? in : List.of(in.getLast()),
            WITHOUT_FUNCTION,
            WAITS_FOR_THE_END),
        Operator.of(
            "debounce",
            (up, probe) ->
                up.debounce(_ -> {
                  probe.called();
                  return LONG;
                }),
            in -> in.isEmpty() ? in : List.of(in.getLast()),
            WAITS_FOR_THE_END),
        Operator.of(
            "sample",
            (up, _) -> up.sample(LONG),
            _ -> List.of(),
            WITHOUT_FUNCTION,
            WAITS_FOR_THE_END,
            SILENT),
        Operator.of(
            "groupedWithin",
            (up, _) -> up.groupedWithin(3, LONG),
            in -> in.stream().gather(Gatherers.windowFixed(3)).toList(),
            WITHOUT_FUNCTION),
        Operator.of(
            "groupedWeightedWithin",
            (up, probe) ->
                up.groupedWeightedWithin(
                    3,
                    LONG,
                    _ -> {
                      probe.called();
                      return 1L;
                    }),
            in -> in.stream().gather(Gatherers.windowFixed(3)).toList()),
        Operator.of(
            "window",
            (up, _) -> up.window(LONG),
            in -> in.isEmpty() ? List.of() : List.of(in),
            WITHOUT_FUNCTION,
            WAITS_FOR_THE_END),
        Operator.of(
            "batch", (up, _) -> up.batch(2).mapConcat(list -> list), in -> in, WITHOUT_FUNCTION),
        Operator.of(
            "batch",
            (up, probe) ->
                up.batch(
                        2,
                        n -> {
                          probe.called();
                          return List.of(n);
                        },
                        (list, n) -> Stream.concat(list.stream(), Stream.of(n)).toList())
                    .mapConcat(list -> list),
            in -> in,
            CALLS_SELDOM),
        Operator.of(
            "batchWeighted",
            (up, probe) ->
                up.batchWeighted(
                        5,
                        n -> {
                          probe.called();
                          return (long) n;
                        })
                    .tap(list ->
                        assertThat(list.size() == 1 || list.stream().mapToInt(n -> n).sum() <= 5)
                            .isTrue())
                    .mapConcat(list -> list),
            in -> in),
        Operator.of(
            "conflate",
            (up, _) -> up.conflate((a, b) -> a + b).scan((a, b) -> a + b).takeLast(1),
            in -> in.isEmpty() ? in : List.of(in.stream().mapToInt(n -> n).sum()),
            WITHOUT_FUNCTION,
            WAITS_FOR_THE_END),
        Operator.of(
            "conflateWithSeed",
            (up, _) ->
                up.conflateWithSeed(
                        n -> List.of(n),
                        (list, n) -> Stream.concat(list.stream(), Stream.of(n)).toList())
                    .mapConcat(list -> list),
            in -> in,
            WITHOUT_FUNCTION,
            WAITS_FOR_THE_END), // it may gather a source without end while its results go on
        Operator.of(
            "expand",
            (up, probe) ->
                up.expand(n -> {
                  probe.called();
                  return List.of(n).iterator();
                }),
            in -> in),
        Operator.of(
            "extrapolate",
            (up, probe) ->
                up.extrapolate(_ -> {
                  probe.called();
                  return List.<Integer>of().iterator();
                }),
            in -> in));
  }
}
