package dev.runnel.observe;

import static dev.runnel.Go.go;

import dev.runnel.Chan;
import dev.runnel.Go;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Leaks goroutines where the JDK keeps its virtual threads, waits until the watch tells of one, and
 * prints the names it told: see LeakWatchTest.
 */
final class SampledLeaks {
  /** That none of them is in the sample has a chance of 1 in 10^11. */
  private static final int LEAKS = 400;

  private SampledLeaks() {}

  public static void main(String[] args) throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    Chan<Integer> reachable = Chan.unbuffered();
    try (LeakWatch _ = LeakWatch.open(leak -> told.add(leak.name()))) {
      for (int i = 0; i < LEAKS; i++) {
        go("lost", () -> Chan.unbuffered().receive());
        go("kept", () -> reachable.receive());
      }
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (told.isEmpty() && System.nanoTime() < end) {
        System.gc();
        Go.sleep(Duration.ofMillis(100));
      }
      reachable.close();
    }
    told.stream().distinct().forEach(System.out::println);
  }
}
