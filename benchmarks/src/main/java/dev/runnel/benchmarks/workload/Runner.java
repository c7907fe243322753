package dev.runnel.benchmarks.workload;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs one workload of one contestant in this process and prints what came out, as one line:
 *
 * <pre>
 *   wall=158.2 cpu=310.1 bytes=0.0    nanoseconds and allocated bytes per operation
 *   none                              the contestant can't do this
 * </pre>
 *
 * The wall time is the median of the batches, as what else runs on the machine comes in bursts; CPU
 * time and bytes are of all batches.
 */
public final class Runner {
  /** A batch of operations is to take about so long: long beside starting its goroutines. */
  private static final long BATCH_NANOS = 50_000_000;

  /** Workloads that sleep get little CPU time: the warm-up ends after so many times its length. */
  private static final int LONGEST_WARM_UP = 10;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Runner() {}

  /**
   * Runs it.
   *
   * @param args contestant, workload, milliseconds of CPU time to warm up, milliseconds of
   *     measurement
   */
  public static void main(String[] args) throws Exception {
    Body body = body(args[0], args[1]);
    if (body == null) {
      System.out.println("none");
    } else {
      System.out.println(measure(body, millis(args[2]), millis(args[3])));
    }
    System.out.flush();
    Runtime.getRuntime().halt(0); // whoever still waits for something waits for nothing
  }

  private static long millis(String text) {
    return Long.parseLong(text) * 1_000_000;
  }

  private static @Nullable Body body(String contestant, String workload) {
    return switch (contestant) {
      case "runnel" -> new Workloads<>(new RunnelPeer()).named(workload);
      case "juc" -> new Workloads<>(new JucPeer()).named(workload);
      default -> throw new IllegalArgumentException("no such contestant: " + contestant);
    };
  }

  private static String measure(Body body, long warmUp, long measured) throws Exception {
    long batch = batchAfter(body, warmUp);
    System.gc(); // the garbage of the warm-up is not the measurement's
    List<Double> walls = new ArrayList<>();
    long operations = 0;
    long bytes = THREADS.getTotalThreadAllocatedBytes();
    long cpu = ProcessTime.nanos();
    long begin = System.nanoTime();
    long end = begin;
    while (end - begin < measured) {
      long start = end;
      long done = body.run(batch);
      end = System.nanoTime();
      operations += done;
      walls.add((double) (end - start) / done);
    }
    cpu = ProcessTime.nanos() - cpu;
    bytes = THREADS.getTotalThreadAllocatedBytes() - bytes;
    walls.sort(null);
    return String.format(
        Locale.ROOT,
        "wall=%.3f cpu=%.3f bytes=%.3f",
        walls.get(walls.size() / 2),
        (double) cpu / operations,
        (double) bytes / operations);
  }

  /**
   * Warms up and returns how many operations make a batch. A warm-up is as long as the CPU time
   * that it gets: on a busy machine little of the JIT compiler's work is done in a second.
   */
  private static long batchAfter(Body body, long warmUp) throws Exception {
    long batch = 1_000;
    long begin = System.nanoTime();
    long cpuBegin = ProcessTime.nanos();
    while (true) {
      long start = System.nanoTime();
      long operations = body.run(batch);
      long now = System.nanoTime();
      double each = (double) (now - start) / operations;
      if (ProcessTime.nanos() - cpuBegin >= warmUp || now - begin >= LONGEST_WARM_UP * warmUp) {
        return Math.max(1, (long) (BATCH_NANOS / each));
      }
      batch = Math.min(2 * operations, Math.max(1, (long) (BATCH_NANOS / each)));
    }
  }
}
