package dev.runnel.race.runtime;

/** The edges of fences, which are between any releasing and any acquiring one. */
public final class Fences {
  private static final Object ALL = new Object();

  private Fences() {}

  /** A releasing fence comes; or, where fences are used, a releasing operation. */
  public static void releasing() {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.release(t, ALL, Keys.FENCE);
    }
  }

  /** An acquiring fence has been passed. */
  public static void acquired() {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.acquire(t, ALL, Keys.FENCE);
    }
  }
}
