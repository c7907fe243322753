package dev.runnel.interop;

import dev.runnel.Chan;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many values a subscriber still wants: a number that threads of its own add to, and that one
 * goroutine takes from, waiting while it is zero.
 *
 * <p>Whoever takes it up from zero rings; so a ring may be for what has been taken already, and who
 * is woken looks again.
 */
final class Demand {
  private final AtomicLong wanted = new AtomicLong();
  private final Chan<Boolean> bell = Chan.buffered(1);

  /** Adds to it; {@link Long#MAX_VALUE} is without end, and stays. */
  void add(long n) {
    long before = wanted.getAndAccumulate(n, Demand::saturated);
    if (before == 0) {
      bell.trySend(true);
    }
  }

  private static long saturated(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Takes one, waiting for it. For one goroutine. */
  void take() throws InterruptedException {
    while (true) {
      long now = wanted.get();
      if (now == Long.MAX_VALUE || (now > 0 && wanted.compareAndSet(now, now - 1))) {
        return;
      }
      if (now == 0) {
        bell.receive();
      }
    }
  }
}
