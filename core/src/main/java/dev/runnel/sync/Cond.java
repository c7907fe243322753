package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.internal.channel.Wait;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Sleepers;
import dev.runnel.internal.park.WaitReason;
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
 * <p>Origin in Go: {@code sync.Cond}. {@code AbstractQueuedSynchronizer.ConditionObject} is not
 * used because it parks by itself, where no tool could see the waiter.
 */
public final class Cond {
  private final Mutex mutex;
  private final Waiters waiters = new Waiters();

  private Cond(Mutex mutex) {
    this.mutex = mutex;
  }

  /**
   * Creates a condition.
   *
   * @param mutex the mutex that guards what the condition is about
   * @return the condition
   * @throws NullPointerException if the mutex is null
   */
  public static Cond of(Mutex mutex) {
    return new Cond(Objects.requireNonNull(mutex, "mutex"));
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
    if (!mutex.isLocked()) {
      throw new IllegalStateException("Cond.await needs its mutex locked");
    }
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Node node = enqueue();
    mutex.unlock();
    Object outcome = Wait.await(node, ctx, nanos);
    if (outcome != node) {
      waiters.lock();
      waiters.queue.remove(node);
      waiters.unlock();
    }
    mutex.lockWhateverComes();
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
    Node node = enqueue();
    mutex.unlock();
    Parker.awaitWhateverComes(node);
    mutex.lockWhateverComes();
  }

  private Node enqueue() {
    Node node = new Node(WaitReason.COND, this);
    waiters.lock();
    waiters.queue.add(node);
    waiters.unlock();
    return node;
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
    Sleepers sleepers = new Sleepers();
    waiters.lock();
    int woken = 0;
    for (Node node; woken < most && (node = waiters.queue.poll()) != null; ) {
      if (sleepers.claim(node)) {
        woken++;
      }
    }
    waiters.unlock();
    sleepers.wake();
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.COND_SIGNAL, this);
    }
  }

  @Override
  public String toString() {
    return "cond of " + mutex;
  }
}
