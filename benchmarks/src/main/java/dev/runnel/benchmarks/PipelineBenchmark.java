package dev.runnel.benchmarks;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.pipeline.Pipeline;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import reactor.core.publisher.Flux;

/**
 * A value through ten stages of map, filter and take that run on one thread; and a value over a
 * boundary between two goroutines. The work is next to nothing and makes no garbage, so what is
 * measured is the passing on.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PipelineBenchmark {
  private static final int VALUES = 100_000;
  private static final int CAPACITY = 100;

  private final List<Integer> values = IntStream.range(0, VALUES).mapToObj(n -> n & 127).toList();
  private final Context ctx = Context.background();
  private final long through = values.stream().mapToLong(n -> (n + 1 + 3 + 5 + 7 + 9) & 127).sum();
  private final long sum = values.stream().mapToLong(n -> n).sum();

  private static long checked(long result, long expected) {
    if (result != expected) {
      throw new AssertionError("the values make " + result + " instead of " + expected);
    }
    return result;
  }

  /** Runnel's stages, fused. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long tenStages() throws InterruptedException {
    return checked(
        Pipeline.from(values)
            .map(n -> (n + 1) & 127)
            .filter(n -> n >= 0)
            .map(n -> (n + 3) & 127)
            .filter(n -> n < 128)
            .map(n -> (n + 5) & 127)
            .filter(n -> n != -1)
            .map(n -> (n + 7) & 127)
            .filter(n -> n != 200)
            .map(n -> (n + 9) & 127)
            .take(VALUES)
            .<Long>fold(0L, (sum, n) -> sum + n, ctx),
        through);
  }

  private static Stream<Integer> staged(Stream<Integer> values) {
    return values
        .map(n -> (n + 1) & 127)
        .filter(n -> n >= 0)
        .map(n -> (n + 3) & 127)
        .filter(n -> n < 128)
        .map(n -> (n + 5) & 127)
        .filter(n -> n != -1)
        .map(n -> (n + 7) & 127)
        .filter(n -> n != 200)
        .map(n -> (n + 9) & 127)
        .limit(VALUES);
  }

  /** A stream. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long tenStagesStream() {
    return checked(staged(values.stream()).reduce(0L, (sum, n) -> sum + n, Long::sum), through);
  }

  /** A parallel stream, on both cores; its limit has to keep the order. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long tenStagesParallelStream() {
    return checked(
        staged(values.parallelStream()).reduce(0L, (sum, n) -> sum + n, Long::sum), through);
  }

  /** Reactor. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long tenStagesReactor() {
    return checked(
        Flux.fromIterable(values)
            .map(n -> (n + 1) & 127)
            .filter(n -> n >= 0)
            .map(n -> (n + 3) & 127)
            .filter(n -> n < 128)
            .map(n -> (n + 5) & 127)
            .filter(n -> n != -1)
            .map(n -> (n + 7) & 127)
            .filter(n -> n != 200)
            .map(n -> (n + 9) & 127)
            .take(VALUES)
            .reduce(0L, (sum, n) -> sum + n)
            .blockOptional()
            .orElseThrow(),
        through);
  }

  /** Kotlin's flow. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long tenStagesKotlin() {
    return checked(KotlinFlows.tenStages(values), through);
  }

  /** The plainest push chain, for comparison: what a lambda for each stage costs. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long tenStagesLambdas() throws Exception {
    long[] total = new long[1];
    Pushed.from(values)
        .map(n -> (n + 1) & 127)
        .filter(n -> n >= 0)
        .map(n -> (n + 3) & 127)
        .filter(n -> n < 128)
        .map(n -> (n + 5) & 127)
        .filter(n -> n != -1)
        .map(n -> (n + 7) & 127)
        .filter(n -> n != 200)
        .map(n -> (n + 9) & 127)
        .take(VALUES)
        .run(n -> total[0] += n);
    return checked(total[0], through);
  }

  private static long inGoroutine(Callable<Long> consumer)
      throws InterruptedException, ExecutionException {
    return Go.call(consumer).get();
  }

  /** Runnel's boundary. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long boundary() throws InterruptedException, ExecutionException {
    return checked(
        inGoroutine(
            () -> Pipeline.from(values).buffer(CAPACITY).<Long>fold(0L, (sum, n) -> sum + n, ctx)),
        sum);
  }

  /** A plain channel between two goroutines. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long boundaryChannel() throws InterruptedException, ExecutionException {
    return checked(
        inGoroutine(() -> {
          Chan<Integer> chan = Chan.buffered(CAPACITY);
          var _ =
              Go.go(() ->
                  chan.closeAfter(() -> {
                    for (Integer value : values) {
                      chan.send(value);
                    }
                  }));
          long sum = 0;
          for (Integer value; (value = chan.receive()) != null; ) {
            sum += value;
          }
          return sum;
        }),
        sum);
  }

  /** Kotlin's boundary. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long boundaryKotlin() {
    return checked(KotlinFlows.boundary(values, CAPACITY), sum);
  }
}
