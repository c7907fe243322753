package dev.runnel.benchmarks;

import dev.runnel.sync.OnceValue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Asking for a value that has been made, beside a plain volatile read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OnceBenchmark {
  private final OnceValue<String> once = OnceValue.of(() -> "made");
  private volatile String read = "made";

  /** Makes the value. */
  @Setup
  public void make() throws InterruptedException, ExecutionException {
    read = once.get();
  }

  /** {@code OnceValue.get}. */
  @Benchmark
  public String onceValue() throws InterruptedException, ExecutionException {
    return once.get();
  }

  /** The least it could cost. */
  @Benchmark
  public String volatileRead() {
    return read;
  }
}
