package dev.runnel.soak;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ReceiveResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Workers at channels that only they use, and their account. */
final class Party {
  /** Why a channel fails. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken() {
      super("failed midway, as planned", null, false, false);
    }
  }

  private final String name;
  private final Plan plan;
  private final Ledger ledger;
  private final List<Chan<Long>> channels = new ArrayList<>();
  private final List<AtomicBoolean> ended = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final AtomicInteger sending;
  private final LongAdder turns;
  private long dropped;

  /**
   * Prepares a party.
   *
   * @param name for reports
   * @param plan what it does
   * @param random the dice
   * @param turns counts the turns of all workers
   */
  Party(String name, Plan plan, SplittableRandom random, LongAdder turns) {
    this.name = name;
    this.plan = plan;
    this.turns = turns;
    this.ledger = new Ledger(plan.senders(), plan.perSender());
    this.sending = new AtomicInteger(plan.senders());
    for (int c = 0; c < plan.channels(); c++) {
      channels.add(
          plan.capacity() == Integer.MAX_VALUE
              ? Chan.unbounded()
              : Chan.buffered(plan.capacity(), plan.overflow()));
      ended.add(new AtomicBoolean());
    }
    for (int i = 0; i < plan.senders(); i++) {
      workers.add(new Sender(this, i, random.split()));
    }
    for (int i = 0; i < plan.receivers(); i++) {
      workers.add(new Receiver(this, i, random.split()));
    }
  }

  Plan plan() {
    return plan;
  }

  /** A worker has come to another turn. */
  void turn() {
    turns.increment();
  }

  Ledger ledger() {
    return ledger;
  }

  List<Worker> workers() {
    return workers;
  }

  Chan<Long> channel(int c) {
    return channels.get(c);
  }

  /** A sender has sent all it had to; the last one closes what is still open. */
  void senderDone() {
    if (sending.decrementAndGet() == 0) {
      for (int c = 0; c < channels.size(); c++) {
        if (!ended.get(c).get()) {
          end(c, Plan.End.CLOSE_LAST);
        }
      }
    }
  }

  /** Ends a channel; of several who try, one must succeed, and only one. */
  void end(int c, Plan.End how) {
    boolean ending;
    if (how == Plan.End.FAIL_MIDWAY) {
      ending = channels.get(c).fail(new Broken());
    } else {
      try {
        channels.get(c).close();
        ending = true;
      } catch (ChannelClosedException another) {
        ending = false;
      }
    }
    if (ending && ended.get(c).getAndSet(true)) {
      throw new Violation("channel " + c + " was ended twice");
    }
  }

  /**
   * Closes the account, when all workers have ended.
   *
   * @return how many values went through
   */
  long balance() {
    for (int c = 0; c < channels.size(); c++) {
      Chan<Long> channel = channels.get(c);
      dropped += channel.dropped();
      if (!ended.get(c).get()) {
        throw new Violation("channel " + c + " was never ended");
      }
      if (channel.length() != 0 || !(channel.tryReceive() instanceof ReceiveResult.Closed<Long>)) {
        throw new Violation("values are left in channel " + c);
      }
    }
    return ledger.balance(dropped);
  }

  /** How many values its channels have dropped. After {@link #balance}. */
  long dropped() {
    return dropped;
  }

  @Override
  public String toString() {
    return name + " " + plan;
  }
}
