package dev.runnel.internal.select;

import dev.runnel.internal.channel.ChannelCore;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.park.Way;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The arms of a select that wait at channels: which of them are ready, which of those is taken, and
 * their places in the queues. {@link Selection} says how, and why so.
 */
final class ChannelArms {
  private static final ChannelArm[] NONE = {};

  private final ChannelArm[] arms;
  private final boolean inOrder;
  private @Nullable ChannelLocks locks;

  /**
   * Picks them from all.
   *
   * @param all all arms of the select
   * @param inOrder whether the first ready one is taken, rather than a random one
   */
  ChannelArms(Arm<?>[] all, boolean inOrder) {
    this.inOrder = inOrder;
    int count = 0;
    for (Arm<?> arm : all) {
      count += arm instanceof ChannelArm ? 1 : 0;
    }
    arms = count == 0 ? NONE : new ChannelArm[count];
    for (int i = all.length; count > 0; ) {
      if (all[--i] instanceof ChannelArm arm) {
        arms[--count] = arm;
      }
    }
  }

  /** Whether all channels are of a kind; true if there are none. */
  boolean allMatch(Predicate<Object> kind) {
    for (ChannelArm arm : arms) {
      if (!kind.test(arm.channel())) {
        return false;
      }
    }
    return true;
  }

  /** Whether there are any. */
  boolean any() {
    return arms.length > 0;
  }

  /** Commits a arm that seems to be ready, under its own lock alone; null in vain. */
  @Nullable ChannelArm tryGuess() {
    ChannelArm guess = guess();
    if (guess == null) {
      return null;
    }
    ChannelCore channel = guess.channel();
    channel.lock();
    try {
      boolean first = !inOrder || guess() == guess;
      return first && guess.ready() && guess.commit() ? guess : null;
    } finally {
      channel.release();
    }
  }

  /** One of the arms that seem to be ready: each with the same chance, or the first. */
  private @Nullable ChannelArm guess() {
    ChannelArm guess = null;
    int ready = 0;
    for (ChannelArm arm : arms) {
      if (arm.seemsReady()) {
        if (inOrder) {
          return arm;
        }
        ready++;
        if (ready == 1 || Hooks.random(ready) == 0) {
          guess = arm;
        }
      }
    }
    return guess;
  }

  /** Commits one of the arms that are ready, all looked at in one moment; null if none is. */
  @Nullable ChannelArm snapshot() {
    ChannelLocks all = locks();
    ChannelArm committed = null;
    all.lock();
    try {
      committed = commitReady();
    } finally {
      all.unlock(committed);
    }
    return committed;
  }

  /** The locks of all; made when a guess fails for the first time. */
  ChannelLocks locks() {
    ChannelLocks made = locks;
    if (made == null) {
      locks = made = new ChannelLocks(arms);
    }
    return made;
  }

  /** Commits one of those that are ready; null if none is. Needs all locks. */
  @Nullable ChannelArm commitReady() {
    for (ChannelArm ready; (ready = pickReady()) != null; ) {
      if (ready.commit()) {
        return ready;
      }
    }
    return null;
  }

  /** One of the ready arms: each with the same chance, or the first. */
  private @Nullable ChannelArm pickReady() {
    ChannelArm picked = null;
    int ready = 0;
    for (ChannelArm arm : arms) {
      if (arm.ready()) {
        ready++;
        if (inOrder) {
          return arm;
        }
        if (ready == 1 || Hooks.random(ready) == 0) {
          picked = arm;
        }
      }
    }
    return picked;
  }

  /**
   * Where the first arm over a channel stands that is ready, all looked at in one moment; else the
   * end.
   *
   * @param order all arms of the select, in some order
   */
  int firstReady(Arm<?>[] order) {
    ChannelLocks all = locks();
    all.lock();
    try {
      int i = 0;
      while (i < order.length && !(order[i] instanceof ChannelArm arm && arm.ready())) {
        i++;
      }
      return i;
    } finally {
      all.unlock(null);
    }
  }

  /**
   * How to wait: as for the channel through which most has passed. Its other side learns from the
   * same values, and both are then likely to wait in the same way.
   */
  Way way() {
    ChannelCore busiest = null;
    for (ChannelArm arm : arms) {
      ChannelCore channel = arm.channel();
      if (busiest == null || Integer.compareUnsigned(channel.passed(), busiest.passed()) > 0) {
        busiest = channel;
      }
    }
    return busiest == null ? Way.PARK : busiest.way();
  }

  /** Waits in all queues. Needs all locks. */
  void enqueue(Waiter waiter) {
    for (ChannelArm arm : arms) {
      arm.enqueue(waiter);
    }
  }

  /**
   * Leaves all queues.
   *
   * @param outcome how the wait was decided
   * @param keep whether to keep the places for another turn of the same wait
   * @return the arm that has won; null if none has
   */
  @Nullable ChannelArm leave(Object outcome, boolean keep) {
    ChannelArm winner = null;
    for (ChannelArm arm : arms) {
      if (arm.leave(outcome, keep)) {
        winner = arm;
      }
    }
    return winner;
  }

  /** Whether all kept places are out of their queues. */
  boolean areOut() {
    for (ChannelArm arm : arms) {
      if (!arm.isOut()) {
        return false;
      }
    }
    return true;
  }
}
