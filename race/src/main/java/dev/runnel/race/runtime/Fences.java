package dev.runnel.race.runtime;

/**
 * The edges of fences. A releasing fence makes the writes behind it releasing ones, of whatever
 * mode they are; an acquiring fence makes the reads before it acquiring ones. So a fence on one
 * side meets a fence or an operation of a stronger mode on the other, by the variable in between.
 * Which that is can't be seen if it is a plain field; so any releasing and any acquiring fence
 * meet, too.
 */
public final class Fences {
  private static final Object ALL = new Object();

  private Fences() {}

  /** In a class of the JDK that has fences, one comes, or a releasing operation. */
  public static void releasing() {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      release(t);
    }
  }

  /** The program comes to a releasing fence. */
  public static void releaseFence() {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      t.fenced = release(t);
    }
  }

  private static Snapshot release(ThreadState t) {
    t.inside++;
    try {
      Snapshot known = t.release();
      Edges.sync(t, ALL, Keys.FENCE).add(t, known);
      return known;
    } finally {
      t.inside--;
    }
  }

  /** An acquiring fence has been passed. */
  public static void acquired() {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.acquire(t, ALL, Keys.FENCE);
      t.acquireGlimpsed();
    }
  }
}
