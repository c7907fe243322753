package dev.runnel.benchmarks;

import dev.runnel.sync.Mutex;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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
 * One lock and one unlock: by a thread that is alone, and by {@value Contenders#COUNT} contenders
 * that count under the lock.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class MutexBenchmark {
  private final Mutex mutex = new Mutex();
  private final ReentrantLock reentrantLock = new ReentrantLock();
  private final KotlinMutex kotlinMutex = new KotlinMutex();
  private int counter;

  /** Runnel's. */
  @Benchmark
  public void alone() throws InterruptedException {
    mutex.lock();
    mutex.unlock();
  }

  /** The JDK's, interruptible as ours. */
  @Benchmark
  public void aloneReentrantLock() throws InterruptedException {
    reentrantLock.lockInterruptibly();
    reentrantLock.unlock();
  }

  /** Kotlin's; many times, as entering the world of coroutines has its price. */
  @Benchmark
  @OperationsPerInvocation(Contenders.TIMES)
  public void aloneKotlin() {
    kotlinMutex.alone(Contenders.TIMES);
  }

  /** Runnel's. */
  @Benchmark
  @OperationsPerInvocation(Contenders.OPERATIONS)
  public int contended() throws InterruptedException, ExecutionException {
    counter = 0;
    Contenders.run((_, _) -> {
      mutex.lock();
      counter++;
      mutex.unlock();
    });
    return Contenders.checked(counter);
  }

  /** The JDK's. */
  @Benchmark
  @OperationsPerInvocation(Contenders.OPERATIONS)
  public int contendedReentrantLock() throws InterruptedException, ExecutionException {
    counter = 0;
    Contenders.run((_, _) -> {
      reentrantLock.lockInterruptibly();
      counter++;
      reentrantLock.unlock();
    });
    return Contenders.checked(counter);
  }

  /** Kotlin's, between coroutines. */
  @Benchmark
  @OperationsPerInvocation(Contenders.OPERATIONS)
  public int contendedKotlin() {
    return Contenders.checked(kotlinMutex.contended(Contenders.COUNT, Contenders.TIMES));
  }
}
