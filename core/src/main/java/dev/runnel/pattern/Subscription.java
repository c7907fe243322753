package dev.runnel.pattern;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Context;
import dev.runnel.Overflow;
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
  private final Chan<T> buffer;
  private final WhenFull whenFull;
  private final LongAdder refused = new LongAdder();

  private Subscription(Broadcaster<T> broadcaster, Chan<T> buffer, WhenFull whenFull) {
    super(buffer);
    this.broadcaster = broadcaster;
    this.buffer = buffer;
    this.whenFull = whenFull;
  }

  /** Creates one whose buffer has, in addition, room for values of before, and holds them. */
  static <T> Subscription<T> of(
      Broadcaster<T> broadcaster, int capacity, WhenFull whenFull, Collection<T> before) {
    if (capacity < 0) {
      throw new IllegalArgumentException("a subscription can't buffer " + capacity + " values");
    }
    boolean dropsOldest = whenFull == WhenFull.DROP_OLDEST;
    if (capacity == 0 && dropsOldest) {
      throw new IllegalArgumentException("without a buffer there is no oldest value to drop");
    }
    Chan<T> buffer =
        Chan.buffered(
            Math.addExact(capacity, before.size()),
            dropsOldest ? Overflow.DROP_OLDEST : Overflow.SUSPEND);
    before.forEach(buffer::trySend);
    return new Subscription<>(broadcaster, buffer, whenFull);
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

  /** How a value was received. */
  enum Reception {
    /** It need not be thought of any more. */
    SETTLED,
    /** The sender is to wait for room. */
    MUST_WAIT,
    /** This has ended. */
    GONE
  }

  /** Offers a value without waiting. */
  Reception offer(T value) {
    try {
      if (buffer.trySend(value)) {
        return Reception.SETTLED;
      }
    } catch (ChannelClosedException e) {
      return Reception.GONE;
    }
    return switch (whenFull) {
      case BLOCK -> Reception.MUST_WAIT;
      case DISCONNECT -> {
        refused.increment();
        end(new SlowSubscriberException(buffer.capacity()));
        yield Reception.GONE;
      }
      case DROP_NEWEST, DROP_OLDEST -> {
        refused.increment();
        yield Reception.SETTLED;
      }
    };
  }

  /** Sends a value, waiting for room; false if this has ended. */
  boolean send(T value, @Nullable Context ctx) throws InterruptedException {
    try {
      if (ctx == null) {
        buffer.send(value);
      } else {
        buffer.send(value, ctx);
      }
      return true;
    } catch (ChannelClosedException e) {
      return false;
    }
  }
}
