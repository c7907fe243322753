package dev.runnel.race.runtime;

/** Which threads have left some stamps: none, one, told by the block of its ticks, or several. */
final class Users {
  static final long NONE = 0;
  static final long SEVERAL = -1;

  private Users() {}

  /** Those and that of another stamp. */
  static long and(long users, long stamp) {
    if (stamp == 0 || users == SEVERAL) {
      return users;
    }
    if (stamp == Stamp.SHARED) {
      return SEVERAL;
    }
    long one = Stamp.block(stamp) + 1;
    return users == NONE || users == one ? one : SEVERAL;
  }

  /** Those and others. */
  static long both(long users, long others) {
    return users == NONE || users == others ? others : others == NONE ? users : SEVERAL;
  }

  /** Those and those of more stamps. */
  static long and(long users, long[] stamps) {
    long all = users;
    for (int i = 0; i < stamps.length && all != SEVERAL; i++) {
      all = and(all, stamps[i]);
    }
    return all;
  }
}
