package dev.runnel.internal.context;

import dev.runnel.CancelContext;
import dev.runnel.Overflow;
import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.channel.Ending;
import dev.runnel.internal.hook.Flight;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.SpinLock;
import dev.runnel.internal.park.Uncaught;
import dev.runnel.internal.time.Alarm;
import dev.runnel.internal.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A context that can end.
 *
 * <h2>How it works</h2>
 *
 * The end is one field, written once under the lock. In the same critical section the list of links
 * is taken away; from then on nobody touches it but the ending thread, because {@link #add} and
 * {@link #remove} look at the end first. That thread then closes the done channel and tells each
 * link, without the lock. Child contexts are not told by recursion but chained up as work to do,
 * through the links that they were in their parent's list by, so that a tree of any size needs
 * neither stack nor memory. What a link throws (an interrupt closes NIO channels, which is code of
 * others) does not keep the rest from being told.
 *
 * <p>The done channel is made when first asked for. Whoever ends the context writes the end and
 * then looks for the channel, whoever makes the channel puts it up and then looks for the end, both
 * with volatile accesses: at least one sees the other, and closes it. And whoever sees the end
 * helps to close it before saying so, which makes "err is not null" imply "done is closed".
 *
 * <p>When a context ends it leaves its parent's list, so that a long-lived parent does not remember
 * short-lived children.
 */
public final class CancelNode extends ContextNode implements CancelContext {

  /** The lock of this node, on its own because the superclass is taken. */
  private static final class Lock extends SpinLock {}

  /** A child's place in the list of its parent. */
  private static final class Child extends Link {
    final CancelNode node;

    Child(CancelNode node) {
      this.node = node;
    }

    @Override
    protected void contextEnded() {
      node.inheritEnd();
    }
  }

  private static final VarHandle GATE;

  static {
    try {
      GATE = MethodHandles.lookup().findVarHandle(CancelNode.class, "gate", Channel.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Lock lock = new Lock();
  private final @Nullable Instant deadline;

  /**
   * When the deadline passes, as {@link Clock#nanos} tells it: what setting the clock can't move.
   */
  private final long endsAt;

  private final Child place = new Child(this);
  private @Nullable Link links;
  private Alarm alarm = Alarm.NONE;
  private volatile @Nullable End end;
  private volatile @Nullable Channel<Void> gate;

  /** Creates one that ends when its parent does. */
  CancelNode(ContextNode parent) {
    super(parent);
    CancelNode above = parent.canceler();
    this.deadline = above == null ? null : above.deadline;
    this.endsAt = above == null ? 0 : above.endsAt;
  }

  /** Creates one with a deadline of its own, to be {@linkplain #endIn set}. */
  CancelNode(ContextNode parent, Instant deadline, long nanos) {
    super(parent);
    this.deadline = deadline;
    this.endsAt = Clock.current().nanos() + nanos; // may wrap round, and back in nanosLeft
  }

  /** How long until the deadline; {@link Long#MAX_VALUE} if there is none. */
  long nanosLeft() {
    return deadline == null ? Long.MAX_VALUE : endsAt - Clock.current().nanos();
  }

  CancelNode joinParent() {
    parentNode().tell(place);
    return this;
  }

  private ContextNode parentNode() {
    ContextNode parent = parent();
    if (parent == null) {
      throw new AssertionError("a cancel context has a parent");
    }
    return parent;
  }

  private void inheritEnd() {
    CancelNode ancestor = parentNode().canceler();
    End inherited = ancestor == null ? null : ancestor.end;
    if (inherited != null) {
      end(inherited);
    }
  }

  /** Sets the alarm that ends this context. */
  void endIn(long nanos, End reason) {
    if (nanos <= 0) {
      end(reason);
      return;
    }
    if (nanos == Long.MAX_VALUE) {
      return;
    }
    Alarm set = Clock.current().schedule(nanos, () -> end(reason));
    lock.lock();
    boolean tooLate = end != null;
    if (!tooLate) {
      alarm = set;
    }
    lock.unlock();
    if (tooLate) {
      set.cancel();
    }
  }

  @Override
  CancelNode canceler() {
    return this;
  }

  @Override
  public @Nullable Instant deadline() {
    return deadline;
  }

  /** How this context ended, with the done channel closed; null if it has not. */
  @Nullable End end() {
    End e = end;
    if (e != null) {
      Channel<Void> g = gate;
      if (g != null && g.ended() == null) {
        g.end(Ending.CLOSED);
      }
    }
    return e;
  }

  Channel<Void> gate() {
    Channel<Void> g = gate;
    if (g == null) {
      Channel<Void> fresh = new Channel<>(0, Overflow.SUSPEND);
      g = GATE.compareAndSet(this, null, fresh) ? fresh : Objects.requireNonNull(gate);
    }
    end(); // closes it, if there is one
    return g;
  }

  /** Adds a link; false if this context has ended. */
  boolean add(Link link) {
    lock.lock();
    boolean open = end == null;
    if (open) {
      Link first = links;
      link.next = first;
      if (first != null) {
        first.previous = link;
      }
      links = link;
      link.linked = true;
    }
    lock.unlock();
    return open;
  }

  /** Removes a link, unless this context has ended and its links are being told. */
  void remove(Link link) {
    lock.lock();
    if (end == null && link.linked) {
      link.linked = false;
      Link before = link.previous;
      Link after = link.next;
      if (before == null) {
        links = after;
      } else {
        before.next = after;
      }
      if (after != null) {
        after.previous = before;
      }
      link.previous = null;
      link.next = null;
    }
    lock.unlock();
  }

  @Override
  public void cancel() {
    cancel(null);
  }

  @Override
  public void cancel(@Nullable Throwable cause) {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.CONTEXT_CANCEL, this);
    }
    end(End.canceled(cause));
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.CONTEXT_CANCEL, this);
    }
  }

  @Override
  public void close() {
    cancel();
  }

  private void end(End reason) {
    if (end != null) {
      return;
    }
    Work work = new Work();
    if (endAlone(reason, work)) {
      Flight flight = Flight.current();
      if (flight != null) {
        flight.cancels(this, reason.late(), reason.cause());
      }
      parentNode().untell(place);
      for (Child child; (child = work.poll()) != null; ) {
        child.node.endAlone(reason, work);
      }
    }
  }

  /** Ends this context and tells its links, but leaves its child contexts as work to do. */
  private boolean endAlone(End reason, Work work) {
    lock.lock();
    if (end != null) {
      lock.unlock();
      return false;
    }
    end = reason;
    Link link = links;
    links = null;
    Alarm set = alarm;
    alarm = Alarm.NONE;
    lock.unlock();
    end(); // closes the gate
    set.cancel();
    while (link != null) {
      Link next = link.next;
      link.previous = null; // so that no sibling keeps another in memory
      link.next = null;
      if (link instanceof Child child) {
        work.add(child);
      } else {
        announceTo(link);
      }
      link = next;
    }
    return true;
  }

  private static void announceTo(Link link) {
    try {
      link.contextEnded();
    } catch (Throwable thrown) {
      Uncaught.report(thrown);
    }
  }

  /** The contexts that are still to be ended: a stack, chained through their links. */
  private static final class Work {
    private @Nullable Link top;

    void add(Child child) {
      child.next = top;
      top = child;
    }

    @Nullable Child poll() {
      Link taken = top;
      if (taken == null) {
        return null;
      }
      top = taken.next;
      taken.next = null;
      return (Child) taken;
    }
  }

  @Override
  String describe() {
    End e = end;
    String until = deadline == null ? "" : " until " + deadline;
    return "with cancel" + until + (e == null ? "" : e.late() ? ", late" : ", canceled");
  }
}
