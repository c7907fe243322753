package dev.runnel.race.runtime;

/**
 * Room on the stack. Who takes a lock must have enough of it for what we do when he gives it back:
 * a hook that runs out of stack there would keep the lock from being given back at all. So it is
 * tried before the lock is taken, where an overflow is the program's own, a little earlier.
 */
final class Room {
  /**
   * For the calls below the deepest hook at an unlock. Those may be interpreted while this here has
   * been compiled long since, and then take several times as much.
   */
  private static final int CALLS = 24;

  /** For all hooks between the lock and the unlock of a channel. */
  private static final int CHANNELS_CALLS = 64;

  private Room() {}

  /**
   * Throws if there is too little.
   *
   * @return what has no meaning but that the calls can't be left out
   */
  static long need() {
    return need(CALLS, 1, 2, 3);
  }

  /**
   * Likewise, for a step of a channel.
   *
   * @return nothing of meaning, either
   */
  static long needForChannel() {
    return need(CHANNELS_CALLS, 1, 2, 3);
  }

  private static long need(int calls, long a, long b, long c) {
    return calls == 0 ? a + b + c : need(calls - 1, b, c, a) + a;
  }
}
