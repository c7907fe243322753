package dev.runnel.linear;

import dev.runnel.Overflow;
import java.util.Random;

/**
 * What kind of channel.
 *
 * @param capacity how many values it buffers; {@link #UNBOUNDED} for no bound
 * @param overflow what happens when it is full
 * @param filled how many values it holds at the beginning: -1, -2 and so on
 */
record Kind(int capacity, Overflow overflow, int filled) {
  static final int UNBOUNDED = Integer.MAX_VALUE;

  /** A ring begins with so many places, and grows when there is one value more. */
  private static final int FULL_RING = 8;

  static Kind random(Random random) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> new Kind(0, Overflow.SUSPEND, 0);
      case 5, 6, 7, 8, 9 -> new Kind(1, Overflow.SUSPEND, random.nextInt(2));
      case 10, 11, 12 -> new Kind(2, Overflow.SUSPEND, random.nextInt(3));
      case 13 -> new Kind(100, Overflow.SUSPEND, FULL_RING - random.nextInt(2));
      case 14 -> new Kind(FULL_RING, Overflow.SUSPEND, FULL_RING - random.nextInt(2));
      case 15 -> new Kind(UNBOUNDED, Overflow.SUSPEND, 0);
      case 16 -> new Kind(UNBOUNDED, Overflow.SUSPEND, FULL_RING - random.nextInt(2));
      case 17 -> new Kind(2, Overflow.DROP_OLDEST, 1 + random.nextInt(2));
      case 18 -> new Kind(1 + random.nextInt(2), Overflow.DROP_LATEST, 1);
      default -> new Kind(3, Overflow.SUSPEND, 0);
    };
  }

  static int filledWith(int index) {
    return -1 - index;
  }
}
