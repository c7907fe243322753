package dev.runnel.race.programs;

import java.util.ArrayList;
import java.util.List;

/**
 * One thread writes an element, uses many new lists, and then another thread writes the element.
 */
public final class Forgotten {
  private static final int LISTS = 20_000;

  private static final ThreadLocal<List<Object>> LAST = new ThreadLocal<>();

  private Forgotten() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int[] elements = new int[4];
    Pair.inTurn(
        () -> {
          elements[1] = 1;
          for (int i = 0; i < LISTS; i++) {
            List<Object> list = new ArrayList<>();
            LAST.set(list); // or nobody else could know it, and it would not be looked at
            list.add("one");
          }
        },
        () -> elements[1] = 2);
    System.out.println("ran to its end");
  }
}
