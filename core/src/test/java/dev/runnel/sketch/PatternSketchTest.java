package dev.runnel.sketch;

import static dev.runnel.Go.go;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.ReceiveChan;
import dev.runnel.pattern.Backoff;
import dev.runnel.pattern.Broadcaster;
import dev.runnel.pattern.FanIn;
import dev.runnel.pattern.FanOut;
import dev.runnel.pattern.Generators;
import dev.runnel.pattern.Outcome;
import dev.runnel.pattern.Timeouts;
import dev.runnel.pattern.WhenFull;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.sync.Semaphore;
import dev.runnel.testkit.Accounted;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The patterns as the design shows them, written as users write: that it compiles is half of it.
 */
@Timeout(60)
@ExtendWith(Accounted.class)
class PatternSketchTest {
  private final Context ctx = Context.background();
  private final Queue<Object> seen = new ConcurrentLinkedQueue<>();

  record Job(int number) {}

  record Result(int number) {}

  record Event(String text) {}

  private Result process(Job job) throws IOException {
    if (job.number() < 0) {
      throw new IOException("no such job");
    }
    return new Result(job.number() * job.number());
  }

  private Result work(Context c) throws IOException, InterruptedException {
    Go.sleep(ofMillis(1));
    c.check();
    return process(new Job(3));
  }

  private Chan<Job> jobs(int many) throws InterruptedException {
    Chan<Job> jobs = Chan.buffered(many);
    for (int i = 0; i < many; i++) {
      jobs.send(new Job(i));
    }
    jobs.close();
    return jobs;
  }

  @Test
  void aPool() throws InterruptedException {
    Chan<Job> jobs = jobs(10);
    ReceiveChan<Result> results = WorkerPool.of(5).start(jobs, job -> process(job), ctx);
    int sum = 0;
    for (Result result : results) {
      sum += result.number();
    }
    assertThat(sum).isEqualTo(285);
  }

  @Test
  void aPoolWithEverySetting() throws InterruptedException {
    ReceiveChan<Job> jobs = jobs(10);
    var pool =
        WorkerPool.of(5)
            .ordered()
            .ordered(20)
            .buffer(3)
            .onFailure((job, failure) -> seen.add(job + ": " + failure))
            .onFailure(failure -> seen.add(failure))
            .retry(2)
            .retry(2, ofMillis(1))
            .retry(2, Backoff.constant(ofMillis(1)))
            .retry(2, Backoff.exponential(ofMillis(1), ofSeconds(1)))
            .retry(2, (failures, latest) -> ofMillis(failures))
            .timeout(ofSeconds(50));
    try (var results = pool.start(jobs, this::process, ctx)) {
      results.resize(2);
      assertThat(results.stream().map(Result::number))
          .containsExactly(0, 1, 4, 9, 16, 25, 36, 49, 64, 81);
      assertThat(results.queued() + results.running() + results.failed()).isZero();
      assertThat(results.done()).isEqualTo(10);
    }
  }

  @Test
  void aPoolOverAList() throws Exception {
    List<Job> jobs = List.of(new Job(1), new Job(2));
    ReceiveChan<Result> results = WorkerPool.of(2).start(jobs, job -> process(job), ctx);
    assertThat(results.stream()).hasSize(2);
    for (Outcome<Job, Result> outcome :
        WorkerPool.of(2).startOutcomes(List.of(new Job(-1)), job -> process(job), ctx)) {
      switch (outcome) {
        case Outcome.Success<Job, Result>(Job job, Result result) -> seen.add(List.of(job, result));
        case Outcome.Failure<Job, Result>(Job job, Exception cause) -> seen.add(job);
      }
    }
    WorkerPool.of(3).forEach(jobs, job -> seen.add(process(job)), ctx);
    WorkerPool.of(3).forEach(jobs(1), this::process, ctx);
    List<Result> mapped = WorkerPool.of(3).map(jobs, job -> process(job), ctx);
    List<Integer> lengths = WorkerPool.of(3).map(List.of("a", "bb"), String::length, ctx);
    assertThat(mapped).containsExactly(new Result(1), new Result(4));
    assertThat(lengths).containsExactly(1, 2);
    assertThat(seen).containsExactlyInAnyOrder(new Job(-1), new Result(1), new Result(4));
  }

  @Test
  void anExecutor() throws Exception {
    try (ExecutorService executor = WorkerPool.of(5).buffer(10).asExecutor()) {
      assertThat(executor.submit(() -> process(new Job(2))).get()).isEqualTo(new Result(4));
    }
    try (ExecutorService executor = WorkerPool.of(5).asExecutor(ctx)) {
      executor.execute(() -> seen.add("ran"));
    }
    assertThat(seen).containsExactly("ran");
  }

