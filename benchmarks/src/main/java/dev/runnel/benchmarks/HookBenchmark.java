package dev.runnel.benchmarks;

import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
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
 * What the two hooks cost when no tool is attached: the checks that every operation makes, around
 * the smallest thing that takes time, against the same thing without them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class HookBenchmark {
  private int count;

  /** The thing alone. */
  @Benchmark
  public int without() {
    return ++count;
  }

  /**
   * The thing with a hook check before and after it, and one in between, as in a blocking receive.
   */
  @Benchmark
  public int withHooksAbsent() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.RECEIVE, this);
    }
    int result = ++count;
    if (Hooks.PARK != null) {
      result += Hooks.PARK.parksAtOnce() ? 1 : 0;
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.RECEIVE, this);
    }
    return result;
  }
}
