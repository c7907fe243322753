package dev.runnel.internal.channel;

import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A waiter's place in one channel's queue. A plain send or receive waits in one place, and its node
 * is its own waiter; a select waits in several, and its nodes share one.
 *
 * <p>All fields belong to the lock of the channel whose queue the node is in. A delivered value is
 * written to {@code item} before the waiter is claimed, and read by the waiting thread after it saw
 * that claim.
 *
 * <p>Origin in Go: {@code sudog}.
 */
public final class Node extends Waiter {
  /** Whose wait this is: this node's own, or a select's. */
  Waiter waiter;

  /**
   * A waiting sender's value, or what a receiver was given; an {@link Ending} if the channel ended.
   */
  @Nullable Object item;

  /** The queue this node is in, or null. */
  @Nullable WaitQueue queue;

  @Nullable Node previous;
  @Nullable Node next;

  /** A place for a wait of its own. */
  Node(WaitReason reason, Object blocker) {
    super(reason, blocker);
    this.waiter = this;
  }

  /** A place for a wait that has others too. */
  public Node(Waiter waiter) {
    super(waiter.reason(), waiter.blocker());
    this.waiter = waiter;
  }

  /** What a served waiter was given: a value, or an {@link Ending}. */
  public @Nullable Object item() {
    return item;
  }
}
