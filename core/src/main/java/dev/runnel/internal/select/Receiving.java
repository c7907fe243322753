package dev.runnel.internal.select;

import dev.runnel.Case;
import dev.runnel.ChannelClosedException;
import dev.runnel.Handler;
import dev.runnel.Mapper;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult;
import dev.runnel.Step;
import dev.runnel.Supply;
import dev.runnel.internal.channel.Ending;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A case that receives, from whatever kind of channel.
 *
 * @param <T> the type of the value
 */
public abstract sealed class Receiving<T> extends Arm<@Nullable T> implements ReceiveCase<T>
    permits ChannelReceiving, SourceReceiving, NeverReceiving {
  /** What the last turn brought: a value, or an {@link Ending}; null if this did not win. */
  private @Nullable Object item;

  /** Whether the end of the channel is what this case waits for. */
  private final boolean forEnd;

  Receiving(boolean forEnd) {
    this.forEnd = forEnd;
  }

  final void received(@Nullable Object newItem) {
    item = newItem;
  }

  /** What the last turn brought; null if this did not win it. */
  final @Nullable Object item() {
    return item;
  }

  @Override
  final void reset() {
    item = null;
  }

  @Override
  public final T value() {
    if (item == null) {
      throw new IllegalStateException("this case did not win the last turn of its select");
    }
    if (item instanceof Ending) {
      throw new IllegalStateException("the channel of this case is closed: there is no value");
    }
    return cast(item);
  }

  @Override
  public final boolean closed() {
    return item instanceof Ending;
  }

  /** The value; null if closed; throws if failed. */
  @Override
  public final @Nullable T result() {
    if (item instanceof Ending end) {
      end.throwIfFailed();
      return null;
    }
    return item == null ? null : cast(item);
  }

  /**
   * What was received, as a result.
   *
   * @return the value, the end, or empty
   */
  public final ReceiveResult<T> asResult() {
    if (item == null) {
      return new ReceiveResult.Empty<>();
    }
    return item instanceof Ending(Throwable cause)
        ? new ReceiveResult.Closed<>(cause)
        : new ReceiveResult.Value<>(cast(item));
  }

  @Override
  public final <R extends @Nullable Object> Case<R> map(Mapper<? super T, ? extends R> mapper) {
    return follow(mapper, null);
  }

  @Override
  public final <R extends @Nullable Object> Case<R> map(
      Mapper<? super T, ? extends R> mapper, Supply<? extends R> whenClosed) {
    return follow(mapper, Objects.requireNonNull(whenClosed, "whenClosed"));
  }

  final Case<Void> handle(Handler<? super T> then, @Nullable Step whenClosed) {
    Objects.requireNonNull(then, "then");
    return new Follow<>(
        this,
        true,
        () -> {
          T value = result();
          if (value != null) {
            then.handle(value);
            return Arms.nothing();
          }
          if (whenClosed == null) {
            throw receiveOnClosed();
          }
          whenClosed.run();
          return Arms.nothing();
        });
  }

  private <R extends @Nullable Object> Case<R> follow(
      Mapper<? super T, ? extends R> mapper, @Nullable Supply<? extends R> whenClosed) {
    Objects.requireNonNull(mapper, "mapper");
    return new Follow<>(
        this,
        false,
        () -> {
          T value = result();
          if (value != null) {
            return mapper.map(value);
          }
          if (whenClosed != null) {
            return whenClosed.get();
          }
          if (forEnd) {
            return mapNothing(mapper);
          }
          throw receiveOnClosed();
        });
  }

  private static ChannelClosedException receiveOnClosed() {
    return new ChannelClosedException(
        "receive on closed channel in a select: give the case something to do when closed");
  }

  @SuppressWarnings("NullAway") // the T of a case for the end is Void
  private static <T, R extends @Nullable Object> R mapNothing(Mapper<? super T, ? extends R> mapper)
      throws InterruptedException {
    return mapper.map(null);
  }

  @SuppressWarnings("unchecked") // the channel gave it, and the channel carries T
  private T cast(Object value) {
    return (T) value;
  }
}
