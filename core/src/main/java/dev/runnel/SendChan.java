package dev.runnel;

import dev.runnel.internal.channel.SinkChannel;
import dev.runnel.internal.select.Arms;
import dev.runnel.spi.Sink;
import java.time.Duration;
import java.util.Objects;

/**
 * The sending side of a channel. Only a sender can close, because only a sender knows that no more
 * values come.
 *
 * <p>Whatever a thread did before it sent a value <i>happens-before</i> whatever the receiver does
 * after it received that value; whatever it did before {@link #close} or {@link #fail}
 * happens-before what a receiver does after it saw the end.
 *
 * <p>Origin in Go: {@code chan<- T}.
 *
 * @param <T> the type of the values, which are never null
 */
public interface SendChan<T> {

  /**
   * Sends a value, waiting for a receiver or for room in the buffer.
   *
   * @param value the value
   * @throws NullPointerException if the value is null
   * @throws ChannelClosedException if the channel has ended, or ends while this waits; the value
   *     did not go
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; the value
   *     did not go
   */
  void send(T value) throws InterruptedException;

  /**
   * Sends a value, giving up when a context ends.
   *
   * @param value the value
   * @param ctx the context to watch
   * @throws NullPointerException if the value or the context is null
   * @throws ContextException if the context has ended, even if there is room, or ends while this
   *     waits; the value did not go
   * @throws ChannelClosedException if the channel has ended, or ends while this waits
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; the value
   *     did not go
   */
  void send(T value, Context ctx) throws InterruptedException;

  /**
   * Sends a value, waiting no longer than a given time.
   *
   * @param value the value
   * @param atMost how long to wait; zero or negative: not at all
   * @return true if the value went, false if time ran out
   * @throws NullPointerException if an argument is null
   * @throws ChannelClosedException if the channel has ended, or ends while this waits
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; the value
   *     did not go
   */
  boolean send(T value, Duration atMost) throws InterruptedException;

  /**
   * Sends a value if that is possible without waiting.
   *
   * @param value the value
   * @return true if the value was taken, even if it pushed out an older one; false if there was
   *     neither receiver nor room, or {@link Overflow#DROP_LATEST} dropped it
   * @throws NullPointerException if the value is null
   * @throws ChannelClosedException if the channel has ended
   */
  boolean trySend(T value);

  /**
   * Sends many values in order, waiting for each as {@link #send(Object)} does.
   *
   * @param values the values; none may be null
   * @return how many went: all of them, or fewer (but at least one) if an interrupt came between,
   *     whose flag is then set
   * @throws NullPointerException if {@code values} or one of them is null; those before it have
   *     gone
   * @throws ChannelClosedException if the channel has ended or ends meanwhile; {@link
   *     ChannelClosedException#sent()} says how many had gone
   * @throws InterruptedException if the thread is interrupted before the first value went
   */
  default int sendAll(Iterable<? extends T> values) throws InterruptedException {
    int sent = 0;
    for (T value : values) {
      try {
        send(value);
      } catch (ChannelClosedException e) {
        throw new ChannelClosedException("send on closed channel", e.getCause(), sent);
      } catch (InterruptedException e) {
        if (sent == 0) {
          throw e;
        }
        Thread.currentThread().interrupt();
        return sent;
      }
      sent++;
    }
    return sent;
  }

  /**
   * Ends the channel: no more values will be sent. Receivers get what is buffered, then null for
   * ever; waiting senders get {@link ChannelClosedException}.
   *
   * @throws ChannelClosedException if it has ended already
   * @throws IllegalStateException if this is the {@linkplain Chan#nil() nil channel}
   */
  void close();

  /**
   * Ends the channel with a failure, which receivers get as the cause of a {@link
   * ChannelFailedException} once they have received what is buffered. The first end wins.
   *
   * @param cause what went wrong
   * @return true if this call ended the channel, false if it had ended already; false also for the
   *     nil channel, which can't end
   * @throws NullPointerException if the cause is null
   */
  boolean fail(Throwable cause);

  /**
   * Runs the sender of this channel, and ends the channel after it: closed if the sender returns,
   * failed if it throws. So receivers can tell a whole stream from one cut short. A sender that
   * ends the channel itself is left its way.
   *
   * @param sender the code that sends
   * @throws Exception what the sender threw
   */
  default void closeAfter(Task sender) throws Exception {
    Objects.requireNonNull(sender, "sender");
    try {
      sender.run();
    } catch (Throwable t) {
      fail(t);
      throw t;
    }
    try {
      close();
    } catch (ChannelClosedException alreadyEnded) {
      // The sender ended the channel itself: its end stands.
    }
  }

  /**
   * A select case that sends a value.
   *
   * @param value the value; {@link SendCase#value} changes it between turns
   * @return the case
   * @throws NullPointerException if the value is null
   */
  SendCase<T> onSend(T value);

  /**
   * A select case that sends a value and then does something.
   *
   * @param value the value
   * @param then what to do once the value has gone
   * @return the case
   * @throws NullPointerException if an argument is null
   */
  default Case<Void> onSend(T value, Step then) {
    return Arms.then(onSend(value), then);
  }

  /**
   * Makes a channel of a foreign sink.
   *
   * @param sink where the values go
   * @param <T> the type of the values
   * @return the sending side of a channel over it
   * @throws NullPointerException if the sink is null
   */
  static <T> SendChan<T> to(Sink<T> sink) {
    return new SinkChannel<>(Objects.requireNonNull(sink, "sink"));
  }
}
