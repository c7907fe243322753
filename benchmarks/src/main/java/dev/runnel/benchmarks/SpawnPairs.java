package dev.runnel.benchmarks;

import dev.runnel.Go;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Starting goroutines against starting bare virtual threads, in turn in one process: the ratio is
 * taken pair by pair, so that it holds where the machine's speed drifts. {@link SpawnBenchmark} is
 * the same under JMH, whose forks run one after the other.
 */
public final class SpawnPairs {
  private static final int THREADS = 10_000;
  private static final int WARMUP = 200;
  private static final int ROUNDS = 400;

  /** Starts threads and waits until all have run. */
  private interface Starter {
    void start(Runnable body);
  }

  private SpawnPairs() {}

  /**
   * Prints the median times and the median ratio.
   *
   * @param args none
   */
  public static void main(String[] args) throws InterruptedException {
    double[] jdk = new double[ROUNDS];
    double[] ours = new double[ROUNDS];
    double[] ratio = new double[ROUNDS];
    for (int i = -WARMUP; i < ROUNDS; i++) {
      double a = nanosEach(Thread::startVirtualThread);
      double b = nanosEach(body -> Go.go(body::run));
      if (i >= 0) {
        jdk[i] = a;
        ours[i] = b;
        ratio[i] = b / a;
      }
    }
    System.out.printf(
        "startVirtualThread %.0f ns, go %.0f ns, ratio %.2f (medians of %d pairs)%n",
        median(jdk), median(ours), median(ratio), ROUNDS);
  }

  private static double nanosEach(Starter starter) throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(THREADS);
    long start = System.nanoTime();
    for (int i = 0; i < THREADS; i++) {
      starter.start(latch::countDown);
    }
    latch.await();
    return (System.nanoTime() - start) / (double) THREADS;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
