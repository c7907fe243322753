package dev.runnel.pipeline;

import static dev.runnel.Go.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Overflow;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators with goroutines upstream: how many at once, in what order, and how they stop. */
@Timeout(60)
@ExtendWith(Accounted.class)
class ConcurrentTest {
  private final Context ctx = Context.background();

  @Test
  void asManyRunAtOnceAsAllowedAndNoMore() throws Exception {
    for (boolean ordered : new boolean[] {true, false}) {
      WaitGroup all = new WaitGroup();
      all.add(4);
      AtomicInteger now = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      Transform<Integer, Integer> together =
          n -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            if (n < 4) {
              all.done();
            }
            all.await(); // the first four can only go on together
            now.decrementAndGet();
            return n;
          };
      Pipeline<Integer> numbers = Pipeline.range(0, 100);
      Pipeline<Integer> mapped =
          ordered ? numbers.mapParallel(4, together) : numbers.mapUnordered(4, together);
      assertThat(mapped.toList(ctx))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
      assertThat(most).hasValue(4);
    }
  }

  @Test
  void orderIsKeptThoughALaterResultIsThereFirst() throws Exception {
    Chan<Boolean> second = Chan.unbuffered();
    assertThat(
            Pipeline.of(1, 2)
                .mapParallel(
                    2,
                    n -> {
                      if (n == 1) {
                        second.receive();
                      } else {
                        second.close();
                      }
                      return n;
                    })
                .toList(ctx))
        .containsExactly(1, 2);
  }

  @Test
  void withoutOrderAResultThatIsThereGoesOn() throws Exception {
    Chan<Boolean> seen = Chan.unbuffered();
    assertThat(
            Pipeline.of(1, 2)
                .mapUnordered(
                    2,
                    n -> {
                      if (n == 1) {
                        seen.receive();
                      }
                      return n;
                    })
                .tap(n -> {
                  if (n == 2) {
                    seen.close();
                  }
                })
                .toList(ctx))
        .containsExactly(2, 1);
  }

  @Test
  void aFailureCancelsTheOthers() {
    for (boolean ordered : new boolean[] {true, false}) {
      IOException failure = new IOException("third");
      AtomicInteger interrupted = new AtomicInteger();
      WaitGroup others = new WaitGroup();
      others.add(2);
      Transform<Integer, Integer> third =
          n -> {
            if (n == 3) {
              others.await();
              throw failure;
            }
            try {
              others.done();
              return Chan.<Integer>nil().receiveOrThrow();
            } catch (InterruptedException e) {
              interrupted.incrementAndGet();
              throw e;
            }
          };
      Pipeline<Integer> numbers = Pipeline.of(1, 2, 3);
      Pipeline<Integer> mapped =
          ordered ? numbers.mapParallel(3, third) : numbers.mapUnordered(3, third);
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() -> mapped.toList(ctx))
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
          .satisfies(e -> assertThat(e.stage()).startsWith("map"));
      assertThat(interrupted).hasValue(2);
      assertThat(Goroutines.others()).isEmpty();
    }
  }

  @Test
  void aBlockedSourceIsStoppedWhenEnoughHasBeenSeen() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    Pipeline<Integer> stuck =
        Pipeline.<Integer>generate(
                () -> {
                  try {
                    return Chan.<Integer>nil().receiveOrThrow();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                    throw e;
                  }
                })
            .prepend(Pipeline.of(1));
    assertThat(stuck.buffer(1).take(1).toList(ctx)).containsExactly(1);
    assertThat(stuck.merge(Pipeline.of(2)).take(2).toSet(ctx)).containsExactlyInAnyOrder(1, 2);
    assertThat(Pipeline.of(5).zip(stuck, Integer::sum).toList(ctx)).containsExactly(6);
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void whatCameBeforeAFailureGoesOnFirst() {
    IOException failure = new IOException("source");
    List<Integer> seen = new ArrayList<>();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Pipeline.of(1, 2, 3)
                .concat(Pipeline.failed(failure))
                .buffer(10)
                .forEach(seen::add, ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    assertThat(seen).containsExactly(1, 2, 3);
  }

  @Test
  void aBufferMayDrop() throws Exception {
    Chan<Boolean> ended = Chan.unbuffered();
    assertThat(
            Pipeline.range(0, 100)
                .onDone(ended::close)
                .buffer(2, Overflow.DROP_OLDEST)
                .tap(_ -> ended.receive()) // takes one before the source ends, maybe
                .last(ctx))
        .hasValue(99);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pipeline.of(1).buffer(0, Overflow.DROP_OLDEST));
    assertThatIllegalArgumentException().isThrownBy(() -> Pipeline.of(1).buffer(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Pipeline.of(1).mapParallel(0, n -> n));
  }

  @Test
  void aParallelPartIsRunAgainWhole() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    Pipeline<Integer> flaky =
        Pipeline.of(1, 2, 3)
            .onDone(runs::incrementAndGet)
            .mapParallel(
                3,
                n -> {
                  if (n == 3 && failed.compareAndSet(false, true)) {
                    throw new IOException("first run");
                  }
                  return n;
                })
            .retry(1)
            .takeLast(3);
    assertThat(flaky.toList(ctx)).containsExactly(1, 2, 3);
    assertThat(runs).hasValue(2);
  }

  @Test
  void mergingIsFairEnoughToEnd() throws Exception {
    Pipeline<Integer> both =
        Pipeline.range(0, 10_000).merge(Pipeline.range(10_000, 20_000)).mapUnordered(4, n -> n);
    assertThat(both.toSet(ctx)).hasSize(20_000);
  }

  @Test
  void pipelinesRunAheadOfTheirTurn() throws Exception {
    WaitGroup all = new WaitGroup();
    all.add(3);
    List<String> results =
        Pipeline.of(1, 2, 3)
            .flatMapParallel(
                3,
                2,
                n ->
                    Pipeline.of("a", "b")
                        .map(s -> s + n)
                        .tap(s -> {
                          if (s.startsWith("a")) {
                            all.done();
                            all.await(); // they can only go on together
                          }
                        }))
            .toList(ctx);
    assertThat(results).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
    assertThat(
            Pipeline.<Integer>flattenParallel(2, 1, Pipeline.of(Pipeline.of(1, 2), Pipeline.of(3)))
                .toList(ctx))
        .containsExactly(1, 2, 3);
    assertThat(
            Pipeline.<Integer>flattenUnordered(2, Pipeline.of(Pipeline.of(1, 2), Pipeline.of(3)))
                .toSet(ctx))
        .containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void aPipelineWaitsWhenItIsTooFarAhead() throws Exception {
    Chan<Boolean> first = Chan.unbuffered();
    AtomicInteger second = new AtomicInteger();
    Future<List<Integer>> results =
        call(() ->
            Pipeline.of(1, 2)
                .flatMapParallel(
                    2,
                    3,
                    n ->
                        n == 1
                            ? Pipeline.from(first).map(_ -> 0)
                            : Pipeline.range(1, 10).tap(_ -> second.incrementAndGet()))
                .toList(ctx));
    Eventually.that("three waiting and one on its way", () -> second.get() == 4);
    first.close();
    assertThat(results.get()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void aFailureBeforeAllHaveStartedIsNotTakenForACancellation() {
    IOException failure = new IOException("at once");
    List<Pipeline<Integer>> failing = Collections.nCopies(50, Pipeline.<Integer>failed(failure));
    for (int round = 0; round < 200; round++) {
      for (Pipeline<?> all :
          List.<Pipeline<?>>of(
              Pipeline.<Integer>merge(failing),
              Pipeline.<Integer>interleave(failing, 1),
              Pipeline.<Integer, Integer>combineLatest(failing, latest -> latest.size()))) {
        assertThatExceptionOfType(PipelineException.class)
            .isThrownBy(() -> all.run(ctx))
            .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
      }
    }
  }

  @Test
  void itMattersWhoseEndIsTheEnd() throws Exception {
    Pipeline<Integer> one = Pipeline.of(1);
    Pipeline<Integer> never = Pipeline.from(Chan.<Integer>nil());
    assertThat(one.merge(never, Until.ANY_ENDS).toList(ctx)).containsExactly(1);
    assertThat(never.merge(one, Until.ANY_ENDS).toList(ctx)).containsExactly(1);
    assertThat(one.merge(never, Until.FIRST_ENDS).toList(ctx)).containsExactly(1);
    assertThat(never.merge(one, Until.LAST_ENDS).toList(ctx)).containsExactly(1);
    assertThat(Pipeline.<Integer>merge(List.of(never, one, never), Until.ANY_ENDS).toList(ctx))
        .containsExactly(1);
    assertThat(Pipeline.<Integer>merge(List.of(), Until.ANY_ENDS).toList(ctx)).isEmpty();
    Pipeline<Integer> three = Pipeline.of(10, 20, 30);
    assertThat(one.interleave(three, 1, Until.FIRST_ENDS).toList(ctx)).containsExactly(1, 10);
    assertThat(three.interleave(one, 1, Until.LAST_ENDS).toList(ctx)).containsExactly(10, 1, 20);
    assertThat(three.interleave(one, 2, Until.ALL_END).toList(ctx)).containsExactly(10, 20, 1, 30);
    assertThat(Pipeline.<Integer>interleave(List.of(three, one, three), 1).toList(ctx))
        .containsExactly(10, 1, 10, 20, 20, 30, 30);
    assertThat(Pipeline.<Integer>concat(List.of(one, three, one)).toList(ctx))
        .containsExactly(1, 10, 20, 30, 1);
  }

  /** Or code that waits for an earlier value would wait for ever. */
  @Test
  void valuesAreBegunInOrderHoweverTheirGoroutinesAreScheduled() throws Exception {
    for (int i = 0; i < 500; i++) {
      assertThat(Pipeline.range(0, 12).mapParallel(3, inThrees()).count(ctx)).isEqualTo(12);
      assertThat(Pipeline.range(0, 12).mapUnordered(3, inThrees()).count(ctx)).isEqualTo(12);
    }
  }

  /** Lets a value go on when all of the three that it belongs to have been begun. */
  private static Transform<Integer, Integer> inThrees() throws InterruptedException {
    List<WaitGroup> threes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      WaitGroup three = new WaitGroup();
      three.add(3);
      threes.add(three);
    }
    return n -> {
      WaitGroup three = threes.get(n / 3);
      three.done();
      three.await();
      return n;
    };
  }

  @Test
  void eachValueIsTakenByAGoroutineOfItsOwn() throws Exception {
    WaitGroup all = new WaitGroup();
    all.add(3);
    AtomicInteger taken = new AtomicInteger();
    Pipeline.range(0, 9)
        .forEachParallel(
            3,
            n -> {
              if (n < 3) {
                all.done();
              }
              all.await();
              taken.addAndGet(n);
            },
            ctx);
    assertThat(taken).hasValue(36);
    IOException failure = new IOException("seventh");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Pipeline.iterate(0, n -> n + 1)
                .forEachParallel(
                    2,
                    n -> {
                      if (n == 7) {
                        throw failure;
                      }
                    },
                    ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).startsWith("forEachParallel ("));
  }
}
