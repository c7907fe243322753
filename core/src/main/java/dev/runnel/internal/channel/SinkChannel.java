package dev.runnel.internal.channel;

import dev.runnel.Case;
import dev.runnel.ChannelClosedException;
import dev.runnel.Context;
import dev.runnel.ReceiveCase;
import dev.runnel.SendCase;
import dev.runnel.SendChan;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.select.Selection;
import dev.runnel.internal.select.SinkSending;
import dev.runnel.internal.time.Clock;
import dev.runnel.spi.Sink;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A channel over a foreign sink: each send is a select of one case.
 *
 * @param <T> the type of the values
 */
public final class SinkChannel<T> implements SendChan<T> {
  private final Sink<T> sink;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * Creates a channel.
   *
   * @param sink where the values go
   */
  public SinkChannel(Sink<T> sink) {
    this.sink = sink;
  }

  @Override
  public void send(T value) throws InterruptedException {
    send(value, null, Parker.FOREVER);
  }

  @Override
  public void send(T value, Context ctx) throws InterruptedException {
    send(value, (ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
  }

  @Override
  public boolean send(T value, Duration atMost) throws InterruptedException {
    return send(value, null, Clock.nanos(atMost));
  }

  private boolean send(T value, @Nullable ContextNode ctx, long nanos) throws InterruptedException {
    var sending = new SinkSending<>(sink, value);
    if (ctx != null) {
      ctx.check(); // before a pending interrupt, as with any channel
    }
    // In order: a context that ends wins over room.
    Case<?>[] cases = ctx == null ? new Case<?>[] {sending} : new Case<?>[] {ctx.onDone(), sending};
    int winner = new Selection(cases, true, false).choose(nanos);
    if (ctx != null && cases[0] instanceof ReceiveCase<?> done && done.closed()) {
      ctx.check();
    }
    sending.throwIfEnded();
    return winner >= 0;
  }

  @Override
  public boolean trySend(T value) {
    var sending = new SinkSending<>(sink, value);
    boolean done = sending.attempt();
    sending.throwIfEnded();
    return done;
  }

  @Override
  public void close() {
    if (!end(null)) {
      throw new ChannelClosedException("close of closed channel");
    }
  }

  @Override
  public boolean fail(Throwable cause) {
    return end(Objects.requireNonNull(cause, "cause"));
  }

  private boolean end(@Nullable Throwable cause) {
    boolean first = !sink.closed() && ended.compareAndSet(false, true);
    if (first) {
      sink.close(cause);
    }
    return first;
  }

  @Override
  public SendCase<T> onSend(T value) {
    return new SinkSending<>(sink, value);
  }

  @Override
  public String toString() {
    return "chan to " + sink;
  }
}
