package dev.runnel.race.runtime;

/** Reads between a {@code StampedLock}'s optimistic stamp and its validation may race. */
public final class Optimism {
  private Optimism() {}

  /** An optimistic stamp has been given, or not. */
  public static void begins() {
    ThreadState.current().optimistic = true;
  }

  /** It is validated, or a lock is taken instead. */
  public static void ends() {
    ThreadState.current().optimistic = false;
  }
}
