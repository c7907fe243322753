package dev.runnel.benchmarks.workload;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the operations of a body take when it does nothing else.
 *
 * <p>They are done in batches. The wall time is the median of the batches, as what else runs on the
 * machine comes in bursts; CPU time and allocated bytes are the mean of all.
 */
final class Throughput implements Experiment {
  /** A batch of operations is to take about so long: long beside starting its goroutines. */
  private static final long BATCH_NANOS = 100_000_000;

  private static final int FIRST_BATCH = 1_000;

  /** Workloads that sleep get little CPU time: the warm-up ends after so many times its length. */
  private static final int LONGEST_WARM_UP = 10;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Body body;

  Throughput(Body body) {
    this.body = body;
  }

  @Override
  public Figures measure(long warmUp, long measured) throws Exception {
    long batch = batchAfter(warmUp);
    System.gc(); // the garbage of the warm-up is not the measurement's
    List<Double> walls = new ArrayList<>();
    long operations = 0;
    long bytes = THREADS.getTotalThreadAllocatedBytes();
    long cpu = ProcessTime.nanos();
    long begin = System.nanoTime();
    long end = begin;
    while (walls.isEmpty() || end - begin < measured) {
      long start = end;
      long done = body.run(batch);
      end = System.nanoTime();
      operations += done;
      walls.add((double) (end - start) / done);
    }
    cpu = ProcessTime.nanos() - cpu;
    bytes = THREADS.getTotalThreadAllocatedBytes() - bytes;
    walls.sort(null);
    return new Figures()
        .wall(walls.get(walls.size() / 2))
        .cpu((double) cpu / operations)
        .allocated((double) bytes / operations);
  }

  /**
   * Warms up and returns how many operations make a batch. A warm-up is as long as the CPU time
   * that it gets: on a busy machine little of the JIT compiler's work is done in a second.
   */
  private long batchAfter(long warmUp) throws Exception {
    long batch = FIRST_BATCH;
    long begin = System.nanoTime();
    long cpuBegin = ProcessTime.nanos();
    while (true) {
      long start = System.nanoTime();
      long operations = body.run(batch);
      long now = System.nanoTime();
      long full = Math.max(1, (long) (BATCH_NANOS / ((double) (now - start) / operations)));
      if (ProcessTime.nanos() - cpuBegin >= warmUp || now - begin >= LONGEST_WARM_UP * warmUp) {
        return full;
      }
      batch = Math.min(2 * operations, full);
    }
  }
}
