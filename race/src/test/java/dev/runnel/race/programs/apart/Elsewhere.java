package dev.runnel.race.programs.apart;

import dev.runnel.race.programs.Pair;

/** An interface of another package, with a constant. */
public interface Elsewhere {
  /** Written by the initialiser. */
  int[] VALUES = made();

  private static int[] made() {
    int[] values = new int[4];
    Pair.awaitReader();
    values[1] = 5;
    return values;
  }
}
