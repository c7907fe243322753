package dev.runnel.internal.context;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ContextKey;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveChan;
import dev.runnel.Stop;
import dev.runnel.Task;
import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.goroutine.Scope;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.select.ChannelReceiving;
import dev.runnel.internal.select.NeverReceiving;
import dev.runnel.internal.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A context in the tree. Most kinds only add something to their parent; all that can end is in the
 * nearest {@link CancelNode} on the way to the root.
 */
public abstract sealed class ContextNode implements Context
    permits CancelNode, ContextNode.Plain, ContextNode.WithValue {
  private final @Nullable ContextNode parent;

  ContextNode(@Nullable ContextNode parent) {
    this.parent = parent;
  }

  /**
   * The root.
   *
   * @return the background context
   */
  public static ContextNode background() {
    return Plain.BACKGROUND;
  }

  /** The node that ends when this context does; null if it never ends. */
  abstract @Nullable CancelNode canceler();

  final @Nullable ContextNode parent() {
    return parent;
  }

  /**
   * The channel that closes when this context ends.
   *
   * @return the channel; null if it never ends
   */
  public final @Nullable Channel<Void> doneChannel() {
    CancelNode canceler = canceler();
    return canceler == null ? null : canceler.gate();
  }

  /**
   * Asks this context to tell when it ends.
   *
   * @param link whom to tell; at once, on this thread, if it has ended
   */
  public final void tell(Link link) {
    CancelNode canceler = canceler();
    if (canceler != null && !canceler.add(link)) {
      link.contextEnded();
    }
  }

  /**
   * Takes {@link #tell} back.
   *
   * @param link who asked
   */
  public final void untell(Link link) {
    CancelNode canceler = canceler();
    if (canceler != null) {
      canceler.remove(link);
    }
  }

  /**
   * Whether this context has ended, or is about to because an ancestor has: code that watches the
   * ancestor may see the end first.
   *
   * @return true if so
   */
  public final boolean isEnding() {
    return ending() != null;
  }

  /**
   * Throws if this context {@linkplain #isEnding is ending}.
   *
   * @throws ContextException if it is: what {@link #check} is going to throw, if it does not yet
   */
  public final void checkEnding() {
    End end = ending();
    if (end != null) {
      throw end.exception();
    }
  }

  private @Nullable End ending() {
    CancelNode node = canceler();
    while (node != null) {
      End end = node.end();
      if (end != null) {
        return end;
      }
      ContextNode above = node.parent();
      node = above == null ? null : above.canceler();
    }
    return null;
  }

  @Override
  public final CancelNode withCancel() {
    return new CancelNode(this).joinParent();
  }

  @Override
  public final CancelContext withTimeout(Duration timeout) {
    return withDeadline(later(timeout), Clock.nanos(timeout), null);
  }

  @Override
  public final CancelContext withTimeout(Duration timeout, Throwable cause) {
    return withDeadline(
        later(timeout), Clock.nanos(timeout), Objects.requireNonNull(cause, "cause"));
  }

  @Override
  public final CancelContext withDeadline(Instant deadline) {
    Instant now = Clock.current().now();
    Duration left;
    try {
      left = Duration.between(now, deadline);
    } catch (ArithmeticException tooFar) {
      left = deadline.isAfter(now) ? Clock.LONGEST : Duration.ZERO;
    }
    return withDeadline(deadline, Clock.nanos(left), null);
  }

  private static Instant later(Duration timeout) {
    try {
      return Clock.current().now().plus(timeout);
    } catch (DateTimeException | ArithmeticException tooFar) {
      return timeout.isNegative() ? Instant.MIN : Instant.MAX;
    }
  }

  private CancelContext withDeadline(Instant deadline, long nanos, @Nullable Throwable cause) {
    Instant shown = deadline;
    CancelNode above = canceler();
    Instant earlier = above == null ? null : above.deadline();
    if (above != null && earlier != null && !deadline.isBefore(earlier)) {
      if (nanos >= above.nanosLeft()) {
        return withCancel(); // the parent ends first, and this with it
      }
      shown = earlier; // sooner in fact, but not by the clock on the wall: that was set since
    }
    CancelNode node = new CancelNode(this, shown, nanos).joinParent();
    node.endIn(nanos, cause == null ? End.LATE : new End(true, cause));
    return node;
  }

  @Override
  public final <T> Context withValue(ContextKey<T> key, T value) {
    return new WithValue(
        this, Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
  }

  @Override
  public final Context withoutCancel() {
    return new Plain(this, "without cancel");
  }

  @Override
  public final ReceiveChan<Void> done() {
    Channel<Void> gate = doneChannel();
    return gate == null ? Chan.nil() : gate;
  }

  @Override
  public final ReceiveCase<Void> onDone() {
    Channel<Void> gate = doneChannel();
    return gate == null ? new NeverReceiving<>() : ChannelReceiving.ofEnd(gate);
  }

  @Override
  public final @Nullable ContextException err() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.CONTEXT_ERR, this);
    }
    CancelNode canceler = canceler();
    End end = canceler == null ? null : canceler.end();
    return end == null ? null : end.exception();
  }

  @Override
  public final @Nullable Throwable cause() {
    CancelNode canceler = canceler();
    End end = canceler == null ? null : canceler.end();
    if (end == null) {
      return null;
    }
    return end.cause() != null ? end.cause() : end.exception();
  }

  @Override
  public final void check() {
    ContextException ended = err();
    if (ended != null) {
      throw ended;
    }
  }

  @Override
  public @Nullable Instant deadline() {
    CancelNode canceler = canceler();
    return canceler == null ? null : canceler.deadline();
  }

  @Override
  @SuppressWarnings("unchecked") // withValue took a T with this very key
  public final <T> @Nullable T value(ContextKey<T> key) {
    Objects.requireNonNull(key, "key");
    for (ContextNode node = this; node != null; node = node.parent) {
      if (node instanceof WithValue with && with.key == key) {
        return (T) with.value;
      }
    }
    return null;
  }

  @Override
  public final Stop afterDone(Task task) {
    AfterDone after = new AfterDone(this, Objects.requireNonNull(task, "task"));
    tell(after);
    return after;
  }

  @Override
  public final <T extends @Nullable Object> T call(Callable<T> body) throws Exception {
    return Scope.call(this, Objects.requireNonNull(body, "body"));
  }

  @Override
  public final String toString() {
    StringBuilder path = new StringBuilder("context ").append(describe());
    for (ContextNode node = parent; node != null; node = node.parent) { // a tree of any depth
      path.append(" < context ").append(node.describe());
    }
    return path.toString();
  }

  abstract String describe();

  /** A context that never ends: the root, or one cut loose from its parent's end. */
  static final class Plain extends ContextNode {
    static final ContextNode BACKGROUND = new Plain(null, "background");

    private final String kind;

    Plain(@Nullable ContextNode parent, String kind) {
      super(parent);
      this.kind = kind;
    }

    @Override
    @Nullable CancelNode canceler() {
      return null;
    }

    @Override
    String describe() {
      return kind;
    }
  }

  /** A context with one value more than its parent. */
  static final class WithValue extends ContextNode {
    private final @Nullable CancelNode canceler;
    private final ContextKey<?> key;
    private final Object value;

    WithValue(ContextNode parent, ContextKey<?> key, Object value) {
      super(parent);
      this.canceler = parent.canceler();
      this.key = key;
      this.value = value;
    }

    @Override
    @Nullable CancelNode canceler() {
      return canceler;
    }

    @Override
    String describe() {
      return "with " + key;
    }
  }
}
