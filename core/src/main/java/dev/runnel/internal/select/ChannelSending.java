package dev.runnel.internal.select;

import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.channel.ChannelCore;
import dev.runnel.internal.channel.Ending;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A case that sends to a channel.
 *
 * @param <T> the type of the value
 */
public final class ChannelSending<T> extends Sending<T> implements ChannelArm {
  private final Channel<T> channel;
  private @Nullable Node node;
  private boolean waiting;

  /**
   * Creates a case.
   *
   * @param channel where to send
   * @param value what to send first
   */
  public ChannelSending(Channel<T> channel, T value) {
    super(value);
    this.channel = channel;
  }

  @Override
  public ChannelCore channel() {
    return channel;
  }

  @Override
  public boolean ready() {
    return channel.sendReady();
  }

  @Override
  public boolean seemsReady() {
    return channel.sendSeemsReady();
  }

  @Override
  public boolean commit() {
    Ending end = channel.ended();
    ended(end);
    return end != null || channel.offer(next()) || channel.dropsLatest();
  }

  @Override
  public void enqueue(Waiter waiter) {
    Node mine = node;
    if (mine == null || mine.waiter != waiter) {
      node = mine = new Node(waiter);
    }
    waiting = true;
    channel.awaitTaker(mine, next());
  }

  @Override
  public boolean isOut() {
    Node mine = node;
    return mine == null || mine.queue == null;
  }

  @Override
  public boolean leave(Object outcome, boolean keep) {
    Node mine = node;
    if (mine == null || !waiting) {
      return false;
    }
    waiting = false;
    node = keep ? mine : null;
    if (outcome != mine) {
      channel.forget(mine);
      mine.item = null;
      return false;
    }
    Object item = mine.item;
    mine.item = null;
    ended(item instanceof Ending end ? end : null);
    return true;
  }
}
