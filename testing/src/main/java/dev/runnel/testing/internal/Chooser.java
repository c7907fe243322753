package dev.runnel.testing.internal;

/**
 * Makes the choices of one schedule: who goes on, and what a select takes. Called by one thread at
 * a time. The same chooser makes the same choices for a program that does the same.
 */
public interface Chooser {

  /**
   * Chooses who goes on.
   *
   * @param ready the numbers of those that can, ascending; at least one
   * @param current the index of the one that does so far; -1 if it can't go on
   * @return the index of the chosen one
   */
  int next(int[] ready, int current);

  /**
   * Chooses among things that are alike.
   *
   * @param bound how many, at least 1
   * @return from 0 to {@code bound - 1}
   */
  int choose(int bound);
}
