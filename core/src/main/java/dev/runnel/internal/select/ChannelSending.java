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
    node = new Node(waiter);
    channel.awaitTaker(node, next());
  }

  @Override
  public boolean leave(Object outcome) {
    Node mine = node;
    node = null;
    if (mine == null) {
      return false;
    }
    if (outcome != mine) {
      channel.forget(mine);
      return false;
    }
    Object item = mine.item;
    ended(item instanceof Ending end ? end : null);
    return true;
  }
}
