package dev.runnel.pipeline;

import static dev.runnel.pipeline.Operator.Trait.CALLS_SELDOM;
import static dev.runnel.pipeline.Operator.Trait.STOPS_EARLY;
import static dev.runnel.pipeline.Operator.Trait.UNORDERED;
import static dev.runnel.pipeline.Operator.Trait.WAITS_FOR_THE_END;
import static dev.runnel.pipeline.Operator.Trait.WITHOUT_FUNCTION;

import dev.runnel.Chan;
import dev.runnel.Overflow;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The operators that have goroutines upstream of them, and their models. */
final class ConcurrentOperators {

  private ConcurrentOperators() {}

  static List<Operator> all() {
    return List.of(
        Operator.of(
            "mapParallel",
            (up, probe) ->
                up.mapParallel(
                    3,
                    n -> {
                      probe.called();
                      return n * 2;
                    }),
            in -> in.stream().map(n -> n * 2).toList()),
        Operator.of(
            "mapUnordered",
            (up, probe) ->
                up.mapUnordered(
                    3,
                    n -> {
                      probe.called();
                      return n * 2;
                    }),
            in -> in.stream().map(n -> n * 2).toList(),
            UNORDERED),
        Operator.of(
            "flatMapUnordered",
            (up, probe) ->
                up.flatMapUnordered(
                    2,
                    n -> {
                      probe.called();
                      return Pipeline.range(0, n % 4);
                    }),
            in -> in.stream().flatMap(n -> IntStream.range(0, n % 4).boxed()).toList(),
            UNORDERED),
        Operator.of(
            "flatMapParallel",
            (up, probe) ->
                up.flatMapParallel(
                    3,
                    2,
                    n -> {
                      probe.called();
                      return Pipeline.range(0, n % 4);
                    }),
            in -> in.stream().flatMap(n -> IntStream.range(0, n % 4).boxed()).toList()),
        Operator.of(
            "filterParallel",
            (up, probe) ->
                up.filterParallel(
                    3,
                    n -> {
                      probe.called();
                      return n % 3 != 0;
                    }),
            in -> in.stream().filter(n -> n % 3 != 0).toList()),
        Operator.of(
            "filterUnordered",
            (up, probe) ->
                up.filterUnordered(
                    3,
                    n -> {
                      probe.called();
                      return n % 3 != 0;
                    }),
            in -> in.stream().filter(n -> n % 3 != 0).toList(),
            UNORDERED),
        Operator.of(
            "groupBy",
            (up, probe) ->
                up.groupBy(
                    3,
                    n -> {
                      probe.called();
                      return n % 5;
                    },
                    (_, values) -> values.map(n -> n + 1)),
            in -> in.stream().map(n -> n + 1).toList(),
            UNORDERED),
        Operator.of(
            "mapLatest",
            (up, probe) ->
                up.takeLast(1)
                    .mapLatest(n -> {
                      probe.called();
                      return n + 1;
                    }),
            in -> in.isEmpty() ? in : List.of(in.getLast() + 1),
            CALLS_SELDOM,
            WAITS_FOR_THE_END),
        Operator.of(
            "flatMapLatest",
            (up, probe) ->
                up.takeLast(1)
                    .flatMapLatest(n -> {
                      probe.called();
                      return Pipeline.of(n, -n);
                    }),
            in -> in.isEmpty() ? in : List.of(in.getLast(), -in.getLast()),
            CALLS_SELDOM,
            WAITS_FOR_THE_END),
        Operator.of(
            "alsoTo",
            (up, _) ->
                Pipeline.<Integer>defer(() -> up.alsoTo(Chan.buffered(1, Overflow.DROP_LATEST))),
            in -> in,
            WITHOUT_FUNCTION),
        Operator.of(
            "tryAlsoTo",
            (up, _) -> Pipeline.<Integer>defer(() -> up.tryAlsoTo(Chan.unbuffered())),
            in -> in,
            WITHOUT_FUNCTION),
        Operator.of("buffer", (up, _) -> up.buffer(0), in -> in, WITHOUT_FUNCTION),
        Operator.of("buffer", (up, _) -> up.buffer(3), in -> in, WITHOUT_FUNCTION),
        Operator.of(
            "merge",
            (up, _) -> up.merge(Pipeline.of(-1, -2)),
            in -> Stream.concat(in.stream(), Stream.of(-1, -2)).toList(),
            WITHOUT_FUNCTION,
            UNORDERED),
        Operator.of(
            "merge",
            (up, _) -> up.merge(Pipeline.from(Chan.<Integer>nil()), Until.FIRST_ENDS),
            in -> in,
            WITHOUT_FUNCTION),
        Operator.of(
            "merge",
            (up, _) -> Pipeline.from(Chan.<Integer>nil()).merge(up, Until.LAST_ENDS),
            in -> in,
            WITHOUT_FUNCTION),
        Operator.of(
            "combineLatest",
            (up, probe) ->
                up.takeLast(1)
                    .combineLatest(
                        Pipeline.of(7),
                        (a, b) -> {
                          probe.called();
                          return List.of(a, b);
                        }),
            in -> in.isEmpty() ? in : List.of(List.of(in.getLast(), 7)),
            CALLS_SELDOM,
            WAITS_FOR_THE_END),
        Operator.of(
            "zip",
            (up, probe) ->
                up.zip(
                    Pipeline.range(100, 105),
                    (a, b) -> {
                      probe.called();
                      return List.of(a, b);
                    }),
            in ->
                IntStream.range(0, Math.min(in.size(), 5))
                    .mapToObj(i -> List.of(in.get(i), 100 + i))
                    .toList(),
            STOPS_EARLY),
        Operator.of(
            "zipAll",
            (up, probe) ->
                up.zipAll(
                    Pipeline.range(100, 105),
                    -1,
                    -2,
                    (a, b) -> {
                      probe.called();
                      return List.of(a, b);
                    }),
            in ->
                IntStream.range(0, Math.max(in.size(), 5))
                    .mapToObj(i -> List.of(i < in.size() ? in.get(i) : -1, i < 5 ? 100 + i : -2))
                    .toList()),
        Operator.of(
            "interleave",
            (up, _) -> up.interleave(Pipeline.of(-1, -2), 1),
            in ->
                IntStream.range(0, Math.max(in.size(), 2))
                    .boxed()
                    .flatMap(i ->
                        Stream.concat(
                            in.stream().skip(i).limit(1), Stream.of(-1, -2).skip(i).limit(1)))
                    .toList(),
            WITHOUT_FUNCTION),
        Operator.of(
            "interleave",
            (up, _) -> up.interleave(Pipeline.of(-1, -2), 1, Until.ANY_ENDS),
            in ->
                IntStream.rangeClosed(0, Math.min(in.size(), 2))
                    .boxed()
                    .flatMap(i ->
                        i == in.size()
                            ? Stream.of()
                            : i == 2 ? Stream.of(in.get(2)) : Stream.of(in.get(i), -1 - i))
                    .toList(),
            WITHOUT_FUNCTION,
            STOPS_EARLY),
        Operator.of(
            "mapParallel",
            (up, probe) ->
                up.mapParallel(2, n -> n)
                    .buffer(1)
                    .mapParallel(
                        2,
                        n -> {
                          probe.called();
                          return n + 1;
                        }),
            in -> in.stream().map(n -> n + 1).toList()));
  }
}
