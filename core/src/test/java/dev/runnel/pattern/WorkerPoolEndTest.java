package dev.runnel.pattern;

import static dev.runnel.Go.go;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.Goroutine;
import dev.runnel.ReceiveChan;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a pool ends when something does not go well: whole, and telling why. */
@Timeout(60)
@ExtendWith(Accounted.class)
class WorkerPoolEndTest {
  private final Context background = Context.background();

  /** The two kinds of pool, which send their results in different ways. */
  enum Kind {
    PLAIN,
    ORDERED;

    WorkerPool of(int workers) {
      return this == PLAIN ? WorkerPool.of(workers) : WorkerPool.of(workers).ordered();
    }
  }

  /** Receives what comes, and then the failure. */
  private static Throwable failureOf(ReceiveChan<?> results) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(() -> results.receiveEach(_ -> {}))
        .satisfies(e -> failure.set(e.getCause()));
    return failure.get();
  }

  @ParameterizedTest
  @EnumSource
  void aConsumerThatStopsEarlyCloses(Kind kind) throws Exception {
    try (var results = kind.of(5).buffer(0).start(Generators.repeat(1), n -> n, background)) {
      assertThat(results.receive()).isEqualTo(1);
    }
    assertThat(Goroutines.others()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aConsumerThatStopsEarlyCancels(Kind kind) throws Exception {
    try (var ctx = background.withCancel()) {
      ReceiveChan<Integer> results = kind.of(5).buffer(0).start(Generators.repeat(1), n -> n, ctx);
      assertThat(results.receive()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailedJobEndsThePoolAndIsTold(Kind kind) {
    IOException failure = new IOException("the 5th");
    var results =
        kind.of(3)
            .start(
                Generators.range(0, 1_000_000),
                n -> {
                  if (n == 5) {
                    throw failure;
                  }
                  return n;
                },
                background);
    assertThat(failureOf(results)).isSameAs(failure);
    assertThat(results.failed()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void whatFailsLaterIsSuppressed() throws Exception {
    Chan<Integer> bothAreAtWork = Chan.unbuffered();
    var results =
        WorkerPool.of(2)
            .start(
                List.of(1, 2),
                n -> {
                  if (n == 1) {
                    bothAreAtWork.send(1);
                    throw new IOException("first");
                  }
                  bothAreAtWork.receive();
                  try {
                    Chan.nil().receive();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException("second", e);
                  }
                  return n;
                },
                background);
    assertThat(failureOf(results))
        .hasMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1))
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("second"));
  }

  @Test
  void anErrorEndsThePoolWhateverItDoesWithFailures() {
    var skipping = WorkerPool.of(2).onFailure(_ -> {}).retry(5);
    var results =
        skipping.start(
            List.of(1, 2, 3),
            _ -> {
              throw new AssertionError("a bug");
            },
            background);
    assertThat(failureOf(results)).isInstanceOf(AssertionError.class).hasMessage("a bug");
  }

  @Test
  void aNullResultIsAFailureOfTheJob() {
    assertThat(failureOf(WorkerPool.of(2).start(List.of(1), _ -> null, background)))
        .isInstanceOf(NullPointerException.class);
  }

  @ParameterizedTest
  @EnumSource
  void jobsBeforeTheFailureOfTheirChannelAreDone(Kind kind) throws Exception {
    Chan<Integer> jobs = Chan.buffered(10);
    jobs.sendAll(List.of(1, 2, 3));
    IOException failure = new IOException("no more jobs");
    jobs.fail(failure);
    var results = kind.of(3).start(jobs, n -> n, background);
    List<Integer> received = new ArrayList<>();
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(() -> results.receiveEach(received::add))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    assertThat(received).containsExactlyInAnyOrder(1, 2, 3);
  }

  /** Two jobs, and then a failure. */
  private static Iterable<Integer> failingIterable(RuntimeException failure) {
    return () ->
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Integer next() {
            if (++next == 3) {
              throw failure;
            }
            return next;
          }
        };
  }

  @ParameterizedTest
  @EnumSource
  void jobsBeforeTheFailureOfTheirIteratorAreDone(Kind kind) throws Exception {
    IllegalStateException failure = new IllegalStateException("no more jobs");
    var results = kind.of(3).start(failingIterable(failure), n -> n, background);
    assertThat(failureOf(results)).isSameAs(failure);
    assertThat(results.done()).isEqualTo(2);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> kind.of(3).forEach(failingIterable(failure), _ -> {}, background))
        .withCause(failure);
  }

  @Test
  void aJobThatIsNullIsAFailureOfItsSource() {
    List<Integer> jobs = new ArrayList<>();
    jobs.add(null);
    assertThat(failureOf(WorkerPool.of(2).start(jobs, n -> n, background)))
        .isInstanceOf(NullPointerException.class);
  }

  @ParameterizedTest
  @EnumSource
  void cancelingAtEveryStepLeavesNothing(Kind kind) throws Exception {
    Steps.cancelAtEach((ctx, steps) -> {
      Chan<Integer> jobs = Chan.unbuffered();
      var sender =
          go(
              ctx,
              () ->
                  jobs.closeAfter(() -> {
                    for (int i = 0; i < 6; i++) {
                      steps.step();
                      jobs.send(i, ctx);
                    }
                  }));
      ReceiveChan<Integer> results =
          kind.of(2)
              .buffer(0)
              .start(
                  jobs,
                  n -> {
                    steps.step();
                    return n;
                  },
                  ctx);
      int received = 0;
      try {
        for (Integer _ : results) {
          steps.step();
          received++;
        }
        assertThat(received).isEqualTo(6);
      } catch (ChannelFailedException e) {
        assertThat(e).hasCauseInstanceOf(ContextException.class);
        assertThat(ctx.err()).isNotNull();
      }
      assertThat(sender.join(ofMinutes(1))).isTrue();
    });
  }

  @Test
  void aContextThatHasEndedLetsNothingBegin() {
    try (var ctx = background.withCancel()) {
      ctx.cancel();
      var results =
          WorkerPool.of(2)
              .start(
                  List.of(1),
                  _ -> {
                    throw new AssertionError("begun");
                  },
                  ctx);
      assertThat(failureOf(results)).isInstanceOf(CanceledException.class);
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() -> WorkerPool.of(2).forEach(List.of(1), _ -> {}, ctx));
    }
  }

  @ParameterizedTest
  @EnumSource
  void jobsOfTheNilChannelNeverCome(Kind kind) throws Exception {
    Chan<Integer> nil = Chan.nil();
    try (var results = kind.of(2).start(nil, n -> n, background)) {
      assertThat(results.receive(ofMillis(1)).hasValue()).isFalse();
    }
    assertThat(Goroutines.others()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptOfTheConsumerIsItsOwn(Kind kind) throws Exception {
    Chan<Integer> jobs = Chan.unbuffered();
    try (var results = kind.of(2).start(jobs, n -> n, background)) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(results::receive);
      jobs.send(1);
      assertThat(results.receive()).isEqualTo(1);
      jobs.close();
      assertThat(results.receive()).isNull();
    }
  }

  @Test
  void aWorkerThatSwallowsTheInterruptEndsAllTheSame() throws Exception {
    Chan<Integer> begun = Chan.unbuffered();
    var results =
        WorkerPool.of(1)
            .start(
                Generators.repeat(1),
                n -> {
                  try {
                    begun.send(n);
                    Chan.nil().receive();
                  } catch (InterruptedException e) {
                    // swallowed
                  }
                  return n;
                },
                background);
    begun.receive();
    results.close();
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // the worker is to heed nothing
  void closingWaitsWhateverInterruptsCome() throws Exception {
    Chan<Integer> begun = Chan.unbuffered();
    Chan<Integer> end = Chan.buffered(1);
    var results =
        WorkerPool.of(1)
            .start(
                List.of(1),
                n -> {
                  begun.send(n);
                  while (end.tryReceive().orNull() == null) {
                    var _ = Thread.interrupted();
                    Thread.yield();
                  }
                  return n;
                },
                background);
    begun.receive();
    Goroutine closer =
        go(() -> {
          results.close();
          assertThat(Thread.interrupted()).isTrue();
        });
    closer.interrupt();
    end.send(1);
    closer.join();
    assertThat(closer.failure()).isNull();
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void aWorkerThatClosesItsOwnPoolIsRefused() throws Exception {
    AtomicReference<PoolResults<Integer>> self = new AtomicReference<>();
    Chan<Integer> jobs = Chan.unbuffered();
    var results =
        WorkerPool.of(1)
            .start(
                jobs,
                n -> {
                  self.get().close();
                  return n;
                },
                background);
    self.set(results);
    jobs.send(1);
    assertThat(failureOf(results))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wait for itself");
  }

  @Test
  void closingTwiceOrLateDoesNothing() throws Exception {
    var results = WorkerPool.of(1).start(List.of(1), n -> n, background);
    assertThat(results.stream()).containsExactly(1);
    results.close();
    results.close();
    assertThat(results.receive()).as("a clean end stays one").isNull();
  }

  @Test
  void anEndedPoolIsForgottenByItsContext() throws Exception {
    try (var ctx = background.withCancel()) {
      for (int i = 0; i < 3; i++) {
        assertThat(WorkerPool.of(2).start(List.of(1), n -> n, ctx).stream()).hasSize(1);
      }
      Goroutines.awaitNoOthers();
      assertThat(links(ctx)).isZero();
    }
  }

  private static int links(Context ctx) throws ReflectiveOperationException {
    var first = ctx.getClass().getDeclaredField("links");
    first.setAccessible(true);
    int count = 0;
    Object link = first.get(ctx);
    while (link != null) {
      count++;
      var next = link.getClass().getSuperclass().getDeclaredField("next");
      next.setAccessible(true);
      link = next.get(link);
    }
    return count;
  }

  @Test
  void failuresThatAreSkippedAreToldOf() throws Exception {
    Queue<Object> told = new ConcurrentLinkedQueue<>();
    WorkerPool pool = WorkerPool.of(2).onFailure((job, e) -> told.add(job + " " + e.getMessage()));
    Worker<Integer, Integer> odd =
        n -> {
          if (n % 2 == 1) {
            throw new IOException("odd");
          }
          return n;
        };
    var results = pool.start(List.of(1, 2, 3, 4), odd, background);
    assertThat(results.stream()).containsExactlyInAnyOrder(2, 4);
    assertThat(told).containsExactlyInAnyOrder("1 odd", "3 odd");
    assertThat(results.failed()).isEqualTo(2);
    assertThat(results.done()).isEqualTo(2);
    assertThat(pool.map(List.of(1, 2), odd, background)).containsExactly(2);
    pool.forEach(List.of(1), odd::work, background);
    assertThat(told).hasSize(4);
  }

  @Test
  void aFailureOfTheFailureHandlerEndsThePool() {
    var results =
        WorkerPool.of(2)
            .onFailure(e -> {
              throw new IllegalStateException("handler", e);
            })
            .start(
                List.of(1),
                _ -> {
                  throw new IOException("job");
                },
                background);
    assertThat(failureOf(results)).isInstanceOf(IllegalStateException.class).hasMessage("handler");
  }

  @Test
  void failuresAsValues() throws Exception {
    IOException odd = new IOException("odd");
    var outcomes =
        WorkerPool.of(2)
            .ordered()
            .startOutcomes(
                List.of(1, 2),
                n -> {
                  if (n == 1) {
                    throw odd;
                  }
                  return "two";
                },
                background);
    List<Outcome<Integer, String>> all = outcomes.stream().toList();
    assertThat(all).containsExactly(new Outcome.Failure<>(1, odd), new Outcome.Success<>(2, "two"));
    assertThat(all.get(1).orThrow()).isEqualTo("two");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> all.get(0).orThrow())
        .withCause(odd);
    assertThat(outcomes.failed()).isEqualTo(1);
    assertThat(outcomes.done()).isEqualTo(1);
  }

  @Test
  void theEndOfTheContextIsNoOutcome() throws Exception {
    try (var ctx = background.withCancel()) {
      Chan<Integer> begun = Chan.unbuffered();
      var outcomes =
          WorkerPool.of(1)
              .startOutcomes(
                  List.of(1),
                  n -> {
                    begun.send(n);
                    return Chan.<Integer>nil().receiveOrThrow();
                  },
                  ctx);
      begun.receive();
      ctx.cancel();
      assertThat(failureOf(outcomes)).isInstanceOf(CanceledException.class);
    }
  }

  @Test
  void theLastOfSeveralAttemptsTellsOfTheOthers() {
    AtomicInteger attempts = new AtomicInteger();
    var results =
        WorkerPool.of(1)
            .retry(2)
            .start(
                List.of(1),
                _ -> {
                  throw new IOException("attempt " + attempts.incrementAndGet());
                },
                background);
    Throwable last = failureOf(results);
    assertThat(last).hasMessage("attempt 3");
    assertThat(last.getSuppressed()[0]).hasMessage("attempt 2");
    assertThat(last.getSuppressed()[0].getSuppressed()[0]).hasMessage("attempt 1");
  }

  @Test
  void theSameExceptionAgainAndAgainIsNoTrouble() {
    IOException same = new IOException("same");
    var results =
        WorkerPool.of(3)
            .retry(2)
            .start(
                List.of(1, 2, 3),
                _ -> {
                  throw same;
                },
                background);
    assertThat(failureOf(results)).isSameAs(same);
  }

  @Test
  void waitingForTheNextAttemptEndsWithTheContext() throws Exception {
    Chan<Integer> tried = Chan.buffered(1);
    var results =
        WorkerPool.of(1)
            .retry(1, Backoff.constant(ofDays(1)))
            .start(
                List.of(1),
                n -> {
                  tried.send(n);
                  throw new IOException();
                },
                background);
    tried.receive();
    results.close();
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void forEachReturnsWhenAllIsDone() throws Exception {
    AtomicInteger done = new AtomicInteger();
    WorkerPool.of(3).forEach(Generators.range(0, 100), _ -> done.incrementAndGet(), background);
    assertThat(done).hasValue(100);
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void forEachThrowsTheFirstFailureWhenAllHasEnded() {
    IOException failure = new IOException("no");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() ->
            WorkerPool.of(3)
                .forEach(
                    Generators.repeat(1),
                    _ -> {
                      throw failure;
                    },
                    background))
        .withCause(failure);
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void anInterruptEndsForEachWhole() throws Exception {
    Chan<Integer> begun = Chan.unbuffered();
    Goroutine caller =
        go(() ->
            WorkerPool.of(2)
                .forEach(
                    Generators.repeat(1),
                    n -> {
                      begun.send(n);
                      Chan.nil().receive();
                    },
                    background));
    begun.receive();
    begun.receive();
    caller.interrupt();
    caller.join();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void cancelingForEachAtEveryStep() throws Exception {
    Steps.cancelAtEach((ctx, steps) -> {
      AtomicInteger done = new AtomicInteger();
      try {
        WorkerPool.of(2)
            .forEach(
                List.of(1, 2, 3, 4),
                _ -> {
                  steps.step();
                  done.incrementAndGet();
                },
                ctx);
        assertThat(done).hasValue(4);
      } catch (ContextException e) {
        assertThat(ctx.err()).isNotNull();
      }
      assertThat(Goroutines.others()).isEmpty();
    });
  }

  @Test
  void resizingAnEndedPoolDoesNothing() {
    try (var ctx = background.withCancel()) {
      var results = WorkerPool.of(1).start(Generators.repeat(1), n -> n, ctx);
      ctx.cancel();
      for (int i = 1; i < 100; i++) {
        results.resize(i);
      }
      Eventually.that("the end", () -> Goroutines.others().isEmpty());
      results.resize(3);
      assertThat(results.size()).isEqualTo(3);
      assertThat(Goroutines.others()).isEmpty();
    }
  }
}
