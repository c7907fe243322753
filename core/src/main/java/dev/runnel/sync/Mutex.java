package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.internal.channel.Wait;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.park.Waiters;
import dev.runnel.internal.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A mutual exclusion lock.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="mutex"}
 *
 * <p>It is not reentrant: a goroutine that locks it twice waits for itself for ever. It belongs to
 * nobody: one goroutine may lock it and another unlock it. Waiting can be cut short by an
 * interrupt, a context or a duration.
 *
 * <p>It lets newcomers barge in, which is fast, but not past a waiter that has waited for more than
 * a millisecond: that one gets the lock handed over.
 *
 * <p>What a thread did before {@link #unlock} <i>happens-before</i> what another does after the
 * next lock.
 *
 * <p>Origin in Go: {@code sync.Mutex}, with its starvation mode.
 *
 * <h2>How it works</h2>
 *
 * Three bits of state. LOCKED is taken and given back by compare-and-set, and that is all while
 * nobody waits. WAITERS says that the queue is not empty, and changes only under the queue's lock.
 * AWAKE says that a waiter has been woken and is competing, so that unlocking need not wake
 * another.
 *
 * <pre>
 *   unlock, a waiter in the queue, none awake:
 *     waited up to 1 ms:  give LOCKED back, set AWAKE, wake the first; it competes with newcomers,
 *                         and if it loses, clears AWAKE and waits again, as the first
 *     waited longer:      keep LOCKED, and wake the first as its owner
 * </pre>
 *
 * No wake-up is lost: a thread enters the queue only in a state that is LOCKED, by a
 * compare-and-set under the queue's lock that sets WAITERS; so the unlock that follows sees
 * WAITERS. AWAKE is cleared by the thread that it stands for, when it locks or waits again; one
 * that gives up does so from the queue, where AWAKE does not stand for it.
 *
 * <p>{@code AbstractQueuedSynchronizer} would do most of this, but parks by itself, where neither
 * virtual time nor deadlock detection could see the waiter.
 */
public final class Mutex {
  private static final int LOCKED = 1;
  private static final int WAITERS = 2;
  private static final int AWAKE = 4;

  /** How long a waiter lets others barge in. */
  private static final long STARVING_NANOS = 1_000_000;

  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 120 : 0;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Mutex.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A wait for this lock. */
  private static final class Claim extends Node {
    final long since;

    /** Whether it was woken as the owner; written before the claim. */
    boolean owner;

    Claim(Mutex mutex, WaitReason reason, long since) {
      super(reason, mutex);
      this.since = since;
    }
  }

  private final Waiters waiters = new Waiters();
  private volatile int state;

  /** Creates it unlocked. */
  public Mutex() {}

  /**
   * Locks, waiting until it is unlocked.
   *
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; it does
   *     not hold the lock then
   */
  public void lock() throws InterruptedException {
    lock(WaitReason.MUTEX, null, Parker.FOREVER);
  }

  /**
   * Locks, giving up when a context ends.
   *
   * @param ctx the context to watch
   * @throws dev.runnel.ContextException if the context has ended, even if this is unlocked, or ends
   *     while this waits
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the context is null
   */
  public void lock(Context ctx) throws InterruptedException {
    lock(WaitReason.MUTEX, (ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
  }

  /**
   * Locks if it is unlocked now.
   *
   * @return whether it was locked
   */
  public boolean tryLock() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TRY_LOCK, this);
    }
    boolean locked = false;
    for (int s = state; !locked && (s & LOCKED) == 0; s = state) {
      locked = STATE.compareAndSet(this, s, s | LOCKED);
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.TRY_LOCK, this);
    }
    return locked;
  }

  /**
   * Locks, waiting no longer than a given time.
   *
   * @param atMost how long; zero or negative: not at all
   * @return whether it was locked
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the duration is null
   */
  public boolean tryLock(Duration atMost) throws InterruptedException {
    return lock(WaitReason.MUTEX, null, Clock.nanos(atMost));
  }

  /**
   * Locks, for a {@code try} statement that unlocks.
   *
   * @return what unlocks
   * @throws InterruptedException as {@link #lock()}
   */
  public Held hold() throws InterruptedException {
    lock();
    return new Held(this::unlock);
  }

  /**
   * Locks, giving up when a context ends, for a {@code try} statement that unlocks.
   *
   * @param ctx the context to watch
   * @return what unlocks
   * @throws dev.runnel.ContextException as {@link #lock(Context)}
   * @throws InterruptedException as {@link #lock(Context)}
   */
  public Held hold(Context ctx) throws InterruptedException {
    lock(ctx);
    return new Held(this::unlock);
  }

  /**
   * Unlocks. Any thread may, whoever locked.
   *
   * @throws IllegalStateException if it is not locked
   */
  public void unlock() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.UNLOCK, this);
    }
    if (!STATE.compareAndSet(this, LOCKED, 0)) {
      unlockWithWaiters();
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.UNLOCK, this);
    }
  }

  /**
   * This mutex as a lock of {@code java.util.concurrent}, with conditions.
   *
   * @return a view, whose {@code unlock} throws {@link IllegalMonitorStateException} if it is not
   *     locked
   */
  public Lock asLock() {
    return new MutexLock(this);
  }

  /** Whether somebody holds it; may be out of date when this returns. */
  boolean isLocked() {
    return (state & LOCKED) != 0;
  }

  /** Locks, with everything that can cut the wait short; false if time ran out. */
  boolean lock(WaitReason reason, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.LOCK, this);
    }
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean locked = STATE.compareAndSet(this, 0, LOCKED) || contend(reason, ctx, nanos);
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.LOCK, this);
    }
    return locked;
  }

  /** Locks whatever interrupts come; their flag is set afterwards. */
  void lockWhateverComes() {
    boolean interrupted = false;
    boolean locked = tryLock();
    while (!locked) {
      try {
        locked = contend(WaitReason.MUTEX, null, Parker.FOREVER);
      } catch (InterruptedException e) {
        interrupted = true; // put back below
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Competes for the lock, with newcomers and waiters; false if time ran out. */
  private boolean contend(WaitReason reason, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    Claim claim = null;
    boolean awake = false;
    long start = 0;
    for (int spins = 0; ; ) {
      int s = state;
      if ((s & LOCKED) == 0) {
        if (STATE.compareAndSet(this, s, (awake ? s & ~AWAKE : s) | LOCKED)) {
          return true;
        }
      } else if (spins < SPINS && Hooks.PARK == null) {
        spins++;
        Thread.onSpinWait();
      } else {
        if (nanos <= 0) {
          return false;
        }
        long now = Clock.current().nanos();
        if (claim == null) {
          start = now;
        }
        claim = new Claim(this, reason, start);
        if (!enqueue(claim, awake)) {
          continue; // it was unlocked meanwhile
        }
        long left = nanos == Parker.FOREVER ? nanos : nanos - (now - start);
        Object outcome = Wait.await(claim, ctx, left);
        if (outcome != claim) {
          giveUp(claim);
          Wait.throwIfCutShort(outcome, ctx);
          return false;
        }
        if (claim.owner) {
          return true;
        }
        awake = true;
        spins = 0;
      }
    }
  }

  /** Joins the queue, unless the lock is free; a waiter that was awake is first in it. */
  private boolean enqueue(Claim claim, boolean awake) {
    waiters.lock();
    int s = state;
    boolean queued =
        (s & LOCKED) != 0 && STATE.compareAndSet(this, s, (awake ? s & ~AWAKE : s) | WAITERS);
    if (queued && awake) {
      waiters.queue.addFirst(claim);
    } else if (queued) {
      waiters.queue.add(claim);
    }
    waiters.unlock();
    return queued;
  }

  private void giveUp(Claim claim) {
    waiters.lock();
    waiters.queue.remove(claim);
    if (waiters.queue.isEmpty()) {
      clear(WAITERS);
    }
    waiters.unlock();
  }

  private void clear(int bit) {
    STATE.getAndBitwiseAnd(this, ~bit);
  }

  private void unlockWithWaiters() {
    for (int s; ((s = state) & LOCKED) != 0; ) {
      if ((s & WAITERS) == 0 || (s & AWAKE) != 0) {
        if (STATE.compareAndSet(this, s, s & ~LOCKED)) {
          return;
        }
      } else {
        passOn();
        return;
      }
    }
    throw new IllegalStateException("unlock of unlocked mutex");
  }

  /** Unlocks with somebody in the queue: wakes the first, or makes it the owner if it starves. */
  private void passOn() {
    Thread sleeper = null;
    waiters.lock();
    boolean released = false;
    boolean served = false;
    long now = Clock.current().nanos();
    for (Node node; !served && (node = waiters.queue.poll()) != null; ) {
      Claim claim = (Claim) node;
      claim.owner = !released && now - claim.since > STARVING_NANOS;
      if (!claim.owner && !released) {
        // Before the claim: the woken thread competes at once, and clears AWAKE when it does.
        release(AWAKE);
        released = true;
      }
      int claimed = claim.claim(claim);
      served = claimed != Waiter.LOST;
      sleeper = claimed == Waiter.ASLEEP ? claim.thread() : null;
    }
    if (waiters.queue.isEmpty()) {
      clear(WAITERS);
    }
    if (!served) {
      // All had given up: nobody is awake, and nobody owns it.
      if (released) {
        clear(AWAKE);
      } else {
        release(0);
      }
    }
    waiters.unlock();
    if (sleeper != null) {
      Parker.unpark(sleeper);
    }
  }

  /** Gives LOCKED back and sets other bits in one step. */
  private void release(int set) {
    int s;
    do {
      s = state;
    } while (!STATE.compareAndSet(this, s, (s & ~LOCKED) | set));
  }

  @Override
  public String toString() {
    return "mutex (" + (isLocked() ? "locked" : "unlocked") + ")";
  }
}
