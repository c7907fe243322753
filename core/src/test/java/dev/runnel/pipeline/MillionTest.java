package dev.runnel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Overflow;
import dev.runnel.pattern.Backoff;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.time.RateLimiter;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many values go through every operator, and none of them is kept: when the last one comes out of
 * the source, the garbage collector finds most of those before it. They are a million where a value
 * costs a call or two, and a tenth of that where it costs a goroutine or a wait; with {@code
 * -Drunnel.pipeline.values=1000000} (a minute and a half) they are a million everywhere.
 */
@Timeout(120)
@ExtendWith(Accounted.class)
class MillionTest {
  private static final int MILLION = 1_000_000;

  private static final int WITH_GOROUTINES = Integer.getInteger("runnel.pipeline.values", 100_000);

  /** Of so many values one is watched. */
  private static final int EACH = 100;

  private static final Duration LONG = Duration.ofDays(1);

  /** An operator that lets many values through, or makes something of them. */
  record Through(String name, Function<Pipeline<Integer>, Pipeline<?>> shape, int values) {
    Through withGoroutines() {
      return new Through(name, shape, WITH_GOROUTINES);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Through through(String name, Function<Pipeline<Integer>, Pipeline<?>> shape) {
    return new Through(name, shape, MILLION);
  }

  static Stream<Through> operators() {
    return Stream.concat(
        fused().stream(),
        Stream.of(joining(), concurrent(), timed())
            .flatMap(List::stream)
            .map(Through::withGoroutines));
  }

  private static List<Through> fused() {
    return List.of(
        through("map", up -> up.map(n -> n + 1)),
        through("mapNotNull", up -> up.mapNotNull(n -> n % 2 == 0 ? n : null)),
        through("filter", up -> up.filter(n -> n % 2 == 0)),
        through("tap", up -> up.tap(_ -> {})),
        through("mapConcat", up -> up.mapConcat(n -> List.of(n, -n))),
        through("mapMulti", up -> up.<Integer>mapMulti((n, out) -> out.emit(n))),
        through("mapWithResource", up -> up.mapWithResource(() -> () -> {}, (_, n) -> n)),
        through("flatMap", up -> up.flatMap(n -> Pipeline.of(n, -n))),
        through("zipWithIndex", up -> up.zipWithIndex()),
        through("take", up -> up.take(2 * MILLION)),
        through("takeWhile", up -> up.takeWhile(n -> n >= 0)),
        through("takeUntil", up -> up.takeUntil(n -> n < 0)),
        through("takeLast", up -> up.takeLast(10)),
        through("drop", up -> up.drop(10)),
        through("dropLast", up -> up.dropLast(10)),
        through("dropWhile", up -> up.dropWhile(n -> n < 10)),
        through("distinctUntilChanged", up -> up.distinctUntilChanged()),
        through("distinct", up -> up.distinct(n -> n % 100)),
        through("everyNth", up -> up.everyNth(3)),
        through("scan", up -> up.scan(0L, Long::sum)),
        through("mapStateful", up -> up.mapStateful(0, (s, n) -> new Next<>(s + n, n))),
        through(
            "mapStatefulConcat",
            up -> up.mapStatefulConcat(0, (s, n) -> new Next<>(s + n, List.of(n)))),
        through("grouped", up -> up.grouped(10)),
        through("groupedWeighted", up -> up.groupedWeighted(10, _ -> 1L)),
        through("sliding", up -> up.sliding(10, 1)),
        through("split", up -> up.split(n -> n % 10 == 0)),
        through("splitOn", up -> up.map(n -> n % 10).splitOn(List.of(3, 4))),
        through("gather", up -> up.gather(Gatherers.windowFixed(10))),
        through("onStart", up -> up.onStart(() -> {})),
        through("onComplete", up -> up.onComplete(() -> {})),
        through("onDone", up -> up.onDone(() -> {})),
        through("onError", up -> up.onError(_ -> {})),
        through("recover", up -> up.recover(Exception.class, _ -> 0)),
        through("recoverWith", up -> up.recoverWith(Exception.class, _ -> Pipeline.of(0))),
        through("retry", up -> up.retry(1, Backoff.constant(LONG))));
  }

  private static List<Through> joining() {
    return List.of(
        through("concat", up -> up.concat(Pipeline.of(1))),
        through("prepend", up -> up.prepend(Pipeline.of(1))),
        through("orElse", up -> up.orElse(Pipeline.of(1))),
        through("intersperse", up -> up.intersperse(0)),
        through("merge", up -> up.merge(Pipeline.of(1))),
        through("zip", up -> up.zip(Pipeline.repeat(1), Integer::sum)),
        through("zipAll", up -> up.zipAll(Pipeline.of(1), 0, 0, Integer::sum)),
        through("interleave", up -> up.interleave(Pipeline.of(1), 1)),
        through("combineLatest", up -> up.combineLatest(Pipeline.of(1), Integer::sum)),
        through(
            "alsoTo",
            up -> Pipeline.defer(() -> up.alsoTo(Chan.buffered(1, Overflow.DROP_LATEST)))),
        through("tryAlsoTo", up -> Pipeline.defer(() -> up.tryAlsoTo(Chan.unbuffered()))));
  }

  private static List<Through> concurrent() {
    return List.of(
        through("mapParallel", up -> up.mapParallel(4, n -> n)),
        through("mapUnordered", up -> up.mapUnordered(4, n -> n)),
        through("filterParallel", up -> up.filterParallel(4, n -> n % 2 == 0)),
        through("filterUnordered", up -> up.filterUnordered(4, n -> n % 2 == 0)),
        through("flatMapParallel", up -> up.flatMapParallel(4, 1, n -> Pipeline.of(n))),
        through("flatMapUnordered", up -> up.flatMapUnordered(4, n -> Pipeline.of(n))),
        through("flatMapLatest", up -> up.flatMapLatest(n -> Pipeline.of(n))),
        through("mapLatest", up -> up.mapLatest(n -> n)),
        through("groupBy", up -> up.groupBy(10, n -> n % 10, (_, values) -> values)),
        through("buffer", up -> up.buffer(100)));
  }

  private static List<Through> timed() {
    return List.of(
        through("throttle", up -> up.throttle(1000, Duration.ofNanos(1))),
        through("rateLimit", up -> up.rateLimit(RateLimiter.perSecond(1e9, 2 * MILLION))),
        through("timeout", up -> up.timeout(LONG)),
        through("debounce", up -> up.debounce(LONG)),
        through("sample", up -> up.sample(LONG)),
        through("groupedWithin", up -> up.groupedWithin(10, LONG)),
        through("groupedWeightedWithin", up -> up.groupedWeightedWithin(10, LONG, _ -> 1L)),
        through("window", up -> up.window(Duration.ofMillis(1))),
        through("conflate", up -> up.conflate((_, b) -> b)),
        through("conflateWithSeed", up -> up.conflateWithSeed(n -> (long) n, Long::sum)),
        through("batch", up -> up.batch(10)),
        through("batchWeighted", up -> up.batchWeighted(10, _ -> 1L)),
        through("expand", up -> up.expand(n -> List.of(n).iterator())),
        through("extrapolate", up -> up.extrapolate(_ -> List.<Integer>of().iterator())));
  }

  @Test
  void everyOperatorIsHere() {
    assertThat(operators().map(Through::name).collect(Collectors.toSet()))
        .containsAll(OperatorLawsTest.namesOfOperators().toList());
  }

  @ParameterizedTest
  @MethodSource("operators")
  void noneIsKept(Through operator) throws Exception {
    List<WeakReference<Object>> watched = new ArrayList<>();
    Pipeline<Integer> source =
        Pipeline.range(1, operator.values + 1)
            .tap(n -> {
              if (n % EACH == 0) {
                Object value = n;
                watched.add(new WeakReference<>(value));
              }
              if (n == operator.values) {
                awaitMostCollected(watched);
              }
            });
    operator.shape.apply(source).run(Context.background());
    assertThat(watched).as("all have gone in").hasSize(operator.values / EACH);
  }

  /** Those under way are not, so a part may be left; what is kept for ever would be all. */
  private static void awaitMostCollected(List<WeakReference<Object>> watched) {
    Eventually.that(
        "the values being collected",
        () -> {
          System.gc();
          return watched.stream().filter(value -> value.refersTo(null)).count()
              > watched.size() / 2;
        });
  }
}
