package dev.runnel.internal.channel;

import dev.runnel.Case;
import dev.runnel.Context;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.select.Receiving;
import dev.runnel.internal.select.Selection;
import dev.runnel.internal.select.SourceReceiving;
import dev.runnel.internal.time.Clock;
import dev.runnel.spi.Source;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel over a foreign source: each receive is a select of one case.
 *
 * @param <T> the type of the values
 */
public final class SourceChannel<T> implements ReceiveChan<T> {
  private final Source<T> source;

  /**
   * Creates a channel.
   *
   * @param source where the values come from
   */
  public SourceChannel(Source<T> source) {
    this.source = source;
  }

  @Override
  public @Nullable T receive() throws InterruptedException {
    return receive(null, Parker.FOREVER).result();
  }

  @Override
  public @Nullable T receive(Context ctx) throws InterruptedException {
    return receive((ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER).result();
  }

  @Override
  public ReceiveResult<T> receive(Duration atMost) throws InterruptedException {
    return receive(null, Clock.nanos(atMost)).asResult();
  }

  private Receiving<T> receive(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    var receiving = new SourceReceiving<>(source);
    if (ctx != null) {
      ctx.check(); // before a pending interrupt, as with any channel
    }
    // In order: a context that ends wins over a ready value.
    Case<?>[] cases =
        ctx == null ? new Case<?>[] {receiving} : new Case<?>[] {ctx.onDone(), receiving};
    new Selection(cases, true, false).choose(nanos);
    if (ctx != null && cases[0] instanceof ReceiveCase<?> done && done.closed()) {
      ctx.check();
    }
    return receiving;
  }

  @Override
  public ReceiveResult<T> tryReceive() {
    var receiving = new SourceReceiving<>(source);
    receiving.attempt();
    return receiving.asResult();
  }

  @Override
  public int receiveUpTo(int max, Collection<? super T> into) throws InterruptedException {
    if (max < 1) {
      throw new IllegalArgumentException("receiveUpTo needs a max of at least 1, not " + max);
    }
    Objects.requireNonNull(into, "into");
    int count = 0;
    for (T value = receive(); value != null; value = source.poll()) {
      into.add(value);
      if (++count == max) {
        break;
      }
    }
    return count;
  }

  @Override
  public ReceiveCase<T> onReceive() {
    return new SourceReceiving<>(source);
  }

  @Override
  public String toString() {
    return "chan from " + source;
  }
}
