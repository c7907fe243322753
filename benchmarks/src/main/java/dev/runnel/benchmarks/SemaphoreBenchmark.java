package dev.runnel.benchmarks;

import dev.runnel.sync.Semaphore;
import java.util.concurrent.ExecutionException;
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

/**
 * One acquire and one release: by a thread that is alone, and by {@value Contenders#COUNT}
 * contenders for {@value #PERMITS} permits. Those yield while they hold one, so that the permits do
 * run out on a machine of few cores.
 *
 * <p>Runnel's semaphore is always fair.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SemaphoreBenchmark {
  private static final int PERMITS = 4;

  private final Semaphore semaphore = Semaphore.of(PERMITS);
  private final java.util.concurrent.Semaphore fair =
      new java.util.concurrent.Semaphore(PERMITS, true);
  private final java.util.concurrent.Semaphore unfair =
      new java.util.concurrent.Semaphore(PERMITS, false);

  /** Runnel's. */
  @Benchmark
  public void alone() throws InterruptedException {
    semaphore.acquire();
    semaphore.release();
  }

  /** The JDK's, fair. */
  @Benchmark
  public void aloneFair() throws InterruptedException {
    fair.acquire();
    fair.release();
  }

  /** The JDK's, unfair. */
  @Benchmark
  public void aloneUnfair() throws InterruptedException {
    unfair.acquire();
    unfair.release();
  }

  /** Runnel's. */
  @Benchmark
  @OperationsPerInvocation(Contenders.OPERATIONS)
  public void contended() throws InterruptedException, ExecutionException {
    Contenders.run((_, _) -> {
      semaphore.acquire();
      hold();
      semaphore.release();
    });
  }

  /** The JDK's, fair. */
  @Benchmark
  @OperationsPerInvocation(Contenders.OPERATIONS)
  public void contendedFair() throws InterruptedException, ExecutionException {
    contend(fair);
  }

  /** The JDK's, unfair. */
  @Benchmark
  @OperationsPerInvocation(Contenders.OPERATIONS)
  public void contendedUnfair() throws InterruptedException, ExecutionException {
    contend(unfair);
  }

  private static void contend(java.util.concurrent.Semaphore permits)
      throws InterruptedException, ExecutionException {
    Contenders.run((_, _) -> {
      permits.acquire();
      hold();
      permits.release();
    });
  }

  @SuppressWarnings("ThreadPriorityCheck") // to let the others come and find no permit
  private static void hold() {
    Thread.yield();
  }
}
