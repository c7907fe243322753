package dev.runnel.pattern;

import static dev.runnel.Go.go;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pool does with jobs that all go well. */
@Timeout(60)
@ExtendWith(Accounted.class)
class WorkerPoolTest {
  private final Context ctx = Context.background();

  private static List<Integer> ints(int many) {
    return IntStream.range(0, many).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void everyJobIsDoneOnce(int workers) throws Exception {
    ReceiveChan<Integer> results =
        WorkerPool.of(workers).start(Generators.range(0, 1000), n -> n * 2, ctx);
    assertThat(results.stream())
        .containsExactlyInAnyOrderElementsOf(ints(1000).stream().map(n -> n * 2).toList());
    assertThat(results.receive()).as("closed and drained").isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void orderedResultsComeInTheOrderOfTheirJobs(int workers) {
    WorkerPool pool = WorkerPool.of(workers).ordered();
    ReceiveChan<Integer> fromChannel = pool.start(Generators.range(0, 1000), n -> mixedUp(n), ctx);
    assertThat(fromChannel.stream()).containsExactlyElementsOf(ints(1000));
    ReceiveChan<Integer> fromList = pool.start(ints(1000), n -> mixedUp(n), ctx);
    assertThat(fromList.stream()).containsExactlyElementsOf(ints(1000));
  }

  @SuppressWarnings("ThreadPriorityCheck") // so that later jobs overtake this one
  private static int mixedUp(int n) {
    for (int i = 0; i < n % 7; i++) {
      Thread.yield();
    }
    return n;
  }

  @Test
  void anOrderedPoolGoesNoFurtherAheadThanItMay() throws Exception {
    Chan<Integer> firstIsDone = Chan.unbuffered();
    AtomicInteger begun = new AtomicInteger();
    try (var results =
        WorkerPool.of(3)
            .ordered(4)
            .start(
                Generators.range(0, 100),
                n -> {
                  begun.incrementAndGet();
                  if (n == 0) {
                    firstIsDone.receive();
                  }
                  return n;
                },
                ctx)) {
      Eventually.that("four jobs begun", () -> begun.get() == 4);
      assertThat(results.tryReceive().hasValue()).isFalse();
      firstIsDone.close();
      assertThat(results.stream()).containsExactlyElementsOf(ints(100));
    }
  }

  @Test
  void orderSurvivesFailuresThatAreSkipped() {
    ReceiveChan<Integer> results =
        WorkerPool.of(4)
            .ordered()
            .onFailure(_ -> {})
            .start(
                ints(100),
                n -> {
                  if (n % 3 == 0) {
                    throw new IllegalArgumentException("three");
                  }
                  return mixedUp(n);
                },
                ctx);
    assertThat(results.stream())
        .containsExactlyElementsOf(ints(100).stream().filter(n -> n % 3 != 0).toList());
  }

  @Test
  void allWorkersAreAtWorkAtOnceAndNoMore() throws Exception {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Chan<Integer> goOn = Chan.unbuffered();
    try (var results =
        WorkerPool.of(5)
            .start(
                ints(20),
                n -> {
                  most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                  goOn.receive();
                  atWork.decrementAndGet();
                  return n;
                },
                ctx)) {
      Eventually.that("all at work", () -> atWork.get() == 5);
      assertThat(results.running()).isEqualTo(5);
      assertThat(results.queued()).isEqualTo(15);
      goOn.close();
      assertThat(results.stream()).hasSize(20);
      assertThat(most).hasValue(5);
      assertThat(results.done()).isEqualTo(20);
      assertThat(results.running()).isZero();
      assertThat(results.queued()).isZero();
    }
  }

  @Test
  void theQueueOfAChannelIsItsBuffer() throws Exception {
    Chan<Integer> jobs = Chan.buffered(10);
    Chan<Integer> goOn = Chan.unbuffered();
    try (var results = WorkerPool.of(1).start(jobs, n -> goOn.receiveOrThrow() + n, ctx)) {
      jobs.sendAll(List.of(1, 2, 3));
      Eventually.that("one taken", () -> results.running() == 1);
      assertThat(results.queued()).isEqualTo(2);
    }
  }

  @Test
  void workersAreStartedOnlyForJobs() throws Exception {
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    WorkerPool.of(1000).forEach(ints(3), _ -> workers.add(Thread.currentThread()), ctx);
    assertThat(workers).hasSizeBetween(1, 3);
  }

  @Test
  void theBufferLetsWorkersGoAhead() throws Exception {
    AtomicInteger done = new AtomicInteger();
    try (var results =
        WorkerPool.of(1).buffer(7).start(ints(100), _ -> done.incrementAndGet(), ctx)) {
      Eventually.that("seven buffered, one in hand", () -> done.get() == 8);
      assertThat(results.receive()).isEqualTo(1);
      Eventually.that("one more", () -> done.get() == 9);
    }
  }

  @Test
  void nothingToDo() throws Exception {
    Chan<Integer> closed = Chan.unbuffered();
    closed.close();
    for (WorkerPool pool : List.of(WorkerPool.of(3), WorkerPool.of(3).ordered())) {
      assertThat(pool.start(closed, n -> n, ctx).receive()).isNull();
      assertThat(pool.start(List.<Integer>of(), n -> n, ctx).receive()).isNull();
      pool.forEach(closed, _ -> {}, ctx);
      assertThat(pool.map(List.<Integer>of(), n -> n, ctx)).isEmpty();
    }
  }

  @Test
  void workRunsUnderTheContext() throws Exception {
    var key = dev.runnel.ContextKey.<String>of("user");
    Context user = ctx.withValue(key, "ann");
    assertThat(WorkerPool.of(2).map(List.of(1), _ -> Context.current().value(key), user))
        .containsExactly("ann");
  }

  @Test
  void aBackoffGrowsUpToItsBound() {
    Backoff backoff = Backoff.exponential(ofMillis(10), ofMillis(35));
    Exception failure = new Exception();
    assertThat(backoff.delay(1, failure)).isBetween(ofMillis(5), ofMillis(10));
    assertThat(backoff.delay(2, failure)).isBetween(ofMillis(10), ofMillis(20));
    assertThat(backoff.delay(3, failure)).isBetween(ofMillis(17), ofMillis(35));
    assertThat(backoff.delay(1_000_000, failure)).isBetween(ofMillis(17), ofMillis(35));
    assertThat(Backoff.constant(ofSeconds(1)).delay(9, failure)).isEqualTo(ofSeconds(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.exponential(ofMillis(0), ofMillis(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.exponential(ofMillis(2), ofMillis(1)));
  }

  @Test
  void wrongNumbersAreRefused() {
    WorkerPool pool = WorkerPool.of(1);
    assertThatIllegalArgumentException().isThrownBy(() -> WorkerPool.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> pool.buffer(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> pool.ordered(0));
    assertThatIllegalArgumentException().isThrownBy(() -> pool.retry(-1));
    try (var results = pool.start(List.<Integer>of(), n -> n, ctx)) {
      assertThatIllegalArgumentException().isThrownBy(() -> results.resize(0));
    }
  }

  @Test
  void settingsLeaveThePoolTheyWereCalledOnAsItWas() throws Exception {
    WorkerPool plain = WorkerPool.of(2);
    assertThat(plain.ordered().toString()).isEqualTo("ordered worker pool of 2");
    assertThat(plain.toString()).isEqualTo("worker pool of 2");
    var results = plain.start(List.of(1), n -> n, ctx);
    assertThat(results.stream()).containsExactly(1);
    assertThat(results.toString())
        .isEqualTo("results of a worker pool of 2 (0 running, 1 done, 0 failed)");
  }

  @Test
  void aGrownPoolDoesMoreAtOnce() throws Exception {
    AtomicInteger atWork = new AtomicInteger();
    Chan<Integer> jobs = Chan.buffered(10);
    jobs.sendAll(ints(10));
    Chan<Integer> goOn = Chan.unbuffered();
    try (var results =
        WorkerPool.of(1)
            .buffer(10)
            .start(
                jobs,
                n -> {
                  atWork.incrementAndGet();
                  goOn.receive();
                  return n;
                },
                ctx)) {
      Eventually.that("one at work", () -> atWork.get() == 1);
      results.resize(4);
      Eventually.that("four at work", () -> atWork.get() == 4);
      assertThat(results.running()).isEqualTo(4);
      assertThat(results.size()).isEqualTo(4);
      jobs.close();
      goOn.close();
      assertThat(results.stream()).hasSize(10);
      results.resize(9); // too late, but no error
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aShrunkPoolDoesLessAtOnce(boolean ordered) throws Exception {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Chan<Integer> jobs = Chan.unbuffered();
    WorkerPool pool = ordered ? WorkerPool.of(8).ordered() : WorkerPool.of(8);
    try (var results =
        pool.buffer(100)
            .start(
                jobs,
                n -> {
                  most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                  assertThat(Thread.currentThread().isInterrupted()).isFalse();
                  mixedUp(n);
                  atWork.decrementAndGet();
                  return n;
                },
                ctx)) {
      jobs.sendAll(ints(50)); // by now several wait for more
      Eventually.that("all done", () -> results.done() == 50);
      results.resize(1);
      Eventually.that("one worker left, and the runner", () -> Goroutines.others().size() == 2);
      most.set(0);
      jobs.sendAll(ints(50));
      jobs.close();
      assertThat(results.stream()).hasSize(100);
      assertThat(most).hasValue(1);
    }
  }

  @Test
  void resizingLosesNoJob() throws Exception {
    Chan<Integer> jobs = Chan.unbuffered();
    try (var results = WorkerPool.of(4).buffer(0).start(jobs, n -> n, ctx)) {
      var sender =
          go(() ->
              jobs.closeAfter(() -> {
                for (int i = 0; i < 20_000; i++) {
                  jobs.send(i);
                }
              }));
      var resizer =
          go(() -> {
            for (int i = 0; !sender.isDone(); i++) {
              results.resize(1 + i * 7 % 5);
              mixedUp(6);
            }
          });
      assertThat(results.stream().mapToLong(n -> n).sum()).isEqualTo(19_999L * 10_000);
      resizer.join();
      assertThat(results.done()).isEqualTo(20_000);
      assertThat(results.failed()).isZero();
    }
  }

  @Test
  void severalMayReceiveTheResults() throws Exception {
    var results = WorkerPool.of(3).start(Generators.range(0, 1000), n -> n, ctx);
    AtomicInteger received = new AtomicInteger();
    WaitGroup consumers = new WaitGroup();
    for (int i = 0; i < 4; i++) {
      consumers.go(() -> results.receiveEach(_ -> received.incrementAndGet()));
    }
    consumers.await();
    assertThat(received).hasValue(1000);
  }
}
