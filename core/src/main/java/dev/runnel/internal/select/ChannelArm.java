package dev.runnel.internal.select;

import dev.runnel.internal.channel.ChannelCore;
import dev.runnel.internal.park.Waiter;

/**
 * An arm that waits at a channel. {@code ready}, {@code commit} and {@code enqueue} need its lock.
 */
sealed interface ChannelArm permits ChannelReceiving, ChannelSending {

  ChannelCore channel();

  /** Whether it could go now. */
  boolean ready();

  /** Whether it could perhaps go now: a guess, which needs no lock. */
  boolean seemsReady();

  /** Goes, if it still can; not when the partner that made it ready was decided elsewhere. */
  boolean commit();

  /** Waits in the channel's queue. */
  void enqueue(Waiter waiter);

  /**
   * Ends the waiting.
   *
   * @param outcome how the wait was decided
   * @param keep whether to keep the place for another turn of the same wait
   * @return whether this arm won; it has then taken over what the other side left
   */
  boolean leave(Object outcome, boolean keep);

  /**
   * Whether its kept place, if any, is out of the queue: its server may still be about to do that.
   */
  boolean isOut();
}
