package dev.runnel.internal.channel;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult;
import dev.runnel.SendCase;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.select.NeverReceiving;
import dev.runnel.internal.select.NeverSending;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The nil channel: never ready.
 *
 * @param <T> the type of the values it never carries
 */
public final class NilChannel<T> implements Chan<T> {
  private static final NilChannel<Object> INSTANCE = new NilChannel<>();

  private NilChannel() {}

  /**
   * The one nil channel.
   *
   * @param <T> the type of the values
   * @return the nil channel
   */
  @SuppressWarnings("unchecked") // it carries no value of any type
  public static <T> Chan<T> instance() {
    return (Chan<T>) INSTANCE;
  }

  @Override
  public void send(T value) throws InterruptedException {
    idleSend(value, null, Parker.FOREVER);
  }

  @Override
  public void send(T value, Context ctx) throws InterruptedException {
    idleSend(value, (ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
  }

  @Override
  public boolean send(T value, Duration atMost) throws InterruptedException {
    return idleSend(value, null, Clock.nanos(atMost));
  }

  @Override
  public boolean trySend(T value) {
    Objects.requireNonNull(value, "a channel can't carry null");
    return false;
  }

  @Override
  public void close() {
    throw new IllegalStateException("close of nil channel");
  }

  @Override
  public boolean fail(Throwable cause) {
    Objects.requireNonNull(cause, "cause");
    return false;
  }

  @Override
  public @Nullable T receive() throws InterruptedException {
    idleReceive(null, Parker.FOREVER);
    return null;
  }

  @Override
  public @Nullable T receive(Context ctx) throws InterruptedException {
    idleReceive((ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
    return null;
  }

  @Override
  public ReceiveResult<T> receive(Duration atMost) throws InterruptedException {
    idleReceive(null, Clock.nanos(atMost));
    return new ReceiveResult.Empty<>();
  }

  @Override
  public ReceiveResult<T> tryReceive() {
    return new ReceiveResult.Empty<>();
  }

  @Override
  public int receiveUpTo(int max, Collection<? super T> into) throws InterruptedException {
    if (max < 1) {
      throw new IllegalArgumentException("receiveUpTo needs a max of at least 1, not " + max);
    }
    Objects.requireNonNull(into, "into");
    idleReceive(null, Parker.FOREVER);
    return 0;
  }

  @Override
  public ReceiveCase<T> onReceive() {
    return new NeverReceiving<>();
  }

  @Override
  public SendCase<T> onSend(T value) {
    return new NeverSending<>(value);
  }

  @Override
  public int length() {
    return 0;
  }

  @Override
  public int capacity() {
    return 0;
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public String toString() {
    return "nil chan";
  }

  private boolean idleSend(T value, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    Objects.requireNonNull(value, "a channel can't carry null");
    return Wait.idle(new Waiter(WaitReason.CHAN_SEND_NIL, this), ctx, nanos);
  }

  private void idleReceive(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    Wait.idle(new Waiter(WaitReason.CHAN_RECEIVE_NIL, this), ctx, nanos);
  }
}
