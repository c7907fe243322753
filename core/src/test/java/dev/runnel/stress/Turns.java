package dev.runnel.stress;

/** How many turns a run takes: an ordinary number, scaled, or fewer if its time is up before. */
final class Turns {
  /** However slow the machine: a run in which nothing happens shows nothing. */
  private static final int LEAST = 100;

  private final int most;
  private final long start = System.nanoTime();

  private Turns(int most) {
    this.most = most;
  }

  static Turns of(int ordinary) {
    return new Turns(Scale.times(ordinary));
  }

  /** Whether there is a turn of this number, counted from 0; there are always some. */
  boolean allow(int turn) {
    return turn < Math.min(LEAST, most)
        || (turn < most && System.nanoTime() - start < Scale.budgetNanos());
  }

  /** Whether so many turns were taken at least as show something. */
  boolean pastLeast(int turn) {
    return turn > Math.min(LEAST, most) / 2;
  }

  /** Whether this turn is in the second half of them, or of the time. */
  boolean pastMiddle(int turn) {
    return turn > most / 2 || System.nanoTime() - start > Scale.budgetNanos() / 2;
  }
}
