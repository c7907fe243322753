package dev.runnel.benchmarks;

import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.pattern.Broadcaster;
import dev.runnel.pattern.Subscription;
import dev.runnel.pattern.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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
 * A value to one of {@value #SUBSCRIBERS} subscribers, each a goroutine with a buffer of {@value
 * #BUFFER}; all get all. In Go and in Kotlin: {@code src/main/go/patterns broadcast}, {@code
 * KotlinPatterns}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class BroadcastBenchmark {
  private static final int SUBSCRIBERS = 100;
  private static final int BUFFER = 64;
  private static final int VALUES = 2_000;
  private static final int END = -1;
  private static final int DELIVERIES = SUBSCRIBERS * VALUES;

  private static long checked(long received) {
    if (received != DELIVERIES) {
      throw new AssertionError("received " + received + " of " + DELIVERIES);
    }
    return received;
  }

  /** Runnel's broadcaster; the sender waits for who is behind. */
  @Benchmark
  @OperationsPerInvocation(DELIVERIES)
  public long broadcaster() throws InterruptedException, ExecutionException {
    LongAdder received = new LongAdder();
    try (ErrGroup group = ErrGroup.open()) {
      Broadcaster<Integer> news = Broadcaster.create();
      for (int i = 0; i < SUBSCRIBERS; i++) {
        Subscription<Integer> subscription = news.subscribe(BUFFER, WhenFull.BLOCK);
        group.go(() -> {
          long count = 0;
          while (subscription.receive() != null) {
            count++;
          }
          received.add(count);
        });
      }
      Go.call(
              () -> {
                for (int i = 0; i < VALUES; i++) {
                  news.send(i & 127);
                }
                news.close();
                return true;
              })
          .get();
      group.await();
    }
    return checked(received.sum());
  }

  /** The JDK: an executor of virtual threads, and a blocking queue for each subscriber. */
  @Benchmark
  @OperationsPerInvocation(DELIVERIES)
  public long executorService() throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<BlockingQueue<Integer>> queues = new ArrayList<>();
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < SUBSCRIBERS; i++) {
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(BUFFER);
        queues.add(queue);
        counts.add(
            executor.submit(() -> {
              long count = 0;
              while (queue.take() != END) {
                count++;
              }
              return count;
            }));
      }
      executor
          .submit(() -> {
            for (int i = 0; i <= VALUES; i++) {
              for (BlockingQueue<Integer> queue : queues) {
                queue.put(i < VALUES ? i & 127 : END);
              }
            }
            return true;
          })
          .get();
      long received = 0;
      for (Future<Long> count : counts) {
        received += count.get();
      }
      return checked(received);
    }
  }

  /** Kotlin: a channel for each subscriber, as {@code SharedFlow} has no end. */
  @Benchmark
  @OperationsPerInvocation(DELIVERIES)
  public long kotlin() {
    return checked(KotlinPatterns.broadcast(SUBSCRIBERS, BUFFER, VALUES));
  }
}
