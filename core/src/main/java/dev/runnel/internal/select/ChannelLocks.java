package dev.runnel.internal.select;

import dev.runnel.internal.channel.ChannelCore;
import dev.runnel.internal.park.Parker;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The locks of all channels of a select, taken in the order of the channels' numbers, each once, so
 * that selects can't deadlock with one another.
 *
 * <p>Who waits for a lock holds none: a virtual thread that waits leaves its carrier, and has it
 * again only when the others let it.
 */
final class ChannelLocks {
  private static final Comparator<ChannelCore> BY_NUMBER =
      Comparator.comparingLong(ChannelCore::id);

  /** The distinct channels, in order. */
  private final ChannelCore[] channels;

  ChannelLocks(ChannelArm[] arms) {
    ChannelCore[] all = new ChannelCore[arms.length];
    for (int i = 0; i < arms.length; i++) {
      all[i] = arms[i].channel();
    }
    Arrays.sort(all, BY_NUMBER);
    int distinct = 0;
    for (ChannelCore channel : all) {
      if (distinct == 0 || all[distinct - 1] != channel) {
        all[distinct++] = channel;
      }
    }
    channels = distinct == all.length ? all : Arrays.copyOf(all, distinct);
  }

  /** Locks all. Spins for one while it holds others, but is ready to start over. */
  void lock() {
    int held = 0;
    while (held < channels.length) {
      ChannelCore next = channels[held];
      if (held == 0) {
        next.lock();
        held = 1;
      } else if (next.tryLock()) {
        held++;
      } else {
        for (int i = 0; i < held; i++) {
          channels[i].unlock();
        }
        held = 0;
        next.lock(); // waits without holding any
        next.unlock();
      }
    }
  }

  /**
   * Unlocks all.
   *
   * @param committed the arm that was committed meanwhile, whose partner is then woken; or null
   */
  void unlock(@Nullable ChannelArm committed) {
    Thread sleeper = committed == null ? null : committed.channel().takeSleeper();
    for (ChannelCore channel : channels) {
      channel.unlock();
    }
    if (sleeper != null) {
      Parker.unpark(sleeper);
    }
  }
}
