package dev.runnel.observe;

import static dev.runnel.Go.go;

import dev.runnel.Chan;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Leaks goroutines, and says what the watch tells of them: see LeakWatchTest. */
final class LeakingProgram {

  private LeakingProgram() {}

  public static void main(String[] args) throws Exception {
    Queue<GoroutineSnapshot> leaks = new ConcurrentLinkedQueue<>();
    Chan<Integer> reachable = Chan.unbuffered();
    try (LeakWatch _ = LeakWatch.open(leaks::add)) {
      leak();
      Goroutine kept = go("kept", () -> reachable.receive());
      long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
      Go.sleep(Duration.ofSeconds(4)); // real time: the watch is to see them wait
      while (leaks.size() < 2 && System.nanoTime() < end) {
        System.gc();
        Go.sleep(Duration.ofMillis(100));
      }
      reachable.close();
      kept.join();
    }
    leaks.stream()
        .map(l -> l.name() + " [" + l.state() + "] at " + l.createdAt() + " in " + l.stack())
        .sorted()
        .forEach(System.out::println);
  }

  private static void leak() {
    go("one", () -> Chan.unbuffered().receive());
    go("two", () -> Chan.buffered(1).receive());
  }
}
