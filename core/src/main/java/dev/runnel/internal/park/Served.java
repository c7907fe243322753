package dev.runnel.internal.park;

import org.jspecify.annotations.Nullable;

/**
 * Waiters that have been served under a lock, to be unparked once it is released. They are linked
 * by their own nodes, so that serving any number of them allocates nothing with the lock held.
 */
public final class Served {
  private @Nullable Node first;
  private @Nullable Node last;

  /** Creates it empty. */
  public Served() {}

  /**
   * Serves the longest-waiting node of a queue: decides its wait by the node itself and takes it
   * out. The node has a wait of its own, and its thread does not use it again.
   *
   * @param node the first of its queue
   * @return false if somebody else had decided its wait
   */
  public boolean serve(Node node) {
    int claimed = node.claim(node);
    if (node.queue != null) {
      node.queue.remove(node);
    }
    if (claimed == Waiter.ASLEEP) {
      add(node);
    }
    return claimed != Waiter.LOST;
  }

  private void add(Node node) {
    if (last == null) {
      first = node;
    } else {
      last.next = node;
    }
    last = node;
  }

  /** Unparks them all, in the order they were served, and forgets them. */
  public void wake() {
    Node node = first;
    first = null;
    last = null;
    while (node != null) {
      Node after = node.next;
      node.next = null; // so that no waiter keeps another in memory
      Parker.unpark(node.thread());
      node = after;
    }
  }
}
