package dev.runnel.race.programs;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.pattern.WorkerPool;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the detector costs: times some work, prints nanoseconds for each piece and the memory used.
 */
final class Pool {
  private static final int JOBS = 20_000;

  private Pool() {}

  /** Some hundred accesses of fields and elements. */
  @SuppressWarnings("UnusedVariable") // what counts is that it is written
  static final class Work {
    private final int[] table = new int[64];
    private int sum;
    private int steps;

    int run(int seed) {
      for (int i = 0; i < 64; i++) {
        table[i] += seed + i;
        sum += table[(i * 7) & 63];
        steps++;
      }
      return sum;
    }
  }

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    for (int i = 0; i < rounds; i++) {
      long a = time(Pool::runnel);
      long b = time(Pool::jdk);
      long c = time(Pool::alone);
      if (i >= rounds / 2) {
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf(
            "pool %d ns, executor %d ns, one thread %d ns, %d KB%n",
            a / JOBS, b / JOBS, c / JOBS, used / 1024);
      }
    }
  }

  private static long time(Pair.Step step) throws Exception {
    long start = System.nanoTime();
    step.run();
    return System.nanoTime() - start;
  }

  private static void runnel() throws Exception {
    try (var ctx = Context.background().withCancel()) {
      Chan<Integer> jobs = Chan.buffered(100);
      var _ =
          Go.go(() ->
              jobs.closeAfter(() -> {
                for (int i = 0; i < JOBS; i++) {
                  jobs.send(i);
                }
              }));
      long sum = 0;
      try (var results =
          WorkerPool.of(5).buffer(100).start(jobs, job -> new Work().run(job), ctx)) {
        for (int result : results) {
          sum += result;
        }
      }
      if (sum == -1) {
        System.out.println("never");
      }
    }
  }

  private static void jdk() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(5)) {
      Future<?>[] all = new Future<?>[JOBS];
      for (int i = 0; i < JOBS; i++) {
        int job = i;
        all[i] = executor.submit(() -> new Work().run(job));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void alone() {
    Work work = new Work();
    for (int i = 0; i < JOBS; i++) {
      int _ = work.run(i);
    }
  }
}
