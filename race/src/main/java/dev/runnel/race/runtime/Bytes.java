package dev.runnel.race.runtime;

/**
 * The edges of bytes: who reads some, from a file, a pipe or a socket, may know by them what
 * anybody did who wrote some. Which came from whom nothing tells; so, as in Go, all that is written
 * comes before all that is read later. Who only writes learns nothing: two threads that print are
 * not ordered by that.
 */
public final class Bytes {
  private static final Object ALL = new Object();

  private Bytes() {}

  /** Bytes are about to be written, or their end to be told. */
  public static void sending() {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.release(t, ALL, Keys.BYTES);
    }
  }

  /** Bytes have been read, or that no more come, or that somebody is there. */
  public static void received() {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.acquire(t, ALL, Keys.BYTES);
    }
  }
}
