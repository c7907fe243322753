package dev.runnel.pipeline;

import static dev.runnel.pipeline.Operator.Trait.CALLS_SELDOM;
import static dev.runnel.pipeline.Operator.Trait.MENDS;
import static dev.runnel.pipeline.Operator.Trait.STOPS_EARLY;
import static dev.runnel.pipeline.Operator.Trait.WAITS_FOR_THE_END;
import static dev.runnel.pipeline.Operator.Trait.WITHOUT_FUNCTION;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The operators that run on the thread of the run, and their models. */
final class FusedOperators {

  private FusedOperators() {}

  static List<Operator> all() {
    return Stream.of(mappings(), slices(), gatherings(), joins(), endings())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Operator> mappings() {
    return List.of(
        Operator.of(
            "map",
            (up, probe) ->
                up.map(n -> {
                  probe.called();
                  return n * 2;
                }),
            in -> in.stream().map(n -> n * 2).toList()),
        Operator.of(
            "mapNotNull",
            (up, probe) ->
                up.<Integer>mapNotNull(n -> {
                  probe.called();
                  return n % 2 == 0 ? n : null;
                }),
            in -> in.stream().filter(n -> n % 2 == 0).toList()),
        Operator.of(
            "filter",
            (up, probe) ->
                up.filter(n -> {
                  probe.called();
                  return n % 3 != 0;
                }),
            in -> in.stream().filter(n -> n % 3 != 0).toList()),
        Operator.of("filter", (up, _) -> up.filter(Integer.class), in -> in, WITHOUT_FUNCTION),
        Operator.of("tap", (up, probe) -> up.tap(_ -> probe.called()), in -> in),
        Operator.of(
            "mapMulti",
            (up, probe) ->
                up.<Integer>mapMulti((n, out) -> {
                  probe.called();
                  boolean _ = out.emit(n) && out.emit(-n);
                }),
            in -> in.stream().flatMap(n -> Stream.of(n, -n)).toList()),
        Operator.of(
            "mapWithResource",
            (up, probe) ->
                up.mapWithResource(
                    () -> () -> {},
                    (_, n) -> {
                      probe.called();
                      return n + 1;
                    }),
            in -> in.stream().map(n -> n + 1).toList()),
        Operator.of(
            "mapWithResource",
            (up, probe) ->
                up.mapWithResource(
                    () -> 5,
                    (five, n) -> {
                      probe.called();
                      return five * n;
                    },
                    five -> Optional.of(-five)),
            in -> Stream.concat(in.stream().map(n -> 5 * n), Stream.of(-5)).toList()),
        Operator.of(
            "mapConcat",
            (up, probe) ->
                up.mapConcat(n -> {
                  probe.called();
                  return List.of(n, -n);
                }),
            in -> in.stream().flatMap(n -> Stream.of(n, -n)).toList()),
        Operator.of(
            "flatMap",
            (up, probe) ->
                up.flatMap(n -> {
                  probe.called();
                  return Pipeline.range(0, n % 4);
                }),
            in -> in.stream().flatMap(n -> IntStream.range(0, n % 4).boxed()).toList()),
        Operator.of(
            "zipWithIndex",
            (up, _) -> up.zipWithIndex(),
            in -> IntStream.range(0, in.size()).mapToObj(i -> new Indexed<>(i, in.get(i))).toList(),
            WITHOUT_FUNCTION));
  }

  private static List<Operator> slices() {
    return List.of(
        Operator.of(
            "take",
            (up, _) -> up.take(3),
            in -> in.stream().limit(3).toList(),
            WITHOUT_FUNCTION,
            STOPS_EARLY),
        Operator.of(
            "takeWhile",
            (up, probe) ->
                up.takeWhile(n -> {
                  probe.called();
                  return n % 5 != 4;
                }),
            in -> in.stream().takeWhile(n -> n % 5 != 4).toList(),
            STOPS_EARLY),
        Operator.of(
            "takeUntil",
            (up, probe) ->
                up.takeUntil(n -> {
                  probe.called();
                  return n % 5 == 4;
                }),
            in -> in.stream().limit(1 + in.stream().takeWhile(n -> n % 5 != 4).count()).toList(),
            STOPS_EARLY),
        Operator.of(
            "takeLast",
            (up, _) -> up.takeLast(3),
            in -> in.subList(Math.max(in.size() - 3, 0), in.size()),
            WITHOUT_FUNCTION,
            WAITS_FOR_THE_END),
        Operator.of(
            "drop", (up, _) -> up.drop(2), in -> in.stream().skip(2).toList(), WITHOUT_FUNCTION),
        Operator.of(
            "dropLast",
            (up, _) -> up.dropLast(2),
            in -> in.subList(0, Math.max(in.size() - 2, 0)),
            WITHOUT_FUNCTION),
        Operator.of(
            "dropWhile",
            (up, probe) ->
                up.dropWhile(n -> {
                  probe.called();
                  return n < 3;
                }),
            in -> in.stream().dropWhile(n -> n < 3).toList(),
            CALLS_SELDOM),
        Operator.of(
            "distinctUntilChanged",
            (up, probe) ->
                up.distinctUntilChanged(n -> {
                  probe.called();
                  return n / 2;
                }),
            in ->
                IntStream.range(0, in.size())
                    .filter(i -> i == 0 || in.get(i) / 2 != in.get(i - 1) / 2)
                    .mapToObj(in::get)
                    .toList()),
        Operator.of(
            "distinctUntilChanged",
            (up, _) -> up.distinctUntilChanged(),
            in ->
                IntStream.range(0, in.size())
                    .filter(i -> i == 0 || !in.get(i).equals(in.get(i - 1)))
                    .mapToObj(in::get)
                    .toList(),
            WITHOUT_FUNCTION),
        Operator.of(
            "distinctUntilChanged",
            (up, _) -> up.distinctUntilChanged((a, b) -> Math.abs(a - b) < 2),
            FusedOperators::farFromTheLast,
            WITHOUT_FUNCTION),
        Operator.of(
            "everyNth",
            (up, _) -> up.everyNth(3),
            in -> IntStream.range(0, in.size() / 3).mapToObj(i -> in.get(3 * i + 2)).toList(),
            WITHOUT_FUNCTION),
        Operator.of(
            "distinct",
            (up, _) -> up.distinct(),
            in -> in.stream().distinct().toList(),
            WITHOUT_FUNCTION));
  }

  private static List<Integer> farFromTheLast(List<Integer> in) {
    List<Integer> through = new ArrayList<>();
    for (int n : in) {
      if (through.isEmpty() || Math.abs(through.getLast() - n) >= 2) {
        through.add(n);
      }
    }
    return through;
  }

  private static List<Operator> gatherings() {
    return List.of(
        Operator.of(
            "scan",
            (up, probe) ->
                up.scan(
                    0,
                    (a, n) -> {
                      probe.called();
                      return a + n;
                    }),
            in ->
                IntStream.rangeClosed(0, in.size())
                    .mapToObj(i -> in.subList(0, i).stream().mapToInt(n -> n).sum())
                    .toList()),
        Operator.of(
            "scan",
            (up, probe) ->
                up.scan((a, n) -> {
                  probe.called();
                  return a + n;
                }),
            in ->
                IntStream.rangeClosed(1, in.size())
                    .mapToObj(i -> in.subList(0, i).stream().mapToInt(n -> n).sum())
                    .toList(),
            CALLS_SELDOM),
        Operator.of(
            "mapStateful",
            (up, probe) ->
                up.mapStateful(
                    0,
                    (s, n) -> {
                      probe.called();
                      return new Next<>(s + n, n);
                    },
                    s -> s > 20 ? Optional.of(s) : Optional.empty()),
            in -> {
              int sum = in.stream().mapToInt(n -> n).sum();
              return Stream.concat(in.stream(), Stream.of(sum).filter(s -> s > 20)).toList();
            }),
        Operator.of(
            "mapStateful",
            (up, probe) ->
                up.mapStateful(
                    100,
                    (s, n) -> {
                      probe.called();
                      return new Next<>(s + 1, s * n);
                    }),
            in -> IntStream.range(0, in.size()).mapToObj(i -> (100 + i) * in.get(i)).toList()),
        Operator.of(
            "mapStatefulConcat",
            (up, probe) ->
                up.mapStatefulConcat(
                    0,
                    (s, n) -> {
                      probe.called();
                      return new Next<>(s + n, List.of(s, n));
                    },
                    s -> List.of(-s)),
            in -> {
              List<Integer> results = new ArrayList<>();
              int sum = 0;
              for (int n : in) {
                results.addAll(List.of(sum, n));
                sum += n;
              }
              results.add(-sum);
              return results;
            }),
        Operator.of(
            "grouped",
            (up, _) -> up.grouped(3),
            in -> in.stream().gather(Gatherers.windowFixed(3)).toList(),
            WITHOUT_FUNCTION),
        Operator.of(
            "groupedWeighted",
            (up, probe) ->
                up.groupedWeighted(
                    5,
                    n -> {
                      probe.called();
                      return (long) n;
                    }),
            FusedOperators::groupedToFive),
        Operator.of(
            "sliding", (up, _) -> up.sliding(3, 1), in -> windows(in, 3, 1), WITHOUT_FUNCTION),
        Operator.of(
            "sliding", (up, _) -> up.sliding(3, 2), in -> windows(in, 3, 2), WITHOUT_FUNCTION),
        Operator.of(
            "sliding", (up, _) -> up.sliding(2, 3), in -> windows(in, 2, 3), WITHOUT_FUNCTION),
        Operator.of(
            "split",
            (up, probe) ->
                up.split(n -> {
                  probe.called();
                  return n % 4 == 0;
                }),
            in -> split(in, n -> n % 4 == 0)),
        Operator.of(
            "splitOn",
            (up, _) -> up.splitOn(List.of(7)),
            in -> split(in, n -> n == 7),
            WITHOUT_FUNCTION,
            WAITS_FOR_THE_END),
        Operator.of(
            "gather",
            (up, _) -> up.gather(Gatherers.windowSliding(2)),
            in -> in.stream().gather(Gatherers.windowSliding(2)).toList(),
            WITHOUT_FUNCTION),
        Operator.of(
            "gather",
            (up, probe) ->
                up.gather(
                    Gatherers.scan(
                        () -> 1,
                        (a, n) -> {
                          try {
                            probe.called();
                          } catch (RuntimeException e) {
                            throw e;
                          } catch (Exception e) {
                            throw new AssertionError(e);
                          }
                          return a + n;
                        })),
            in ->
                IntStream.rangeClosed(1, in.size())
                    .mapToObj(i -> 1 + in.subList(0, i).stream().mapToInt(n -> n).sum())
                    .toList()));
  }

  private static List<List<Integer>> groupedToFive(List<Integer> in) {
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> group = new ArrayList<>();
    for (int n : in) {
      group.add(n);
      if (group.stream().mapToInt(m -> m).sum() >= 5) {
        groups.add(group);
        group = new ArrayList<>();
      }
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  private static List<List<Integer>> windows(List<Integer> in, int size, int step) {
    List<List<Integer>> windows = new ArrayList<>();
    int seen = 0; // up to where a window has had all values
    for (int start = 0; start < in.size() && seen < in.size(); start += step) {
      int end = Math.min(start + size, in.size());
      windows.add(in.subList(start, end));
      seen = end;
    }
    return windows;
  }

  private static List<List<Integer>> split(List<Integer> in, Predicate<Integer> delimiter) {
    List<List<Integer>> runs = new ArrayList<>();
    List<Integer> run = new ArrayList<>();
    for (int n : in) {
      if (delimiter.test(n)) {
        runs.add(run);
        run = new ArrayList<>();
      } else {
        run.add(n);
      }
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  private static List<Operator> joins() {
    return List.of(
        Operator.of(
            "concat",
            (up, _) -> up.concat(Pipeline.of(-1, -2)),
            in -> Stream.concat(in.stream(), Stream.of(-1, -2)).toList(),
            WITHOUT_FUNCTION),
        Operator.of(
            "prepend",
            (up, _) -> up.prepend(Pipeline.of(-1, -2)),
            in -> Stream.concat(Stream.of(-1, -2), in.stream()).toList(),
            WITHOUT_FUNCTION),
        Operator.of(
            "orElse",
            (up, _) -> up.orElse(Pipeline.of(-1, -2)),
            in -> in.isEmpty() ? List.of(-1, -2) : in,
            WITHOUT_FUNCTION),
        Operator.of(
            "intersperse",
            (up, _) -> up.intersperse(-1),
            in -> in.stream().flatMap(n -> Stream.of(-1, n)).skip(1).toList(),
            WITHOUT_FUNCTION),
        Operator.of(
            "intersperse",
            (up, _) -> up.intersperse(-7, -1, -9),
            in ->
                Stream.of(
                        Stream.of(-7),
                        in.stream().flatMap(n -> Stream.of(-1, n)).skip(1),
                        Stream.of(-9))
                    .flatMap(s -> s)
                    .toList(),
            WITHOUT_FUNCTION));
  }

  private static List<Operator> endings() {
    return List.of(
        Operator.of("onStart", (up, _) -> up.onStart(() -> {}), in -> in, WITHOUT_FUNCTION),
        Operator.of(
            "onComplete", (up, probe) -> up.onComplete(probe::called), in -> in, CALLS_SELDOM),
        Operator.of("onDone", (up, probe) -> up.onDone(probe::called), in -> in, CALLS_SELDOM),
        Operator.of("onError", (up, _) -> up.onError(_ -> {}), in -> in, WITHOUT_FUNCTION),
        Operator.of(
            "recover",
            (up, _) -> up.recover(Exception.class, _ -> -1),
            in -> in,
            WITHOUT_FUNCTION,
            MENDS),
        Operator.of(
            "recoverWith",
            (up, _) -> up.recoverWith(Exception.class, _ -> Pipeline.of(-1)),
            in -> in,
            WITHOUT_FUNCTION,
            MENDS),
        Operator.of("retry", (up, _) -> up.retry(2), in -> in, WITHOUT_FUNCTION));
  }
}
