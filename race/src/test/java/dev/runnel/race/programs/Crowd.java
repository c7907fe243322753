package dev.runnel.race.programs;

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
    }
    long expected = (long) waves * wave;
    synchronized (LOCK) {
      if (counted != expected || sum.get() != expected) {
        throw new IllegalStateException(counted + " and " + sum + ", not " + expected);
      }
    }
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.println("ran to its end, " + used / 1024 / 1024 + " MB in use");
  }
}
