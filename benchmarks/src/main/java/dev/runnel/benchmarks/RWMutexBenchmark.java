package dev.runnel.benchmarks;

import dev.runnel.sync.RWMutex;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
 * One lock and one unlock of a read-write lock: by a thread that is alone, and by {@value
 * Contenders#COUNT} contenders of whose operations 95 % are reads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RWMutexBenchmark {
  private static final int WRITE_EVERY = 20;
  private static final int WRITES = Contenders.OPERATIONS / WRITE_EVERY;

  private final RWMutex mutex = new RWMutex();
  private final ReentrantReadWriteLock reentrantLock = new ReentrantReadWriteLock();
  private int counter;

  /** Runnel's, for reading. */
  @Benchmark
  public int read() throws InterruptedException {
    mutex.readLock();
    int seen = counter;
    mutex.readUnlock();
    return seen;
  }

  /** The JDK's, for reading. */
  @Benchmark
  public int readReentrant() throws InterruptedException {
    reentrantLock.readLock().lockInterruptibly();
    int seen = counter;
    reentrantLock.readLock().unlock();
    return seen;
  }

  /** Runnel's, for writing. */
  @Benchmark
  public void write() throws InterruptedException {
    mutex.lock();
    counter++;
    mutex.unlock();
  }

  /** The JDK's, for writing. */
  @Benchmark
  public void writeReentrant() throws InterruptedException {
    reentrantLock.writeLock().lockInterruptibly();
    counter++;
    reentrantLock.writeLock().unlock();
  }

  /** Runnel's, contended. */
  @Benchmark
  @OperationsPerInvocation(Contenders.OPERATIONS)
  public int contended() throws InterruptedException, ExecutionException {
    counter = 0;
    Contenders.run((contender, time) -> {
      if (isWrite(contender, time)) {
        write();
      } else {
        var _ = read();
      }
    });
    return checked(counter);
  }

  /** The JDK's, contended. */
  @Benchmark
  @OperationsPerInvocation(Contenders.OPERATIONS)
  public int contendedReentrant() throws InterruptedException, ExecutionException {
    counter = 0;
    Contenders.run((contender, time) -> {
      if (isWrite(contender, time)) {
        writeReentrant();
      } else {
        var _ = readReentrant();
      }
    });
    return checked(counter);
  }

  private static boolean isWrite(int contender, int time) {
    return (contender + time) % WRITE_EVERY == 0;
  }

  private static int checked(int counted) {
    if (counted != WRITES) {
      throw new AssertionError("counted " + counted + " of " + WRITES);
    }
    return counted;
  }
}
