package dev.runnel.linear;

import dev.runnel.Overflow;
import dev.runnel.linear.Op.Way;
import dev.runnel.linear.Result.Item;
import dev.runnel.linear.Result.Mark;
import dev.runnel.linear.Result.Value;
import dev.runnel.linear.Result.Went;
import java.util.ArrayList;
import java.util.List;

/**
 * What channels are: queues of values, of waiting senders and of waiting receivers, with the rules
 * of the design page written out. One thread's calls wait here one at a time, so a waiter is known
 * by its thread.
 */
final class Model {
  /** A call's place in a queue. */
  private record Waiting(int thread, int way, int value) {}

  /** Whether and how a channel has ended. */
  private enum End {
    OPEN,
    CLOSED,
    FAILED
  }

  private static final class Channel {
    final Kind kind;
    final List<Integer> buffer = new ArrayList<>();
    final List<Waiting> senders = new ArrayList<>();
    final List<Waiting> receivers = new ArrayList<>();
    End end = End.OPEN;

    Channel(Kind kind) {
      this.kind = kind;
    }

    Channel(Channel other) {
      this(other.kind);
      buffer.addAll(other.buffer);
      senders.addAll(other.senders);
      receivers.addAll(other.receivers);
      end = other.end;
    }

    @Override
    public String toString() {
      return buffer + "" + senders + receivers + end;
    }
  }

  private final List<Channel> channels = new ArrayList<>();

  /**
   * For each thread, what its waiting call was served with in the last step; null if it was not.
   */
  private final Went[] served;

  Model(Program program) {
    for (Kind kind : program.channels()) {
      Channel channel = new Channel(kind);
      for (int i = 0; i < kind.filled(); i++) {
        channel.buffer.add(Kind.filledWith(i));
      }
      channels.add(channel);
    }
    served = new Went[program.threads().size()];
  }

  private Model(Model other) {
    for (Channel channel : other.channels) {
      channels.add(new Channel(channel));
    }
    served = new Went[other.served.length];
  }

  /** What the last step has served a thread's waiting call with, or null. */
  Went served(int thread) {
    return served[thread];
  }

  boolean isReady(Way way) {
    Channel channel = channels.get(way.channel());
    if (channel.end != End.OPEN) {
      return true;
    }
    return way.sends()
        ? channel.kind.overflow() != Overflow.SUSPEND
            || channel.buffer.size() < channel.kind.capacity()
            || !channel.receivers.isEmpty()
        : !channel.buffer.isEmpty() || !channel.senders.isEmpty();
  }

  /** Whether a receive would bring a value, rather than the end or nothing. */
  boolean hasValue(int c) {
    Channel channel = channels.get(c);
    return !channel.buffer.isEmpty() || !channel.senders.isEmpty();
  }

  /** What follows when a ready way is gone. */
  record Step(Model after, Item item) {}

  Step go(Way way) {
    Model next = new Model(this);
    Channel channel = next.channels.get(way.channel());
    return new Step(next, way.sends() ? next.send(channel, way.value()) : next.receive(channel));
  }

  private Item send(Channel channel, int value) {
    if (channel.end != End.OPEN) {
      return Mark.CLOSED;
    }
    if (!channel.receivers.isEmpty()) {
      serve(channel.receivers.getFirst(), new Value(value));
      return Mark.SENT;
    }
    if (channel.buffer.size() >= channel.kind.capacity()) {
      if (channel.kind.overflow() == Overflow.DROP_LATEST) {
        return Mark.DROPPED;
      }
      channel.buffer.removeFirst();
    }
    channel.buffer.add(value);
    return Mark.SENT;
  }

  private Item receive(Channel channel) {
    if (channel.buffer.isEmpty() && channel.senders.isEmpty()) {
      return channel.end == End.CLOSED ? Mark.END : Mark.FAILED;
    }
    if (!channel.senders.isEmpty()) {
      Waiting first = channel.senders.getFirst();
      channel.buffer.add(first.value());
      serve(first, Mark.SENT);
    }
    return new Value(channel.buffer.removeFirst());
  }

  private void serve(Waiting waiting, Item item) {
    served[waiting.thread()] = new Went(waiting.way(), item);
    remove(waiting.thread());
  }

  /** A call that no way of is ready waits. */
  Model enqueue(int thread, Op op) {
    Model next = new Model(this);
    for (int i = 0; i < op.ways().size(); i++) {
      Way way = op.ways().get(i);
      Channel channel = next.channels.get(way.channel());
      (way.sends() ? channel.senders : channel.receivers).add(new Waiting(thread, i, way.value()));
    }
    return next;
  }

  /** After a step that changes nothing. */
  Model unchanged() {
    return new Model(this);
  }

  /** A waiting call gives up. */
  Model withdraw(int thread) {
    Model next = new Model(this);
    next.remove(thread);
    return next;
  }

  private void remove(int thread) {
    for (Channel channel : channels) {
      channel.senders.removeIf(w -> w.thread() == thread);
      channel.receivers.removeIf(w -> w.thread() == thread);
    }
  }

  boolean hasEnded(int c) {
    return channels.get(c).end != End.OPEN;
  }

  /** Closes or fails an open channel. */
  Model end(int c, boolean failing) {
    Model next = new Model(this);
    Channel channel = next.channels.get(c);
    channel.end = failing ? End.FAILED : End.CLOSED;
    while (!channel.receivers.isEmpty()) {
      next.serve(channel.receivers.getFirst(), failing ? Mark.FAILED : Mark.END);
    }
    while (!channel.senders.isEmpty()) {
      next.serve(channel.senders.getFirst(), Mark.CLOSED);
    }
    return next;
  }

  int length(int c) {
    return channels.get(c).buffer.size();
  }

  @Override
  public String toString() {
    return channels.toString();
  }
}
