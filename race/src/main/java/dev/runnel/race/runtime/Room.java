package dev.runnel.race.runtime;

/**
 * Room on the stack. Who takes a lock must have enough of it for what we do when he gives it back:
 * a hook that runs out of stack there would keep the lock from being given back at all. So it is
 * tried before the lock is taken, where an overflow is the program's own, a little earlier.
 */
final class Room {
  /** Calls below the deepest hook at an unlock, and some more. */
  private static final int CALLS = 12;

  private Room() {}

  /**
   * Throws if there is too little.
   *
   * @return what has no meaning but that the calls can't be left out
   */
  static long need() {
    return need(CALLS, 1, 2, 3);
  }

  private static long need(int calls, long a, long b, long c) {
    return calls == 0 ? a + b + c : need(calls - 1, b, c, a) + a;
  }
}
