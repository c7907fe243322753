package dev.runnel.linear;

import dev.runnel.Overflow;
import dev.runnel.linear.Op.Patience;
import dev.runnel.linear.Op.Way;
import dev.runnel.linear.Result.Batch;
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
    TRY_SEND_GOES_FIRST,
    /** A time of zero is over before it has looked for a value. */
    ZERO_LOOKS_NOT,
    /** A full channel that drops its oldest value drops its newest. */
    DROPS_ANOTHER,
    /** A batch takes its later values from the end of the buffer. */
    BATCH_TAKES_THE_LAST,
    /** A batch stops before it has taken what is there. */
    BATCH_STOPS_EARLY,
    /** A buffer of more than eight values loses one when it grows. */
    LOSES_WHEN_GROWING,
    /** A select without patience looks at one channel after the other. */
    LOOKS_TWICE,
    /** A select in order takes any ready way. */
    IGNORES_ORDER
  }

  private static final int LONGEST_WAIT_NANOS = 40_000;

  private static final class Ticket {
    Went outcome;
  }

  private record Waiting(Ticket ticket, int way, int value) {}

  private static final class Channel {
    final Kind kind;
    final List<Integer> buffer = new ArrayList<>();
    final List<Waiting> senders = new ArrayList<>();
    final List<Waiting> receivers = new ArrayList<>();
    boolean ended;
    boolean failed;

    Channel(Kind kind) {
      this.kind = kind;
      for (int i = 0; i < kind.filled(); i++) {
        buffer.add(Kind.filledWith(i));
      }
    }
  }

  private final Flaw flaw;
  private final List<Channel> channels = new ArrayList<>();
  private boolean contextEnded;

  FlawedSubject(Flaw flaw, List<Kind> kinds) {
    this.flaw = flaw;
    for (Kind kind : kinds) {
      channels.add(new Channel(kind));
    }
  }

  @Override
  public synchronized Result perform(Op op) throws InterruptedException {
    return switch (op.kind()) {
      case CLOSE -> end(channels.get(op.target()), false);
      case FAIL -> end(channels.get(op.target()), true);
      case BATCH -> batch(op);
      case LENGTH -> new Length(channels.get(op.target()).buffer.size());
      default -> goOrWait(op);
    };
  }

  @Override
  public synchronized void endContext() {
    contextEnded = true;
    notifyAll();
  }

  private Result batch(Op op) throws InterruptedException {
    Result first = goOrWait(op);
    if (!(first instanceof Went(_, Value(int value)))) {
      return first;
    }
    List<Integer> values = new ArrayList<>(List.of(value));
    Way way = op.ways().getFirst();
    Channel channel = channels.get(way.channel());
    while (values.size() < op.target()
        && !(channel.buffer.isEmpty() && channel.senders.isEmpty())
        && !(flaw == Flaw.BATCH_STOPS_EARLY && values.size() == 2)) {
      if (flaw == Flaw.BATCH_TAKES_THE_LAST && !channel.buffer.isEmpty()) {
        channel.buffer.addFirst(channel.buffer.removeLast());
      }
      values.add(((Value) receive(channel)).value());
    }
    return new Batch(values);
  }

  private Result goOrWait(Op op) throws InterruptedException {
    if (flaw == Flaw.ZERO_LOOKS_NOT && op.patience() == Patience.ZERO) {
      return Nothing.NOTHING;
    }
    List<Integer> ready = new ArrayList<>();
    for (int i = 0; i < op.ways().size(); i++) {
      if (isReady(op.ways().get(i))) {
        ready.add(i);
      }
      if (flaw == Flaw.LOOKS_TWICE && ready.isEmpty() && op.patience() == Patience.NONE) {
        letOthersIn();
      }
    }
    if (!ready.isEmpty()) {
      boolean any = op.kind() != Op.Kind.SELECT_IN_ORDER || flaw == Flaw.IGNORES_ORDER;
      int i =
          !any ? ready.getFirst() : ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
      Item item = go(op.ways().get(i));
      return item == Mark.DROPPED
          ? (op.tellsOfDrops() ? Nothing.NOTHING : new Went(i, Mark.SENT))
          : new Went(i, item);
    }
    if (op.patience() == Patience.ZERO) {
      return Nothing.NOTHING;
    }
    if (op.patience() == Patience.NONE) {
      Way way = op.ways().getFirst();
      if (flaw == Flaw.TRY_SEND_GOES_FIRST && way.sends() && bufferedAt(way) > 0) {
        channels.get(way.channel()).buffer.set(0, way.value());
        return new Went(0, Mark.SENT);
      }
      return Nothing.NOTHING;
    }
    return enqueueAndWait(op);
  }

  private int bufferedAt(Way way) {
    return channels.get(way.channel()).buffer.size();
  }

  /** Gives the monitor away for a moment. */
  @SuppressWarnings("WaitNotInLoop") // it waits for nothing
  private void letOthersIn() {
    try {
      wait(0, LONGEST_WAIT_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
        ? channel.kind.overflow() != Overflow.SUSPEND
            || channel.buffer.size() < channel.kind.capacity()
            || !channel.receivers.isEmpty()
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
    if (!channel.receivers.isEmpty()) {
      serve(next(channel.receivers), new Value(value));
      return Mark.SENT;
    }
    if (channel.buffer.size() == channel.kind.capacity()) {
      if (channel.kind.overflow() == Overflow.DROP_LATEST) {
        return Mark.DROPPED;
      }
      int _ =
          flaw == Flaw.DROPS_ANOTHER ? channel.buffer.removeLast() : channel.buffer.removeFirst();
    }
    channel.buffer.add(value);
    if (flaw == Flaw.LOSES_WHEN_GROWING && channel.buffer.size() == 9) {
      channel.buffer.removeFirst();
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
