package dev.runnel.benchmarks;

import dev.runnel.Go;
import dev.runnel.observe.LeakWatch;
import dev.runnel.pattern.WorkerPool;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * What it costs to have a {@link LeakWatch} open, on the pool of {@link WorkerPoolBenchmark} and on
 * starting goroutines: without and with one, in turn in one process. The ratios are taken round by
 * round, so that they hold where the machine's speed drifts.
 */
public final class LeakWatchPairs {
  private static final int GOROUTINES = 10_000;
  private static final int WARMUP = 40;
  private static final int ROUNDS = 200;

  private LeakWatchPairs() {}

  /**
   * Prints the median times and the median ratios.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    compare(
        "a pool, per job",
        WorkerPoolBenchmark.JOBS,
        () -> WorkerPoolBenchmark.pooled(WorkerPool.of(WorkerPoolBenchmark.WORKERS)));
    compare("starting a goroutine", GOROUTINES, LeakWatchPairs::startMany);
  }

  private static void compare(String what, int count, Callable<?> work) throws Exception {
    double[] bare = new double[ROUNDS];
    double[] watched = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int i = -WARMUP; i < ROUNDS; i++) {
      double without;
      double with;
      if (i % 2 == 0) { // so that neither is always the second
        without = nanosEach(count, work);
        with = nanosEachWatched(count, work);
      } else {
        with = nanosEachWatched(count, work);
        without = nanosEach(count, work);
      }
      if (i >= 0) {
        bare[i] = without;
        watched[i] = with;
        ratios[i] = with / without;
      }
    }
    System.out.printf(
        "%s: %.0f ns, watched %.0f ns, ratio %.3f (medians of %d rounds)%n",
        what, median(bare), median(watched), median(ratios), ROUNDS);
  }

  private static double nanosEachWatched(int count, Callable<?> work) throws Exception {
    try (LeakWatch _ =
        LeakWatch.open(leak -> {
          throw new AssertionError("nothing is leaked here, but " + leak);
        })) {
      return nanosEach(count, work);
    }
  }

  private static double nanosEach(int count, Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / (double) count;
  }

  private static boolean startMany() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(GOROUTINES);
    for (int i = 0; i < GOROUTINES; i++) {
      Go.go(latch::countDown);
    }
    latch.await();
    return true;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
