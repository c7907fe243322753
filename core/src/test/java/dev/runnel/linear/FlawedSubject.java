package dev.runnel.linear;

import dev.runnel.linear.Op.Patience;
import dev.runnel.linear.Op.Way;
import dev.runnel.linear.Result.Ended;
import dev.runnel.linear.Result.Item;
import dev.runnel.linear.Result.Length;
import dev.runnel.linear.Result.Mark;
import dev.runnel.linear.Result.Nothing;
import dev.runnel.linear.Result.Value;
import dev.runnel.linear.Result.Went;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Plain channels under one monitor, right but for one flaw: what the checker must find. */
final class FlawedSubject implements Subject {
  enum Flaw {
    NONE,
    /** A receiver that is interrupted gives up though it has been served. */
    LOSES_WHEN_INTERRUPTED,
    /** A send that gives up because time ran out leaves its value behind. */
    SENDS_AFTER_GIVING_UP,
    /** A receive from a full buffer at which a sender waits leaves the value there too. */
    DOUBLES,
    /** The waiter that came last is served first. */
    SERVES_THE_LAST_WAITER,
    /** A receive from a full buffer does not let the waiting sender in. */
    FORGETS_SENDERS,
    /** A select that was served stays in the queues of its other channels. */
    SELECTS_TWICE,
    /** Only one of the waiting receivers learns that the channel has closed. */
    CLOSE_WAKES_ONE,
    /** A close discards what is buffered. */
    CLOSE_DISCARDS,
    /** A try to send into a full buffer overtakes what is there. */
    TRY_SEND_GOES_FIRST
  }

  private static final int LONGEST_WAIT_NANOS = 40_000;

  private static final class Ticket {
    Went outcome;
  }

  private record Waiting(Ticket ticket, int way, int value) {}

  private static final class Channel {
    final int capacity;
    final List<Integer> buffer = new ArrayList<>();
    final List<Waiting> senders = new ArrayList<>();
    final List<Waiting> receivers = new ArrayList<>();
    boolean ended;
    boolean failed;

    Channel(int capacity) {
      this.capacity = capacity;
    }
  }

  private final Flaw flaw;
  private final List<Channel> channels = new ArrayList<>();
  private boolean contextEnded;

  FlawedSubject(Flaw flaw, List<Integer> capacities) {
    this.flaw = flaw;
    for (int capacity : capacities) {
      channels.add(new Channel(capacity));
    }
  }

  @Override
  public synchronized Result perform(Op op) throws InterruptedException {
    return switch (op.kind()) {
      case CLOSE -> end(channels.get(op.target()), false);
      case FAIL -> end(channels.get(op.target()), true);
      case LENGTH -> new Length(channels.get(op.target()).buffer.size());
      default -> goOrWait(op);
    };
  }

  @Override
  public synchronized void endContext() {
    contextEnded = true;
    notifyAll();
  }

  private Result goOrWait(Op op) throws InterruptedException {
    List<Integer> ready = new ArrayList<>();
    for (int i = 0; i < op.ways().size(); i++) {
      if (isReady(op.ways().get(i))) {
        ready.add(i);
      }
    }
    if (!ready.isEmpty()) {
      int i = ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
      return new Went(i, go(op.ways().get(i)));
    }
    if (op.patience() == Patience.NONE) {
      Way way = op.ways().getFirst();
      if (flaw == Flaw.TRY_SEND_GOES_FIRST && way.sends() && capacityOf(way) > 0) {
        channels.get(way.channel()).buffer.set(0, way.value());
        return new Went(0, Mark.SENT);
      }
      return Nothing.NOTHING;
    }
    return enqueueAndWait(op);
  }

  private int capacityOf(Way way) {
    return channels.get(way.channel()).capacity;
  }

