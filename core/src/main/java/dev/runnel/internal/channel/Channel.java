package dev.runnel.internal.channel;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Context;
import dev.runnel.Overflow;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult;
import dev.runnel.SendCase;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.select.ChannelReceiving;
import dev.runnel.internal.select.ChannelSending;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel as its users see it: each operation tries a step of {@link ChannelCore} under the lock,
 * and if that can't be done now, leaves a node in the queue and waits.
 *
 * @param <T> the type of the values
 */
public final class Channel<T> extends ChannelCore implements Chan<T> {
  /**
   * Creates a channel.
   *
   * @param capacity how many values it buffers
   * @param overflow what happens when it is full
   */
  public Channel(int capacity, Overflow overflow) {
    super(capacity, overflow, null);
  }

  /** Creates a channel that reads a log: see {@link LogRing}. */
  Channel(int capacity, Overflow overflow, LogRing<T> ring) {
    super(capacity, overflow, ring);
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
    Objects.requireNonNull(value, "a channel can't carry null");
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.SEND, this, value);
    }
    checkMayWait(ctx);
    Node node = null;
    lock();
    try {
      if (ended() != null) {
        throw sendOnClosed(ended());
      }
      if (!offer(value) && !dropsLatest()) {
        if (nanos <= 0) {
          return false;
        }
        node = newNode(WaitReason.CHAN_SEND);
        awaitTaker(node, value);
      }
    } finally {
      release();
    }
    if (node != null) {
      if (!delivered(node, ctx, nanos)) {
        return false;
      }
      Object left = node.item;
      putAway(node, nanos);
      if (left instanceof Ending end) {
        throw sendOnClosed(end);
      }
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.SEND, this);
    }
    return true;
  }

  @Override
  public boolean trySend(T value) {
    Objects.requireNonNull(value, "a channel can't carry null");
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TRY_SEND, this, value);
    }
    boolean taken;
    lock();
    try {
      if (ended() != null) {
        throw sendOnClosed(ended());
      }
      taken = offer(value);
    } finally {
      release();
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.TRY_SEND, this);
    }
    return taken;
  }

  @Override
  public @Nullable T receive() throws InterruptedException {
    return valueOrNull(receive(null, Parker.FOREVER));
  }

  @Override
  public @Nullable T receive(Context ctx) throws InterruptedException {
    return valueOrNull(receive((ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER));
  }

  @Override
  public ReceiveResult<T> receive(Duration atMost) throws InterruptedException {
    return asResult(receive(null, Clock.nanos(atMost)));
  }

  /** Receives a value, or an {@link Ending}, or null if time ran out. */
  private @Nullable Object receive(@Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.RECEIVE, this);
    }
    checkMayWait(ctx);
    Object item;
    Node node = null;
    lock();
    try {
      item = poll();
      if (item == null) {
        item = ended();
        if (item == null && nanos > 0) {
          node = newNode(WaitReason.CHAN_RECEIVE);
          awaitValue(node);
        }
      }
    } finally {
      release();
    }
    if (node != null && delivered(node, ctx, nanos)) {
      item = node.item;
      putAway(node, nanos);
    }
    if (Hooks.OP != null) {
      Hooks.OP.received(Op.RECEIVE, this, item);
      Hooks.OP.after(Op.RECEIVE, this);
    }
    return item;
  }

  @Override
  public ReceiveResult<T> tryReceive() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TRY_RECEIVE, this);
    }
    Object item;
    lock();
    try {
      item = poll();
      if (item == null) {
        item = ended();
      }
    } finally {
      release();
    }
    if (Hooks.OP != null) {
      Hooks.OP.received(Op.TRY_RECEIVE, this, item);
      Hooks.OP.after(Op.TRY_RECEIVE, this);
    }
    return asResult(item);
  }

  @Override
  public int receiveUpTo(int max, Collection<? super T> into) throws InterruptedException {
    if (max < 1) {
      throw new IllegalArgumentException("receiveUpTo needs a max of at least 1, not " + max);
    }
    Objects.requireNonNull(into, "into");
    T first = receive();
    if (first == null) {
      return 0;
    }
    into.add(first);
    int count = 1;
    Object[] batch = new Object[Math.min(max - 1, Sleepers.MOST)];
    while (count < max) {
      int taken = take(batch, Math.min(max - count, batch.length));
      if (taken == 0) {
        break;
      }
      addAll(batch, taken, into);
      count += taken;
    }
    return count;
  }

  /** Takes what is there, as one step. */
  private int take(Object[] batch, int max) {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.RECEIVE_UP_TO, this);
    }
    Sleepers sleepers = new Sleepers();
    int taken = 0;
    lock();
    try {
      for (Object item; taken < max && (item = poll()) != null; taken++) {
        batch[taken] = item;
        sleepers.add(takeSleeper());
      }
    } finally {
      unlock();
      sleepers.wake();
    }
    if (Hooks.OP != null) {
      Hooks.OP.received(Op.RECEIVE_UP_TO, this, Arrays.asList(batch).subList(0, taken));
      Hooks.OP.after(Op.RECEIVE_UP_TO, this);
    }
    return taken;
  }

  private void addAll(Object[] batch, int taken, Collection<? super T> into) {
    int added = 0;
    try {
      while (added < taken) {
        into.add(cast(batch[added++])); // counted first: a value refused goes with the exception
      }
    } finally {
      if (added < taken) {
        giveBack(batch, added, taken);
      }
    }
  }

  private void giveBack(Object[] batch, int from, int to) {
    Sleepers sleepers = new Sleepers();
    lock();
    try {
      putBack(batch, from, to, sleepers);
    } finally {
      unlock();
      sleepers.wake();
    }
  }

  @Override
  public void close() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.CLOSE, this);
    }
    if (!end(Ending.CLOSED)) {
      Ending earlier = Objects.requireNonNull(ended());
      throw new ChannelClosedException("close of closed channel", earlier.cause(), 0);
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.CLOSE, this);
    }
  }

  @Override
  public boolean fail(Throwable cause) {
    Objects.requireNonNull(cause, "cause");
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.FAIL, this);
    }
    boolean first = end(new Ending(cause));
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.FAIL, this);
    }
    return first;
  }

  @Override
  public ReceiveCase<T> onReceive() {
    return new ChannelReceiving<>(this);
  }

  @Override
  public SendCase<T> onSend(T value) {
    return new ChannelSending<>(this, value);
  }

  @Override
  public int length() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.LENGTH, this);
    }
    lock();
    int size = size();
    unlock();
    return size;
  }

  @Override
  public long dropped() {
    lock();
    long dropped = droppedSoFar();
    unlock();
    return dropped;
  }

  /**
   * Waits until the channel has ended: how the gates of goroutines, futures, groups and contexts
   * wait, which are channels that only ever close.
   *
   * @param reason why, for dumps
   * @param blocker on what, for dumps
   * @param ctx a context to watch, or null
   * @param nanos how long at most; {@link Parker#FOREVER} for no bound
   * @return false if time ran out
   * @throws dev.runnel.ContextException if the context has ended or ends
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   */
  public boolean awaitEnd(WaitReason reason, Object blocker, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    checkMayWait(ctx);
    if (ended() != null) {
      return true;
    }
    if (nanos <= 0) {
      return false;
    }
    Waiter waiter = new Waiter(reason, blocker);
    Node node = watchEnd(waiter);
    Object outcome;
    try {
      outcome = Wait.await(waiter, ctx, nanos);
    } catch (Throwable broken) {
      abandon(node);
      throw broken;
    }
    if (outcome == node) {
      return true;
    }
    forget(node);
    Wait.throwIfCutShort(outcome, ctx);
    return false;
  }

  @Override
  public String toString() {
    String kind =
        switch (capacity()) {
          case 0 -> "unbuffered";
          case Integer.MAX_VALUE -> "unbounded";
          default -> "buffered(" + capacity() + ")";
        };
    Ending end = ended();
    String state = end == null ? "" : end.cause() == null ? ", closed" : ", failed: " + end.cause();
    return "chan " + id() + " " + kind + state;
  }

  /** What comes before a wait: an ended context or a pending interrupt wins over a ready value. */
  private static void checkMayWait(@Nullable ContextNode ctx) throws InterruptedException {
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /**
   * Waits for a node to be served.
   *
   * @return false if time ran out
   */
  private boolean delivered(Node node, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    Object outcome;
    try {
      outcome = Wait.await(node, ctx, nanos);
    } catch (Throwable broken) {
      abandon(node);
      throw broken;
    }
    if (outcome == node) {
      return true;
    }
    forget(node);
    Wait.throwIfCutShort(outcome, ctx);
    return false;
  }

  /** Keeps a served node for the next wait, if no alarm and no tool can refer to it. */
  private void putAway(Node node, long nanos) {
    if (nanos == Parker.FOREVER && Hooks.PARK == null) {
      spare(node);
    }
  }

  private static ChannelClosedException sendOnClosed(@Nullable Ending end) {
    return new ChannelClosedException(
        "send on closed channel", end == null ? null : end.cause(), 0);
  }

  private @Nullable T valueOrNull(@Nullable Object item) {
    if (item instanceof Ending end) {
      end.throwIfFailed();
      return null;
    }
    return item == null ? null : cast(item);
  }

  private ReceiveResult<T> asResult(@Nullable Object item) {
    if (item == null) {
      return new ReceiveResult.Empty<>();
    }
    return item instanceof Ending end ? end.asResult() : new ReceiveResult.Value<>(cast(item));
  }

  @SuppressWarnings("unchecked") // only send, trySend and select put values in, and they took a T
  private T cast(Object item) {
    return (T) item;
  }
}
