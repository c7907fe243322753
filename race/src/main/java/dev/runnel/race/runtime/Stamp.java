package dev.runnel.race.runtime;

/**
 * When and where an access happened, in one {@code long}: what the shadow words hold.
 *
 * <pre>
 *   63 | 62 ... 56 | 55 .................. 20 | 19 ... 0
 *    0 |   slot    |           tick           |   site
 * </pre>
 *
 * A slot is a place in the vector clocks. Its ticks only grow, and are handed to threads in blocks,
 * so the upper bits up to {@link #BLOCK_SHIFT} tell the thread: no two threads ever share a block,
 * even when they share a slot. The site is an index into {@link Sites}, 0 for "not known".
 */
public final class Stamp {
  static final int SITE_BITS = 20;
  static final int SLOT_SHIFT = 56;

  /** Ticks in a block: a thread's share of its slot, of which it takes another when used up. */
  static final int BLOCK_TICKS = 1 << 16;

  static final int BLOCK_SHIFT = SITE_BITS + 16;
  static final int SLOTS = 120;
  static final long SITE_MASK = (1L << SITE_BITS) - 1;
  static final long TICK = 1L << SITE_BITS;

  /** Beside a site, as handed to a check: the access is a constructor's to its own class. */
  public static final int MADE = 1 << 30;

  /** Blocks that a slot can give. */
  static final long BLOCKS = 1L << (SLOT_SHIFT - BLOCK_SHIFT);

  /** In place of the last read's stamp: there is a set of reads. */
  static final long SHARED = -1L;

  private Stamp() {}

  static int slot(long stamp) {
    return (int) (stamp >>> SLOT_SHIFT);
  }

  static int site(long stamp) {
    return (int) (stamp & SITE_MASK);
  }

  static long block(long stamp) {
    return stamp >>> BLOCK_SHIFT;
  }

  /** A site without {@link #MADE}. */
  static int plain(int site) {
    return site & (int) SITE_MASK;
  }

  /** Whether two stamps are of one thread and one tick. */
  static boolean sameTick(long a, long b) {
    return (a ^ b) >>> SITE_BITS == 0;
  }

  /** Whether two stamps are of one thread. A thread's stamps can also differ in this. */
  static boolean sameBlock(long a, long b) {
    return (a ^ b) >>> BLOCK_SHIFT == 0;
  }
}
