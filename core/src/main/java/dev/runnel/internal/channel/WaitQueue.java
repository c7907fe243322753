package dev.runnel.internal.channel;

import org.jspecify.annotations.Nullable;

/**
 * The senders or the receivers that wait at a channel: first come, first served, with removal from
 * the middle in constant time for those that give up. Protected by the channel's lock.
 */
final class WaitQueue {
  private @Nullable Node first;
  private @Nullable Node last;

  void add(Node node) {
    node.queue = this;
    node.previous = last;
    if (last == null) {
      first = node;
    } else {
      last.next = node;
    }
    last = node;
  }

  /** The longest-waiting node; null if there is none. */
  @Nullable Node first() {
    return first;
  }

  /** Takes a node out, if it is still in. */
  void remove(Node node) {
    if (node.queue == this) {
      unlink(node);
    }
  }

  /**
   * Whether somebody in here still waits. A select that was decided elsewhere stays here until its
   * goroutine has run; such nodes are taken out on the way.
   */
  boolean hasOpenWaiter() {
    for (Node node; (node = first) != null; unlink(node)) {
      if (node.waiter.open()) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
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