  @Test
  void fanOutAndFanIn() throws InterruptedException {
    Chan<Job> in = jobs(10);
    List<ReceiveChan<Result>> ways = FanOut.compete(5, in, v -> process(v), ctx);
    ReceiveChan<Result> all = FanIn.merge(ways, ctx);
    assertThat(all.stream().mapToInt(Result::number).sum()).isEqualTo(285);

    try (var competing = FanOut.compete(2, jobs(3), ctx);
        var turns = FanOut.roundRobin(2, jobs(3), ctx);
        var keyed = FanOut.byKey(2, jobs(3), Job::number, ctx);
        var every = FanOut.to(2).buffer(4).broadcast(jobs(3), ctx)) {
      ReceiveChan<Job> one = competing.get(0);
      ReceiveChan<Job> merged = FanIn.merge(one, competing.get(1), ctx);
      assertThat(merged.stream()).hasSize(3);
      assertThat(FanIn.merge(turns, ctx).stream()).hasSize(3);
      assertThat(FanIn.merge(keyed, ctx).stream()).hasSize(3);
      for (ReceiveChan<Job> way : every) {
        assertThat(way.stream()).hasSize(3);
      }
    }
    ReceiveChan<Number> numbers =
        FanIn.merge(List.of(Generators.of(1, 2), Generators.of(2.5)), ctx);
    assertThat(numbers.stream().mapToDouble(Number::doubleValue).sum()).isEqualTo(5.5);
    try (var open = FanIn.<Integer>open(ctx)) {
      open.add(Generators.of(1)).add(Generators.of(2)).complete();
      assertThat(open.stream()).containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  void timeouts() throws Exception {
    Result r = Timeouts.call(ofSeconds(50), ctx, c -> work(c));
    assertThat(r.number()).isEqualTo(9);
    try {
      String none = Timeouts.call(ofMillis(1), ctx, c -> Chan.<String>nil().receiveOrThrow());
      seen.add(none);
    } catch (TimeoutException e) {
      seen.add("timeout");
    }
    Result hedged = Timeouts.hedge(ofSeconds(50), 2, ctx, c -> work(c));
    Result raced = Timeouts.race(ctx, c -> work(c), this::work);
    Result left = Timeouts.callOrAbandon(ofSeconds(50), ctx, c -> work(c), late -> seen.add(late));
    assertThat(List.of(hedged, raced, left)).containsOnly(r);
    assertThat(seen).containsExactly("timeout");
  }

  /** A call whose work throws nothing checked needs no more than the call itself throws. */
  private int quick() throws TimeoutException, InterruptedException {
    return Timeouts.call(ofSeconds(50), ctx, _ -> 1);
  }

  @Test
  void aTimeoutThrowsWhatItsWorkThrows() throws TimeoutException, InterruptedException {
    assertThat(quick()).isEqualTo(1);
  }

  @Test
  void broadcasts() throws InterruptedException {
    var news = Broadcaster.<Event>create();
    try (var sub = news.subscribe(10)) {
      news.send(new Event("a"));
      news.send(new Event("b"), ctx);
      news.close();
      for (Event e : sub) {
        seen.add(e.text());
      }
    }
    assertThat(seen).containsExactly("a", "b");
    try (var replaying = Broadcaster.<Event>replaying(5)) {
      replaying.send(new Event("c"));
      ReceiveChan<Event> late = replaying.subscribe(10, WhenFull.DISCONNECT);
      assertThat(late.receive()).isEqualTo(new Event("c"));
    }
  }

  @Test
  void generators() throws Exception {
    ReceiveChan<Integer> ints = Generators.of(1, 2, 3);
    List<Integer> all = new ArrayList<>();
    for (int i : ints) {
      all.add(i);
    }
    assertThat(all).containsExactly(1, 2, 3);
    assertThat(Generators.range(0, 5).stream()).hasSize(5);
    assertThat(Generators.range(0L, 5L).stream()).hasSize(5);
    assertThat(Generators.iterate(1, n -> n * 2).stream().limit(4)).containsExactly(1, 2, 4, 8);
    assertThat(Generators.iterate(1, n -> n < 5, n -> n * 2).stream()).containsExactly(1, 2, 4);
    assertThat(Generators.repeat("x").stream().limit(2)).containsExactly("x", "x");
    assertThat(Generators.supply(() -> "x").stream().limit(1)).containsExactly("x");
    assertThat(Generators.from(List.of(1)).stream()).containsExactly(1);
    assertThat(Generators.from(IntStream.range(0, 2).iterator()).stream()).hasSize(2);
    assertThat(Generators.tick(ofMillis(1)).receive()).isNotNull();
    assertThat(Generators.lines(new StringReader("a\nb"), ctx).stream()).containsExactly("a", "b");
    try (var queued = Generators.from(new ArrayBlockingQueue<>(1, true, List.of(7)), ctx);
        var made = Generators.<String>produce(ctx, out -> out.send("x"))) {
      assertThat(queued.receive()).isEqualTo(7);
      assertThat(made.receive()).isEqualTo("x");
    }
  }

  @Test
  void semaphores() throws Exception {
    Semaphore semaphore = Semaphore.of(2);
    semaphore.run(() -> seen.add("ran"), ctx);
    semaphore.run(2, () -> seen.add("ran"), ctx);
    var goroutine = go(() -> semaphore.run(() -> process(new Job(1)), ctx));
    goroutine.join();
    int answer = semaphore.call(() -> 42, ctx);
    assertThat(answer).isEqualTo(42);
    assertThat(seen).containsExactly("ran", "ran");
  }
}
