package dev.runnel.benchmarks;

import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.pipeline.Pipeline;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@value #VALUES} values, each of which takes a millisecond of waiting, {@value #MOST} at a time;
 * and the least that this can take: as many virtual threads, each of which waits its share.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ParallelMapBenchmark {
  private static final int MOST = 8;
  private static final int VALUES = 800;

  private final Context ctx = Context.background();

  private static int work(int value) throws InterruptedException {
    Thread.sleep(1);
    return value;
  }

  private static long inGoroutine(Callable<Long> consumer)
      throws InterruptedException, ExecutionException {
    long count = Go.call(consumer).get();
    if (count != VALUES) {
      throw new AssertionError(count + " results");
    }
    return count;
  }

  @Benchmark
  public long ideal() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(MOST);
    for (int i = 0; i < MOST; i++) {
      Thread.startVirtualThread(() -> {
        try {
          for (int n = 0; n < VALUES / MOST; n++) {
            work(n);
          }
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        done.countDown();
      });
    }
    done.await();
    return MOST;
  }

  @Benchmark
  public long mapParallel() throws InterruptedException, ExecutionException {
    return inGoroutine(
        () -> Pipeline.range(0, VALUES).mapParallel(MOST, ParallelMapBenchmark::work).count(ctx));
  }

  @Benchmark
  public long mapUnordered() throws InterruptedException, ExecutionException {
    return inGoroutine(
        () -> Pipeline.range(0, VALUES).mapUnordered(MOST, ParallelMapBenchmark::work).count(ctx));
  }
}