  private Result enqueueAndWait(Op op) throws InterruptedException {
    Ticket ticket = new Ticket();
    for (int i = 0; i < op.ways().size(); i++) {
      Way way = op.ways().get(i);
      Channel channel = channels.get(way.channel());
      (way.sends() ? channel.senders : channel.receivers).add(new Waiting(ticket, i, way.value()));
    }
    try {
      await(op, ticket);
    } catch (InterruptedException e) {
      if (ticket.outcome == null || flaw == Flaw.LOSES_WHEN_INTERRUPTED) {
        leave(ticket);
        throw e;
      }
      Thread.currentThread().interrupt();
    }
    if (ticket.outcome != null) {
      return ticket.outcome;
    }
    if (flaw != Flaw.SENDS_AFTER_GIVING_UP) {
      leave(ticket);
    }
    return op.patience() == Patience.TIMED ? Nothing.NOTHING : Nothing.GAVE_UP;
  }

  @SuppressWarnings("WaitNotInLoop") // a wait that ends early looks like one whose time ran out
  private void await(Op op, Ticket ticket) throws InterruptedException {
    if (op.patience() == Patience.TIMED) {
      wait(0, 1 + ThreadLocalRandom.current().nextInt(LONGEST_WAIT_NANOS));
      return;
    }
    while (ticket.outcome == null
        && !(op.patience() == Patience.UNTIL_CONTEXT_ENDS && contextEnded)) {
      wait();
    }
  }

  private boolean isReady(Way way) {
    Channel channel = channels.get(way.channel());
    if (channel.ended) {
      return true;
    }
    return way.sends()
        ? channel.buffer.size() < channel.capacity || !channel.receivers.isEmpty()
        : !channel.buffer.isEmpty() || !channel.senders.isEmpty();
  }

  private Item go(Way way) {
    Channel channel = channels.get(way.channel());
    return way.sends() ? send(channel, way.value()) : receive(channel);
  }

  private Item send(Channel channel, int value) {
    if (channel.ended) {
      return Mark.CLOSED;
    }
    if (channel.receivers.isEmpty()) {
      channel.buffer.add(value);
    } else {
      serve(next(channel.receivers), new Value(value));
    }
    return Mark.SENT;
  }

  private Item receive(Channel channel) {
    if (channel.buffer.isEmpty()) {
      if (channel.senders.isEmpty()) {
        return channel.failed ? Mark.FAILED : Mark.END;
      }
      Waiting sender = next(channel.senders);
      serve(sender, Mark.SENT);
      return new Value(sender.value());
    }
    boolean senderWaits = !channel.senders.isEmpty();
    int value = channel.buffer.getFirst();
    if (flaw != Flaw.DOUBLES || !senderWaits) {
      channel.buffer.removeFirst();
    }
    if (senderWaits && flaw != Flaw.FORGETS_SENDERS) {
      Waiting sender = next(channel.senders);
      channel.buffer.add(sender.value());
      serve(sender, Mark.SENT);
    }
    return new Value(value);
  }

  private Waiting next(List<Waiting> queue) {
    return flaw == Flaw.SERVES_THE_LAST_WAITER ? queue.removeLast() : queue.removeFirst();
  }

  private void serve(Waiting waiting, Item item) {
    waiting.ticket().outcome = new Went(waiting.way(), item);
    if (flaw != Flaw.SELECTS_TWICE) {
      leave(waiting.ticket());
    }
    notifyAll();
  }

  private void leave(Ticket ticket) {
    for (Channel channel : channels) {
      channel.senders.removeIf(w -> w.ticket() == ticket);
      channel.receivers.removeIf(w -> w.ticket() == ticket);
    }
  }

  private Result end(Channel channel, boolean failing) {
    if (channel.ended) {
      return new Ended(false);
    }
    channel.ended = true;
    channel.failed = failing;
    if (flaw == Flaw.CLOSE_DISCARDS) {
      channel.buffer.clear();
    }
    while (!channel.receivers.isEmpty()) {
      serve(channel.receivers.removeFirst(), failing ? Mark.FAILED : Mark.END);
      if (flaw == Flaw.CLOSE_WAKES_ONE) {
        break;
      }
    }
    while (!channel.senders.isEmpty()) {
      serve(channel.senders.removeFirst(), Mark.CLOSED);
    }
    return new Ended(true);
  }
}
