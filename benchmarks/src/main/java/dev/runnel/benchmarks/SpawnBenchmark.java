package dev.runnel.benchmarks;

import dev.runnel.Go;
import dev.runnel.sync.WaitGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

/** Starting a goroutine against starting a bare virtual thread; both until all have ended. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SpawnBenchmark {
  private static final int THREADS = 10_000;

  /** The JDK's own: {@code Thread.startVirtualThread}, counted down by a latch. */
  @Benchmark
  @OperationsPerInvocation(THREADS)
  public void virtualThread() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      Thread.startVirtualThread(latch::countDown);
    }
    latch.await();
  }

  /** {@code Go.go}, counted down by the same latch. */
  @Benchmark
  @OperationsPerInvocation(THREADS)
  public void goroutine() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      var _ = Go.go(latch::countDown);
    }
    latch.await();
  }

  /** {@code WaitGroup.go}. */
  @Benchmark
  @OperationsPerInvocation(THREADS)
  public void goroutineInWaitGroup() throws InterruptedException {
    WaitGroup group = new WaitGroup();
    for (int i = 0; i < THREADS; i++) {
      var _ = group.go(() -> {});
    }
    group.await();
  }
}
