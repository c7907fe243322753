package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.internal.channel.Wait;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Served;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.park.Waiters;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A condition: a place where goroutines wait, holding a mutex before and after but not meanwhile,
 * until another says that something has changed.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="cond"}
 *
 * <p>Waiters are signalled first come, first served, and are never woken without a signal; still,
 * test the condition in a loop, because another goroutine may come between the signal and the
 * mutex. A signal is never lost on a waiter that gives up: it goes to the next.
 *
 * <p>What a thread did before {@link #signal} or {@link #broadcast} <i>happens-before</i> the
 * return of the await that this woke.
 *
 * <p>Often a channel says it better: close one to broadcast, send on one to signal.
 *
 * <p>Origin in Go: {@code sync.Cond}.
 *
 * <h2>How it works</h2>
 *
 * A queue of waiters under a short lock of its own, so that signalling needs no mutex. A waiter
 * joins it while it still holds the mutex: whoever changes the condition under the mutex, and then
 * signals, finds it there. A signal, an interrupt, the end of the context and the end of the time
 * compete for the waiter by one compare-and-set; a signal that loses goes on to the next waiter, so
 * none is swallowed, and none wakes a waiter without being meant for it.
 *
 * <p><b>Memory ordering.</b> That compare-and-set is volatile, and so is the waiter's read of its
 * outcome: what came before the signal is seen after it, even by a waiter signalled by a thread
 * that does not hold the mutex.
 *
 * <p>{@code AbstractQueuedSynchronizer.ConditionObject} is not used because it parks by itself,
 * where no tool could see the waiter, and lets spurious wake-ups through.
 */
public final class Cond {
  private final Guard guard;
  private final Waiters waiters = new Waiters();

  Cond(Guard guard) {
    this.guard = guard;
    Hooks.made(this);
  }

  /**
   * Creates a condition.
   *
   * @param mutex the mutex that guards what the condition is about
   * @return the condition
   * @throws NullPointerException if the mutex is null
   */
  public static Cond of(Mutex mutex) {
    return new Cond(Objects.requireNonNull(mutex, "mutex").guard());
  }

  /**
   * Unlocks the mutex, waits for a signal, and locks the mutex again, before returning or throwing.
   *
   * @throws IllegalStateException if the mutex is not locked
   * @throws InterruptedException if the thread is interrupted on entry or while waiting for a
   *     signal; the mutex is held then too
   */
  public void await() throws InterruptedException {
    await(null, Parker.FOREVER);
  }

  /**
   * Waits for a signal as {@link #await()}, giving up when a context ends.
   *
   * @param ctx the context to watch
   * @throws dev.runnel.ContextException if the context has ended, or ends while this waits for a
   *     signal; the mutex is held then too
   * @throws IllegalStateException if the mutex is not locked
   * @throws InterruptedException as {@link #await()}
   * @throws NullPointerException if the context is null
   */
  public void await(Context ctx) throws InterruptedException {
    await((ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
  }

  /**
   * Waits for a signal as {@link #await()}, but no longer than a given time.
   *
   * @param atMost how long to wait for a signal; zero or negative: not at all
   * @return whether there was a signal; the mutex is held in either case
   * @throws IllegalStateException if the mutex is not locked
   * @throws InterruptedException as {@link #await()}
   * @throws NullPointerException if the duration is null
   */
  public boolean await(Duration atMost) throws InterruptedException {
    return await(null, Clock.nanos(atMost));
  }

  private boolean await(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.COND_AWAIT, this);
    }
    if (!isGuarded()) {
      throw notGuarded();
    }
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Node node = enqueue();
    Object outcome = Waiter.ABANDONED;
    try {
      outcome = Wait.await(node, ctx, nanos);
    } finally {
      leave(node, outcome);
    }
    if (outcome != node) {
      Wait.throwIfCutShort(outcome, ctx);
      return false;
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.COND_AWAIT, this);
    }
    return true;
  }

  /** Waits for a signal whatever interrupts come; their flag is set afterwards. */
  void awaitWhateverComes() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.COND_AWAIT, this);
    }
    Node node = enqueue();
    Object outcome = Waiter.ABANDONED;
    try {
      outcome = Parker.awaitWhateverComes(node);
    } finally {
      leave(node, outcome);
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.COND_AWAIT, this);
    }
  }

  /** Whether the mutex is locked; by whom, it does not know. */
  boolean isGuarded() {
    return guard.isLocked();
  }

  private static IllegalStateException notGuarded() {
    return new IllegalStateException("Cond.await needs its mutex locked");
  }

  /** Joins the queue, and then unlocks the mutex. */
  private Node enqueue() {
    Node node = new Node(WaitReason.COND, this);
    waiters.lock();
    waiters.queue.add(node);
    waiters.unlock();
    boolean unlocked = false;
    try {
      guard.unlock();
      unlocked = true;
    } finally {
      if (!unlocked) {
        abandon(node);
      }
    }
    return node;
  }

  /** Ends a wait, and locks the mutex again. */
  private void leave(Node node, Object outcome) {
    if (outcome == Waiter.ABANDONED) {
      abandon(node);
    } else if (outcome != node) {
      forget(node);
    }
    guard.lockWhateverComes();
  }

  /** Ends a wait that broke off, or did not begin; if it has a signal already, that goes on. */
  private void abandon(Node node) {
    if (node.claim(Waiter.ABANDONED) == Waiter.LOST && node.outcome() == node) {
      wake(1);
    }
    forget(node);
  }

  private void forget(Node node) {
    waiters.lock();
    waiters.queue.remove(node);
    waiters.unlock();
  }

  /** Wakes the longest-waiting goroutine, if there is one. The mutex need not be held. */
  public void signal() {
    wake(1);
  }

  /** Wakes all waiting goroutines. The mutex need not be held. */
  public void broadcast() {
    wake(Integer.MAX_VALUE);
  }

  private void wake(int most) {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.COND_SIGNAL, this);
    }
    Served served = new Served();
    waiters.lock();
    int woken = 0;
    for (Node node; woken < most && (node = waiters.queue.first()) != null; ) {
      if (served.serve(node)) {
        woken++;
      }
    }
    waiters.unlock();
    served.wake();
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.COND_SIGNAL, this);
    }
  }

  @Override
  public String toString() {
    return "cond of " + guard;
  }
}
