package dev.runnel.testkit;

import dev.runnel.Chan;
import dev.runnel.Select;
import dev.runnel.internal.channel.ChannelCore;
import dev.runnel.internal.park.Node;
import java.lang.reflect.Field;

/**
 * Counts who stands in a channel's queues, those included whose wait was decided long ago: what a
 * user can't see, but what would be a leak.
 */
public final class Queues {

  private Queues() {}

  /** How many nodes are in the queues of a channel. */
  public static int waiting(Chan<?> channel) {
    ChannelCore core = (ChannelCore) channel;
    core.lock();
    try {
      return length(get(core, ChannelCore.class, "senders"))
          + length(get(core, ChannelCore.class, "receivers"));
    } finally {
      core.unlock();
    }
  }

  /** The node of the longest-waiting receiver; null if there is none. */
  public static Node firstReceiver(Chan<?> channel) {
    Object receivers = get(channel, ChannelCore.class, "receivers");
    return (Node) get(receivers, receivers.getClass(), "first");
  }

  /** Whether a channel keeps a node for the next wait. */
  public static boolean keepsNode(Chan<?> channel) {
    return get(channel, ChannelCore.class, "spare") != null;
  }

  /** Whether a select keeps its wait for the next turn. */
  public static boolean keepsWait(Select select) {
    Object selection = get(select, Select.class, "selection");
    return get(selection, selection.getClass(), "kept") != null;
  }

  private static int length(Object queue) {
    int length = 0;
    Object node = get(queue, queue.getClass(), "first");
    for (; node != null; node = get(node, node.getClass(), "next")) {
      length++;
    }
    return length;
  }

  private static Object get(Object target, Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(target);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the field has moved: " + type + "." + name, e);
    }
  }
}
