package dev.runnel.race.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The slots of the vector clocks, of which there are few and which threads use one after another.
 *
 * <p>The ticks of a slot only grow, so a thread in a used slot takes nothing for its own that an
 * earlier one did. But who learns of the later thread is then taken to know all that the earlier
 * ones did in this slot: a race may be missed, and the longer a slot rests the fewer are. So slots
 * are used in turn, a few at first, so that clocks stay short. When all are in use at once, threads
 * share them, at the same price.
 */
final class Slots {
  /** So many are in turn before one is used again. */
  private static final int AT_FIRST = 32;

  private static final SpinLock LOCK = new SpinLock();
  private static final int[] users = new int[Stamp.SLOTS];
  private static final long[] blocks = new long[Stamp.SLOTS];
  private static final long[] freedAt = new long[Stamp.SLOTS];

  /** Whose blocks those are, for reports; old ones are forgotten. */
  private static final int REMEMBERED = 256;

  private static final @Nullable BlockOwner[][] owners = new BlockOwner[Stamp.SLOTS][];
  private static int used;
  private static long frees;
  private static volatile boolean exhausted;

  private Slots() {}

  private record BlockOwner(long block, ThreadInfo thread) {}

  /** Whether ticks have run out, after trillions: no stamp is then to be believed. */
  static boolean exhausted() {
    return exhausted;
  }

  /** A slot for a new thread. */
  static int take() {
    LOCK.lock();
    try {
      int slot = choose();
      users[slot]++;
      return slot;
    } finally {
      LOCK.unlock();
    }
  }

  /** Gives a slot back. */
  static void give(int slot) {
    LOCK.lock();
    users[slot]--;
    freedAt[slot] = ++frees;
    LOCK.unlock();
  }

  private static int choose() {
    if (used < AT_FIRST) {
      return used++;
    }
    int best = 0;
    for (int i = 1; i < used; i++) {
      if (users[i] < users[best] || (users[i] == users[best] && freedAt[i] < freedAt[best])) {
        best = i;
      }
    }
    return users[best] > 0 && used < Stamp.SLOTS ? used++ : best;
  }

  /**
   * The next block of a slot.
   *
   * @return its first tick
   */
  static long block(int slot, ThreadInfo thread) {
    LOCK.lock();
    try {
      long block = ++blocks[slot];
      if (block >= Stamp.BLOCKS) {
        exhausted = true;
        blocks[slot] = block = 1;
      }
      @Nullable BlockOwner[] ring = owners[slot];
      if (ring == null) {
        owners[slot] = ring = new BlockOwner[REMEMBERED];
      }
      long first = ((long) slot << Stamp.SLOT_SHIFT) | (block << Stamp.BLOCK_SHIFT);
      ring[(int) (block & (REMEMBERED - 1))] = new BlockOwner(Stamp.block(first), thread);
      return first;
    } finally {
      LOCK.unlock();
    }
  }

  /** Whose a stamp is; null if that is long ago. */
  static @Nullable ThreadInfo owner(long stamp) {
    LOCK.lock();
    try {
      @Nullable BlockOwner[] ring = owners[Stamp.slot(stamp)];
      long block = Stamp.block(stamp);
      BlockOwner owner = ring == null ? null : ring[(int) (block & (REMEMBERED - 1))];
      return owner != null && owner.block == block ? owner.thread : null;
    } finally {
      LOCK.unlock();
    }
  }
}
