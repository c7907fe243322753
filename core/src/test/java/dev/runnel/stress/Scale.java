package dev.runnel.stress;

import java.util.concurrent.TimeUnit;

/** How much a stress test does: its ordinary amount, times {@code runnel.stress.scale}. */
final class Scale {
  private static final double FACTOR =
      Double.parseDouble(System.getProperty("runnel.stress.scale", "1"));

  private Scale() {}

  static int times(int ordinary) {
    return (int) Math.max(1, Math.round(ordinary * FACTOR));
  }

  /** After how long a run begins no more turns, so that a busy machine does fewer in the time. */
  static long budgetNanos() {
    return (long) (TimeUnit.MILLISECONDS.toNanos(800) * FACTOR);
  }
}
