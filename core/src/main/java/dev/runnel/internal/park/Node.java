package dev.runnel.internal.park;

import org.jspecify.annotations.Nullable;

/**
 * A waiter's place in one queue: of a channel's senders or receivers, of those who want a lock. A
 * plain operation waits in one place, and its node is its own waiter; a select waits in several,
 * and its nodes share one.
 *
 * <p>All fields belong to the lock that protects the queue. What is delivered is written to {@code
 * item} before the waiter is claimed, and read by the waiting thread after it saw that claim.
 *
 * <p>Origin in Go: {@code sudog}.
 */
public class Node extends Waiter {
  /** Whose wait this is: this node's own, or a select's. */
  public final Waiter waiter;

  /**
   * What it waits with, or what it was given: a sender's value, a received value, the end of the
   * channel, a number of permits.
   */
  public @Nullable Object item;

  /** The queue this node is in, or null. */
  public @Nullable WaitQueue queue;

  @Nullable Node previous;
  @Nullable Node next;

  /**
   * A place for a wait of its own.
   *
   * @param reason why the thread waits
   * @param blocker what it waits for
   */
  public Node(WaitReason reason, Object blocker) {
    super(reason, blocker);
    this.waiter = this;
  }

  /**
   * Makes it a place for another wait of its own, of the current thread. It must be out of its
   * queue, and the lock of that queue held.
   *
   * @param newReason why the thread waits
   */
  public final void reuse(WaitReason newReason) {
    renew(newReason);
  }

  /**
   * Puts it away for a while, so that it keeps nothing in memory. The last wait must have been
   * decided by the queue, and nobody else may refer to it.
   */
  public final void putAway() {
    item = null;
    retire();
  }

  /**
   * A place for a wait that has others too.
   *
   * @param waiter the wait
   */
  public Node(Waiter waiter) {
    super(waiter.reason(), waiter.blocker(), null);
    this.waiter = waiter;
  }
}
