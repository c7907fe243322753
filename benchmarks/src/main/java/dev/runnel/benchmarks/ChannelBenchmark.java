package dev.runnel.benchmarks;

import dev.runnel.Chan;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One send and one receive by the same thread, with nobody else about. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ChannelBenchmark {
  private final Chan<Integer> channel = Chan.buffered(64);
  private final ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(64);

  /** Through a channel of capacity 64. */
  @Benchmark
  public @Nullable Integer channel() throws InterruptedException {
    channel.send(1);
    return channel.receive();
  }

  /** Through the JDK's bounded queue of capacity 64. */
  @Benchmark
  public Integer arrayBlockingQueue() throws InterruptedException {
    queue.put(1);
    return queue.take();
  }
}
