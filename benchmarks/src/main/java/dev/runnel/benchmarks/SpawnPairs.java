package dev.runnel.benchmarks;

import dev.runnel.Go;
import dev.runnel.sync.WaitGroup;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Starting goroutines and waiting for them, against starting bare virtual threads and waiting at a
 * latch, in turn in one process: the ratios are taken round by round, so that they hold where the
 * machine's speed drifts. {@link SpawnBenchmark} is the same under JMH, whose forks run one after
 * the other.
 */
public final class SpawnPairs {
  private static final int THREADS = 10_000;
  private static final int WARMUP = 200;
  private static final int ROUNDS = 400;

  /** Starts threads and waits until all have run. */
  private interface Crowd {
    void run() throws InterruptedException;
  }

  /** Starts a thread. */
  private interface Starter {
    void start(Runnable body);
  }

  private SpawnPairs() {}

  /**
   * Prints the median times and the median ratios.
   *
   * @param args none
   */
  public static void main(String[] args) throws InterruptedException {
    double[] jdk = new double[ROUNDS];
    double[] go = new double[ROUNDS];
    double[] group = new double[ROUNDS];
    double[] goRatio = new double[ROUNDS];
    double[] groupRatio = new double[ROUNDS];
    for (int i = -WARMUP; i < ROUNDS; i++) {
      double a = nanosEach(() -> atLatch(Thread::startVirtualThread));
      double b = nanosEach(() -> atLatch(body -> Go.go(body::run)));
      double c = nanosEach(SpawnPairs::inWaitGroup);
      if (i >= 0) {
        jdk[i] = a;
        go[i] = b;
        group[i] = c;
        goRatio[i] = b / a;
        groupRatio[i] = c / a;
      }
    }
    System.out.printf(
        "startVirtualThread and latch %.0f ns; go and latch %.0f ns, ratio %.2f; WaitGroup.go %.0f"
            + " ns, ratio %.2f (medians of %d rounds)%n",
        median(jdk), median(go), median(goRatio), median(group), median(groupRatio), ROUNDS);
  }

  private static double nanosEach(Crowd crowd) throws InterruptedException {
    long start = System.nanoTime();
    crowd.run();
    return (System.nanoTime() - start) / (double) THREADS;
  }

  private static void atLatch(Starter starter) throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      starter.start(latch::countDown);
    }
    latch.await();
  }

  private static void inWaitGroup() throws InterruptedException {
    WaitGroup group = new WaitGroup();
    for (int i = 0; i < THREADS; i++) {
      var _ = group.go(() -> {});
    }
    group.await();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
