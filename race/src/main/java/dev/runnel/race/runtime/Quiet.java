package dev.runnel.race.runtime;

import java.util.concurrent.atomic.AtomicLong;

/** While the current thread does something of ours, its hooks do nothing. */
public final class Quiet {
  /** More than anybody is deaf at once. */
  private static final int LISTENING = 1 << 16;

  private final ThreadState state;

  private Quiet(ThreadState state) {
    this.state = state;
  }

  /**
   * Begins.
   *
   * @return to be ended by the same thread
   */
  public static Quiet begin() {
    ThreadState state = ThreadState.current();
    state.inside++;
    return new Quiet(state);
  }

  /** Ends. */
  public void end() {
    state.inside--;
  }

  /** What the current thread does for the JDK from now on orders nothing. */
  public static void begins() {
    ThreadState.current().inside++;
  }

  /** Until here. */
  public static void ends() {
    ThreadState.current().inside--;
  }

  /** What the current thread uses from now on, no other thread can reach. */
  public static void finalizes() {
    ThreadState.current().finalizing++;
  }

  /** Until here. */
  public static void finalized() {
    ThreadState.current().finalizing--;
  }

  /** What the current thread sees of others from now on orders nothing; it goes on telling them. */
  public static void deafens() {
    ThreadState.current().deaf++;
  }

  /** Until here. */
  public static void hears() {
    ThreadState.current().deaf--;
  }

  /** In the midst of that, what it sees counts again. */
  public static void listens() {
    ThreadState.current().deaf -= LISTENING;
  }

  /** Until here. */
  public static void listened() {
    ThreadState.current().deaf += LISTENING;
  }

  /**
   * A number is drawn, which orders nothing.
   *
   * @param from the last one
   * @return the next one
   */
  public static long incrementAndGet(AtomicLong from) {
    ThreadState state = ThreadState.current();
    state.inside++;
    try {
      return from.incrementAndGet();
    } finally {
      state.inside--;
    }
  }

  /**
   * Likewise.
   *
   * @param from the next one
   * @return the same
   */
  public static long getAndIncrement(AtomicLong from) {
    return incrementAndGet(from) - 1;
  }
}
