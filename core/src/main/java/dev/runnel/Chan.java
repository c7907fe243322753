package dev.runnel;

import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.channel.NilChannel;
import java.util.Objects;

/**
 * A channel: a typed conduit through which goroutines, or any threads, pass values.
 *
 * <p>Pass a {@code Chan} on as the {@link SendChan} or {@link ReceiveChan} that the other side
 * needs. An unbuffered channel hands each value from sender to receiver, and both wait for the
 * other; a buffered one lets senders run ahead by its capacity. Waiters are served in the order
 * they came. The k-th receive from a channel of capacity C <i>happens-before</i> the (k+C)-th send
 * on it completes, unless it drops or is unbounded.
 *
 * <p>Origin in Go: {@code chan T}.
 *
 * @param <T> the type of the values, which are never null
 */
public sealed interface Chan<T> extends SendChan<T>, ReceiveChan<T> permits Channel, NilChannel {

  /**
   * Creates a channel without a buffer.
   *
   * @param <T> the type of the values
   * @return the channel
   */
  static <T> Chan<T> unbuffered() {
    return new Channel<>(0, Overflow.SUSPEND);
  }

  /**
   * Creates a channel with a buffer, whose memory grows only as it fills.
   *
   * @param capacity how many values it holds; 0 makes it unbuffered
   * @param <T> the type of the values
   * @return the channel
   * @throws IllegalArgumentException if the capacity is negative
   */
  static <T> Chan<T> buffered(int capacity) {
    return buffered(capacity, Overflow.SUSPEND);
  }

  /**
   * Creates a channel with a buffer and a rule for when it is full.
   *
   * @param capacity how many values it holds; 0 makes it unbuffered
   * @param policy what a send does when the buffer is full
   * @param <T> the type of the values
   * @return the channel
   * @throws IllegalArgumentException if the capacity is negative, or 0 with a policy that drops
   * @throws NullPointerException if the policy is null
   */
  static <T> Chan<T> buffered(int capacity, Overflow policy) {
    Objects.requireNonNull(policy, "policy");
    if (capacity < 0) {
      throw new IllegalArgumentException("a channel's capacity can't be negative: " + capacity);
    }
    if (capacity == 0 && policy != Overflow.SUSPEND) {
      throw new IllegalArgumentException(
          "an unbuffered channel can't have the policy "
              + policy
              + ": it has nothing to drop from; give it a capacity of at least 1");
    }
    return new Channel<>(capacity, policy);
  }

  /**
   * Creates a channel whose buffer has no bound: a send never waits. Go has none, for a reason: a
   * sender that outruns its receiver fills the memory.
   *
   * @param <T> the type of the values
   * @return the channel, whose {@link #capacity} is {@link Integer#MAX_VALUE}
   */
  static <T> Chan<T> unbounded() {
    return new Channel<>(Integer.MAX_VALUE, Overflow.SUSPEND);
  }

  /**
   * The nil channel: it is never ready. Sends and receives wait for ever (until interrupted),
   * select never chooses it, and it can't be closed. Set a case to it to switch the case off.
   *
   * <p>Origin in Go: the zero value of a channel type.
   *
   * @param <T> the type of the values
   * @return the nil channel
   */
  static <T> Chan<T> nil() {
    return NilChannel.instance();
  }

  /**
   * How many values are buffered now. Gives no happens-before, and may be out of date when it
   * returns.
   *
   * @return the number of values
   */
  int length();

  /**
   * How many values the buffer holds.
   *
   * @return the capacity; 0 if unbuffered, {@link Integer#MAX_VALUE} if unbounded
   */
  int capacity();

  /**
   * How many values this channel's {@link Overflow} policy has dropped so far.
   *
   * @return the number of values; always 0 with {@link Overflow#SUSPEND}
   */
  long dropped();
}
