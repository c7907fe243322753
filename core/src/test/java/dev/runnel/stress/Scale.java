package dev.runnel.stress;

/** How much a stress test does: its ordinary amount, times {@code runnel.stress.scale}. */
final class Scale {
  private static final double FACTOR =
      Double.parseDouble(System.getProperty("runnel.stress.scale", "1"));

  private Scale() {}

  static int times(int ordinary) {
    return (int) Math.max(1, Math.round(ordinary * FACTOR));
  }
}
