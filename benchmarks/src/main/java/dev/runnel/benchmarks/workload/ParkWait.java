package dev.runnel.benchmarks.workload;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The waiting of one goroutine, at one {@link ParkChannel} or, in a select, at several. Of all that
 * could serve it, the one that claims it does.
 */
final class ParkWait {
  private final Thread thread = Thread.currentThread();
  private final AtomicBoolean claimed = new AtomicBoolean();
  private volatile @Nullable Place served;

  /** Where it stands in the queue of one channel, with what it sends or has received. */
  static final class Place {
    private final ParkWait wait;
    private @Nullable Integer value;

    private Place(ParkWait wait, @Nullable Integer value) {
      this.wait = wait;
      this.value = value;
    }

    /** Whether this place is now the caller's to serve, and no other's. */
    boolean claim() {
      return wait.claimed.compareAndSet(false, true);
    }

    /** Gives it what it is to receive. */
    void put(Integer received) {
      value = received;
    }

    /** What it sends, or has received. */
    Integer value() {
      Integer there = value;
      if (there == null) {
        throw new IllegalStateException("served without a value");
      }
      return there;
    }

    /** Ends its waiting. */
    void serve() {
      wait.served = this;
      LockSupport.unpark(wait.thread);
    }
  }

  /** A place for it in a channel's queue. */
  Place place(@Nullable Integer sent) {
    return new Place(this, sent);
  }

  /** Parks until one of its places is served, and returns that. */
  Place await() {
    Place place = served;
    while (place == null) {
      LockSupport.park(this);
      place = served;
    }
    return place;
  }
}
