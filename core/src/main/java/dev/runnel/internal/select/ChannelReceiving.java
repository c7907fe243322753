package dev.runnel.internal.select;

import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.channel.ChannelCore;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A case that receives from a channel.
 *
 * @param <T> the type of the value
 */
public final class ChannelReceiving<T> extends Receiving<T> implements ChannelArm {
  private final Channel<T> channel;
  private @Nullable Node node;
  private boolean waiting;

  /**
   * Creates a case.
   *
   * @param channel where to receive
   */
  public ChannelReceiving(Channel<T> channel) {
    this(channel, false);
  }

  private ChannelReceiving(Channel<T> channel, boolean forEnd) {
    super(forEnd);
    this.channel = channel;
  }

  /**
   * Creates a case for a channel that carries nothing and only ends.
   *
   * @param gate the channel
   * @return the case
   */
  public static ChannelReceiving<Void> ofEnd(Channel<Void> gate) {
    return new ChannelReceiving<>(gate, true);
  }

  @Override
  public ChannelCore channel() {
    return channel;
  }

  @Override
  public boolean ready() {
    return channel.receiveReady();
  }

  @Override
  public boolean seemsReady() {
    return channel.receiveSeemsReady();
  }

  @Override
  public boolean commit() {
    Object item = channel.poll();
    if (item == null) {
      item = channel.ended();
    }
    received(item);
    return item != null;
  }

  @Override
  public void enqueue(Waiter waiter) {
    Node mine = node;
    if (mine == null || mine.waiter != waiter) {
      node = mine = new Node(waiter);
    }
    waiting = true;
    channel.awaitValue(mine);
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
    received(item);
    return true;
  }
}
