package dev.runnel.internal.park;

/**
 * How many times a goroutine yields before it parks: learned for each {@link Patient} from how its
 * last waits went.
 *
 * <p>A yield that brings the decision saves the waker an unpark, and the kernel a wake-up; one that
 * does not is lost. So a wait that a yield ended lets the next one yield as often as is sensible,
 * and one that had to park halves the number, until waits park at once. Now and then one of those
 * tries again, as times may have changed.
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

  /** How many waits park at once before one tries to yield again. */
  private static final int PAUSE = 16;

  /** The experience of what is new, and of what has no memory. Races only lose some of it. */
  private static int common = ATTEMPT;

  private Patience() {}

  /** How often to yield in a wait for this blocker. */
  static int yields(Object blocker) {
    return Math.max(0, noted(blocker));
  }

  /**
   * Learns from a wait.
   *
   * @param blocker what was waited for
   * @param paid whether a yield brought the decision, and soon
   */
  static void learn(Object blocker, boolean paid) {
    int now = paid ? MOST : less(noted(blocker));
    int own = blocker instanceof Patient patient ? patient.patience() : 0;
    if (own == 0 && common != now) { // no write without a change, as others read it too
      common = now;
    }
    if (own != now && blocker instanceof Patient patient) {
      patient.patience(now);
    }
  }

  /** A number of yields, or below zero, that of the waits without any before the next attempt. */
  private static int noted(Object blocker) {
    int own = blocker instanceof Patient patient ? patient.patience() : 0;
    return own == 0 ? common : own;
  }

  private static int less(int noted) {
    if (noted > 1) {
      return noted / 2;
    }
    return noted == 1 ? -PAUSE : noted == -1 ? ATTEMPT : noted + 1;
  }
}
