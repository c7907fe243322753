package dev.runnel.stress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Lets racers go at the same moment, as nearly as they can: they spin until all came. */
final class StartLine {
  private final AtomicInteger missing;

  StartLine(int racers) {
    missing = new AtomicInteger(racers);
  }

  void await() {
    missing.decrementAndGet();
    for (int i = 1; missing.get() > 0; i++) {
      Thread.onSpinWait();
      if (i % 300 == 0) {
        LockSupport.parkNanos(1_000); // a yield would not do: racers not yet started can starve
      }
    }
  }
}
