package dev.runnel.internal.park;

/**
 * How many times a goroutine yields before it parks: learned for each {@link Patient} from how its
 * last waits went.
 *
 * <p>A yield that brings the decision saves the waker an unpark, and the kernel a wake-up; one that
 * does not is lost. So a wait that a yield ended lets the next one yield as often as is sensible,
 * and one that had to park halves the number, until waits park at once. Now and then one of those
 * tries again, as times may have changed; each time in vain the next pause is twice as long.
 *
 * <p>A yield also lets all others on the carrier go first. Where they are many, or keep it for
 * long, a parked goroutine is served as soon; so a yield that took long has not paid, whatever it
 * brought.
 *
 * <p>What is new has no experience, and goes by that of all others that were new: a program that
 * makes ten thousand channels for a message each need not learn ten thousand times.
 */
final class Patience {
  /** A yield that takes longer than this has let others work, rather than the partner answer. */
  static final long LONG_YIELD_NANOS = 4_000;

  /** How often to yield where it pays. */
  private static final int MOST = 4;

  /** How often a new attempt yields. */
  private static final int ATTEMPT = 2;

  /** How many waits park at once before one tries to yield again: the first time, and at most. */
  private static final int SHORTEST_PAUSE = 16;

  private static final int LONGEST_PAUSE = 1024;

  // What is noted: the yields of the next wait in the lowest four bits, above them the waits that
  // are still to park at once, and at the top the length of the pause that comes next.
  private static final int LEFT = 4;
  private static final int PAUSE = 16;
  private static final int YIELDS_MASK = (1 << LEFT) - 1;
  private static final int LEFT_MASK = (1 << (PAUSE - LEFT)) - 1;

  private static final int PAID = (SHORTEST_PAUSE << PAUSE) | MOST;

  /** The experience of what is new, and of what has no memory. Races only lose some of it. */
  private static int common = (SHORTEST_PAUSE << PAUSE) | ATTEMPT;

  private Patience() {}

  /** How often to yield in a wait for this blocker. */
  static int yields(Object blocker) {
    return noted(blocker) & YIELDS_MASK;
  }

  /**
   * Learns from a wait.
   *
   * @param blocker what was waited for
   * @param paid whether a yield brought the decision, and soon
   */
  static void learn(Object blocker, boolean paid) {
    int now = paid ? PAID : less(noted(blocker));
    int own = blocker instanceof Patient patient ? patient.patience() : 0;
    if (own == 0 && common != now) { // no write without a change, as others read it too
      common = now;
    }
    if (own != now && blocker instanceof Patient patient) {
      patient.patience(now);
    }
  }

  private static int noted(Object blocker) {
    int own = blocker instanceof Patient patient ? patient.patience() : 0;
    return own == 0 ? common : own;
  }

  private static int less(int noted) {
    int yields = noted & YIELDS_MASK;
    int left = (noted >>> LEFT) & LEFT_MASK;
    int pause = noted >>> PAUSE;
    if (yields > 1) {
      return noted - yields + yields / 2;
    }
    if (yields == 1) {
      return (Math.min(2 * pause, LONGEST_PAUSE) << PAUSE) | (pause << LEFT);
    }
    return left > 1 ? noted - (1 << LEFT) : (pause << PAUSE) | ATTEMPT;
  }
}
