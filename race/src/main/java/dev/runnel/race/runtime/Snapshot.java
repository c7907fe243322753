package dev.runnel.race.runtime;

import java.util.Arrays;

/**
 * What a thread knew when it released: an immutable vector clock. The components are in an array
 * that many snapshots share, except the thread's own, which is {@code epoch}.
 *
 * <p>A snapshot is either one thread's ({@code epoch} is not 0), so that whoever knows a later
 * stamp of the same block knows all of it; or a union of several ({@code epoch} is 0).
 */
final class Snapshot {
  /** The latest stamps known, by slot, each with all site bits set. Never written again. */
  final long[] clock;

  /** The releasing thread's tick; 0 in a union. */
  final long epoch;

  Snapshot(long[] clock, long epoch) {
    this.clock = clock;
    this.epoch = epoch;
  }

  /** What either knows. */
  static Snapshot union(Snapshot a, Snapshot b) {
    int length = Math.max(a.length(), b.length());
    long[] clock = Arrays.copyOf(a.clock, length);
    a.raiseOwn(clock);
    for (int i = 0; i < b.clock.length; i++) {
      clock[i] = Math.max(clock[i], b.clock[i]);
    }
    b.raiseOwn(clock);
    return new Snapshot(clock, 0);
  }

  /** How long an array must be to hold all components. */
  int length() {
    return Math.max(clock.length, epoch == 0 ? 0 : Stamp.slot(epoch) + 1);
  }

  /** Enters the releasing thread's own component. */
  void raiseOwn(long[] into) {
    if (epoch != 0) {
      int slot = Stamp.slot(epoch);
      into[slot] = Math.max(into[slot], epoch | Stamp.SITE_MASK);
    }
  }
}
