package dev.runnel.testkit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets two threads go on at the same moment, again and again: to within some ten nanoseconds, where
 * a barrier that parks would part them by microseconds and hide the race.
 */
public final class Rendezvous {
  private final AtomicInteger arrivals = new AtomicInteger();

  /** Waits until the other thread has come as often as this one. */
  @SuppressWarnings("ThreadPriorityCheck") // the other may need this processor to come at all
  public void meet() {
    int mine = arrivals.incrementAndGet();
    int both = mine + mine % 2;
    long start = System.nanoTime();
    for (int spins = 0; arrivals.get() < both; spins++) {
      if (spins < 1000) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
        if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
          throw new AssertionError("the other thread never came");
        }
      }
    }
  }
}
