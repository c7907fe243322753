package dev.runnel.benchmarks;

import static dev.runnel.Go.go;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.ReceiveChan;
import dev.runnel.pattern.WorkerPool;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A job through {@value #WORKERS} workers: from who sends the jobs to who receives the results,
 * with up to {@value #BUFFER} of each waiting. The work itself is next to nothing, so what is
 * measured is the passing on. In Go: {@code src/main/go/patterns pool}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class WorkerPoolBenchmark {
  static final int WORKERS = 5;
  private static final int BUFFER = 100;
  static final int JOBS = 100_000;
  private static final long SUM = sum();

  private static int work(int job) {
    return 127 - (job & 127);
  }

  private static long sum() {
    return IntStream.range(0, JOBS).map(WorkerPoolBenchmark::work).asLongStream().sum();
  }

  private static long checked(long sum) {
    if (sum != SUM) {
      throw new AssertionError("the results make " + sum + " instead of " + SUM);
    }
    return sum;
  }

  /** Who sends and who receives are goroutines or virtual threads, as the workers are. */
  private static long inGoroutine(Callable<Long> consumer)
      throws InterruptedException, ExecutionException {
    return checked(Go.call(consumer).get());
  }

  /**
   * The jobs through a pool, from who sends them to who receives the results.
   *
   * @param pool the pool
   * @return the sum of the results
   * @throws InterruptedException if interrupted
   * @throws ExecutionException if a goroutine failed
   */
  public static long pooled(WorkerPool pool) throws InterruptedException, ExecutionException {
    return inGoroutine(() -> {
      try (var ctx = Context.background().withCancel()) {
        Chan<Integer> jobs = Chan.buffered(BUFFER);
        var _ =
            go(
                ctx,
                () ->
                    jobs.closeAfter(() -> {
                      for (int i = 0; i < JOBS; i++) {
                        jobs.send(i, ctx);
                      }
                    }));
        ReceiveChan<Integer> results =
            pool.buffer(BUFFER).start(jobs, WorkerPoolBenchmark::work, ctx);
        long sum = 0;
        for (Integer result; (result = results.receive(ctx)) != null; ) {
          sum += result;
        }
        return sum;
      }
    });
  }

  /** Runnel's pool, with a context. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long pool() throws InterruptedException, ExecutionException {
    return pooled(WorkerPool.of(WORKERS));
  }

  /** Runnel's pool, with a context, in the order of the jobs. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long poolOrdered() throws InterruptedException, ExecutionException {
    return pooled(WorkerPool.of(WORKERS).ordered(BUFFER));
  }

  /** The same by hand: channels and goroutines, each operation watching the context. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long poolByHand() throws InterruptedException, ExecutionException {
    return inGoroutine(() -> {
      try (var ctx = Context.background().withCancel();
          var group = ErrGroup.open(ctx)) {
        Chan<Integer> jobs = Chan.buffered(BUFFER);
        Chan<Integer> results = Chan.buffered(BUFFER);
        group.go(() ->
            jobs.closeAfter(() -> {
              for (int i = 0; i < JOBS; i++) {
                jobs.send(i, ctx);
              }
            }));
        for (int i = 0; i < WORKERS; i++) {
          group.go(() -> {
            for (Integer job; (job = jobs.receive(ctx)) != null; ) {
              results.send(work(job), ctx);
            }
          });
        }
        long sum = 0;
        for (int i = 0; i < JOBS; i++) {
          Integer result = results.receive(ctx);
          sum += result == null ? 0 : result;
        }
        group.await();
        return sum;
      }
    });
  }

  /** The JDK's gatherer, which starts a virtual thread for each job. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long mapConcurrent() throws InterruptedException, ExecutionException {
    return inGoroutine(() ->
        IntStream.range(0, JOBS)
            .boxed()
            .gather(Gatherers.mapConcurrent(WORKERS, WorkerPoolBenchmark::work))
            .mapToLong(n -> n)
            .sum());
  }

  /** The JDK's executor with virtual threads, and its queue of what is done. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long executorService() throws InterruptedException, ExecutionException {
    return inGoroutine(() -> {
      try (ExecutorService executor =
          Executors.newFixedThreadPool(WORKERS, Thread.ofVirtual().factory())) {
        return completed(new ExecutorCompletionService<>(executor));
      }
    });
  }

  /** Runnel's pool as an executor, and the JDK's queue of what is done. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long asExecutor() throws InterruptedException, ExecutionException {
    return inGoroutine(() -> {
      try (ExecutorService executor = WorkerPool.of(WORKERS).buffer(BUFFER).asExecutor()) {
        return completed(new ExecutorCompletionService<>(executor));
      }
    });
  }

  private static long completed(CompletionService<Integer> service)
      throws InterruptedException, ExecutionException {
    long sum = 0;
    for (int i = 0; i < JOBS + BUFFER; i++) {
      if (i >= BUFFER) {
        sum += service.take().get();
      }
      if (i < JOBS) {
        int job = i;
        var _ = service.submit(() -> work(job));
      }
    }
    return sum;
  }

  /** Kotlin's channels and coroutines, as its documentation does it. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long kotlin() {
    return checked(KotlinPatterns.pool(WORKERS, BUFFER, JOBS));
  }
}
