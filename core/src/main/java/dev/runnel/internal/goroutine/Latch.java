package dev.runnel.internal.goroutine;

import dev.runnel.Overflow;
import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.channel.Ending;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.park.Signal;
import dev.runnel.internal.park.WaitReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A gate that opens once. It is a channel that closes, made only if somebody waits, so that waiting
 * for it is the one waiting there is.
 *
 * <p>What a thread did before {@link #open} happens-before what follows {@link #isOpen} or an
 * await.
 */
public abstract class Latch {
  private static final Signal OPEN = new Signal("open");
  private static final VarHandle GATE;

  static {
    try {
      GATE = MethodHandles.lookup().findVarHandle(Latch.class, "gate", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Null, the channel that waiters wait for, or OPEN. */
  private volatile @Nullable Object gate;

  /** Creates it shut. */
  protected Latch() {}

  /** Whether it is open. */
  protected final boolean isOpen() {
    return gate == OPEN;
  }

  /** Opens it. */
  protected final void open() {
    if (GATE.getAndSet(this, OPEN) instanceof Channel<?> waiters) {
      waiters.end(Ending.CLOSED);
    }
  }

  /** The channel to wait for; null if this is open. */
  private @Nullable Channel<?> waiters() {
    Object g = gate;
    if (g == null) {
      Channel<Void> fresh = new Channel<>(0, Overflow.SUSPEND);
      g = GATE.compareAndExchange(this, null, fresh);
      if (g == null) {
        return fresh;
      }
    }
    return g instanceof Channel<?> channel ? channel : null;
  }

  /** Waits until it is open; false if time ran out. */
  final boolean await(WaitReason reason, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    return await(reason, this, ctx, nanos);
  }

  /** Waits until it is open, with something else for dumps to show; false if time ran out. */
  protected final boolean await(
      WaitReason reason, Object blocker, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Channel<?> channel = waiters();
    return channel == null || channel.awaitEnd(reason, blocker, ctx, nanos);
  }
}
