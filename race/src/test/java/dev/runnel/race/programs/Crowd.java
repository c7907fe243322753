package dev.runnel.race.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Virtual threads by the hundred thousand, in a small heap: those that are over, and those that
 * wait.
 */
final class Crowd {
  private static final Object LOCK = new Object();
  private static long counted;

  private Crowd() {}

  public static void main(String[] args) throws Exception {
    int waves = Integer.parseInt(args[0]);
    int wave = Integer.parseInt(args[1]);
    AtomicLong sum = new AtomicLong();
    for (int i = 0; i < waves; i++) {
      CountDownLatch all = new CountDownLatch(wave);
      CountDownLatch go = new CountDownLatch(1);
      for (int j = 0; j < wave; j++) {
        Thread.startVirtualThread(() -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          sum.incrementAndGet();
          synchronized (LOCK) {
            counted++;
          }
          all.countDown();
        });
      }
      go.countDown();
      all.await();
      if ((i + 1) % Math.max(1, waves / 4) == 0) {
        System.out.println((long) (i + 1) * wave + " threads, " + memory());
      }
    }
    long expected = (long) waves * wave;
    synchronized (LOCK) {
      if (counted != expected || sum.get() != expected) {
        throw new IllegalStateException(counted + " and " + sum + ", not " + expected);
      }
    }
    System.out.println("ran to its end, " + memory());
  }

  /** What is in use after a collection, and where Linux tells it, what the process has of memory. */
  private static String memory() throws IOException {
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    Path status = Path.of("/proc/self/status");
    String resident =
        Files.exists(status)
            ? Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> ", resident " + line.substring(6).strip())
                .findAny()
                .orElse("")
            : "";
    return used / 1024 / 1024 + " MB in use" + resident;
  }
}
