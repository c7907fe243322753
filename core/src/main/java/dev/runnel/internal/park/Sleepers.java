package dev.runnel.internal.park;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Threads that have been served under a lock, to be unparked once it is released. */
public final class Sleepers {
  /** How many waiters a batch serves under one hold of a lock, where it may be cut. */
  public static final int BATCH = 64;

  private static final Thread[] NONE = {};

  private Thread[] threads = NONE; // most batches find nobody asleep
  private int count;

  /** Creates it empty. */
  public Sleepers() {}

  /**
   * Adds a thread.
   *
   * @param sleeper the thread; null is passed over
   */
  public void add(@Nullable Thread sleeper) {
    if (sleeper == null) {
      return;
    }
    if (count == threads.length) {
      threads = Arrays.copyOf(threads, Math.max(8, 2 * count));
    }
    threads[count++] = sleeper;
  }

  /**
   * Decides a node's wait by the node itself, and adds its thread if it is asleep.
   *
   * @param node the node
   * @return false if somebody else had decided it
   */
  public boolean claim(Node node) {
    Thread thread = node.waiter.thread();
    int claimed = node.waiter.claim(node);
    if (claimed == Waiter.ASLEEP) {
      add(thread);
    }
    return claimed != Waiter.LOST;
  }

  /** Unparks them all, in the order they were added, and forgets them. */
  public void wake() {
    for (int i = 0; i < count; i++) {
      Parker.unpark(threads[i]);
    }
    count = 0;
  }
}
