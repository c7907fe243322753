package dev.runnel.internal.park;

import org.jspecify.annotations.Nullable;

/**
 * Those who wait for one thing: first come, first served, with removal from the middle in constant
 * time for those that give up. Protected by the lock of whatever they wait for.
 */
public final class WaitQueue {
  private @Nullable Node first;
  private @Nullable Node last;

  /** Creates an empty queue. */
  public WaitQueue() {}

  /** Puts a node behind all others. */
  public void add(Node node) {
    node.queue = this;
    node.previous = last;
    if (last == null) {
      first = node;
    } else {
      last.next = node;
    }
    last = node;
  }

  /** Puts a node before all others: one that had its turn and lost it. */
  public void addFirst(Node node) {
    node.queue = this;
    node.next = first;
    if (first == null) {
      last = node;
    } else {
      first.previous = node;
    }
    first = node;
  }

  /** The longest-waiting node; null if there is none. */
  public @Nullable Node first() {
    return first;
  }

  /** Takes a node out, if it is still in. */
  public void remove(Node node) {
    if (node.queue == this) {
      unlink(node);
    }
  }

  /**
   * Whether somebody in here still waits. A select that was decided elsewhere stays here until its
   * goroutine has run; such nodes are taken out on the way.
   */
  public boolean hasOpenWaiter() {
    return peekOpen() != null;
  }

  /** The longest-waiting node whose wait is open; null if there is none. */
  public @Nullable Node peekOpen() {
    for (Node node; (node = first) != null; unlink(node)) {
      if (node.waiter.open()) {
        return node;
      }
    }
    return null;
  }

  /** Whether nobody is in here. */
  public boolean isEmpty() {
    return first == null;
  }

  private void unlink(Node node) {
    Node before = node.previous;
    Node after = node.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    node.previous = null;
    node.next = null;
    node.queue = null;
  }
}
