package dev.runnel.internal.select;

import dev.runnel.Case;
import dev.runnel.ChannelClosedException;
import dev.runnel.SendCase;
import dev.runnel.Supply;
import dev.runnel.internal.channel.Ending;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A case that sends, to whatever kind of channel.
 *
 * @param <T> the type of the value
 */
public abstract sealed class Sending<T> extends Arm<Void> implements SendCase<T>
    permits ChannelSending, SinkSending, NeverSending {
  private T value;

  /** Set when the case won because the channel has ended. */
  private @Nullable Ending ending;

  Sending(T value) {
    this.value = Objects.requireNonNull(value, "a channel can't carry null");
  }

  final T next() {
    return value;
  }

  final void ended(@Nullable Ending newEnding) {
    ending = newEnding;
  }

  /** The end of the channel, if that was what it won by. */
  final @Nullable Ending ending() {
    return ending;
  }

  @Override
  final void reset() {
    ending = null;
  }

  @Override
  public final SendCase<T> value(T next) {
    Objects.requireNonNull(next, "a channel can't carry null");
    if (inTurn()) {
      throw new IllegalStateException(
          "a select with this case is under way: set its value between turns or in a handler");
    }
    value = next;
    return this;
  }

  /** Throws if the case won because the channel has ended. */
  public final void throwIfEnded() {
    if (ending != null) {
      throw new ChannelClosedException("send on closed channel", ending.cause(), 0);
    }
  }

  @Override
  final Void result() {
    throwIfEnded();
    return Arms.nothing();
  }

  @Override
  public final <R extends @Nullable Object> Case<R> map(Supply<? extends R> then) {
    return follow(false, then);
  }

  final <R extends @Nullable Object> Case<R> follow(boolean reusable, Supply<? extends R> then) {
    Objects.requireNonNull(then, "then");
    return new Follow<>(
        this,
        reusable,
        () -> {
          throwIfEnded();
          return then.get();
        });
  }
}
