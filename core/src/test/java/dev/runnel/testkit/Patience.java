package dev.runnel.testkit;

import java.util.concurrent.TimeUnit;

/**
 * How long a test waits for what must come: a minute, however slow the machine, and as much longer
 * as {@code runnel.stress.scale} lengthens what it waits for.
 */
final class Patience {
  private static final double SCALE =
      Double.parseDouble(System.getProperty("runnel.stress.scale", "1"));

  private Patience() {}

  static long nanos() {
    return (long) (TimeUnit.MINUTES.toNanos(1) * Math.max(1, SCALE));
  }
}
