package dev.runnel.pattern;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Context;
import dev.runnel.Overflow;
import dev.runnel.internal.channel.Log;
import dev.runnel.internal.channel.LogRing;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber gets of a {@link Broadcaster}: the values sent while it is open.
 *
 * <p>It ends with the broadcaster, or when it is closed; what is buffered can still be received.
 * Closing it never waits.
 *
 * @param <T> the type of the values
 */
public final class Subscription<T> extends Feed<T> {
  private final Broadcaster<T> broadcaster;
  private final LogRing<T> ring;
  private final Chan<T> buffer;
  private final WhenFull whenFull;
  private final LongAdder refused = new LongAdder();

  private Subscription(Broadcaster<T> broadcaster, LogRing<T> ring, WhenFull whenFull) {
    super(ring.channel());
    this.broadcaster = broadcaster;
    this.ring = ring;
    this.buffer = ring.channel();
    this.whenFull = whenFull;
  }

  /** Creates one whose buffer has, in addition, room for values of before, and holds them. */
  static <T> Subscription<T> of(
      Broadcaster<T> broadcaster, Log log, int capacity, WhenFull whenFull, Collection<T> before) {
    if (capacity < 0) {
      throw new IllegalArgumentException("a subscription can't buffer " + capacity + " values");
    }
    boolean dropsOldest = whenFull == WhenFull.DROP_OLDEST;
    if (capacity == 0 && dropsOldest) {
      throw new IllegalArgumentException("without a buffer there is no oldest value to drop");
    }
    LogRing<T> ring =
        new LogRing<>(
            log,
            Math.addExact(capacity, before.size()),
            dropsOldest ? Overflow.DROP_OLDEST : Overflow.SUSPEND);
    before.forEach(ring.channel()::trySend);
    return new Subscription<>(broadcaster, ring, whenFull);
  }

  /**
   * How many values this subscriber has missed.
   *
   * @return the number of values; always 0 with {@link WhenFull#BLOCK}
   */
  public long dropped() {
    return buffer.dropped() + refused.sum();
  }

  /** Leaves: nothing more comes. What is buffered can still be received. */
  @Override
  public void close() {
    end(null);
    broadcaster.remove(this);
  }

  /** Ends it, unless it has ended. */
  void end(@Nullable Throwable failure) {
    Production.end(buffer, failure);
  }

  /** The number of the first value before which this must be asked. */
  long due() {
    return ring.due();
  }

  /** Asks for the next value; false if the sender must wait until there is room for it. */
  boolean accepts(T value) {
    try {
      if (ring.follows() || buffer.trySend(value)) {
        return true;
      }
    } catch (ChannelClosedException e) {
      broadcaster.remove(this);
      return true;
    }
    return whenFull == WhenFull.BLOCK ? false : refuse();
  }

  private boolean refuse() {
    refused.increment();
    if (whenFull == WhenFull.DISCONNECT) {
      end(new SlowSubscriberException(buffer.capacity()));
      broadcaster.remove(this);
    }
    return true;
  }

  /** Hands what has been sent to those who wait for it. */
  void serve() {
    ring.serve();
  }

  /** Sends a value, waiting for room. */
  void send(T value, @Nullable Context ctx) throws InterruptedException {
    try {
      if (ctx == null) {
        buffer.send(value);
      } else {
        buffer.send(value, ctx);
      }
    } catch (ChannelClosedException e) {
      broadcaster.remove(this);
    }
  }
}
