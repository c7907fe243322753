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
 * Go has a mode for starving, in which newcomers queue up without trying. Here they may try, but
 * find LOCKED set as long as it is handed from one starving waiter to the next, which comes to the
 * same.
 *
 * <p><b>No wake-up is lost.</b> A thread enters the queue only in a state that is LOCKED, by a
 * compare-and-set under the queue's lock that sets WAITERS; so the unlock that follows sees
 * WAITERS. AWAKE is cleared by the thread that it stands for, when it locks or waits again; one
 * that gives up does so from the queue, where AWAKE does not stand for it. Whoever wakes a waiter
 * and finds that it has just given up goes on to the next.
 *
 * <p><b>Memory ordering.</b> The state is taken and given back by volatile compare-and-sets; when
 * it is handed over instead, {@code owner} is written before the claim of the waiter and read after
 * it. Both give unlock happens-before the next lock.
 *
 * <p>{@code AbstractQueuedSynchronizer} would do most of this, but parks by itself, where neither
 * virtual time nor deadlock detection could see the waiter, and can't be told of a context's end.
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
    /** When it first found the lock taken, in nanoseconds of the clock. */
    final long since;

    /** Whether it was woken as the owner; written before the claim. */
    boolean owner;

    Claim(WaitReason reason, Object blocker, long since) {
      super(reason, blocker);
      this.since = since;
    }
  }

  /** This lock, as its conditions need it. */
  private record Guarding(Mutex mutex) implements Guard {

    @Override
    public boolean isLocked() {
      return mutex.isLocked();
    }

    @Override
    public void unlock() {
      mutex.unlock();
    }

    @Override
    public void lockWhateverComes() {
      mutex.lockWhateverComes();
    }

    @Override
    public String toString() {
      return mutex.toString();
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
    lock(null, Parker.FOREVER);
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
    lock((ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
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
    boolean locked = tryAcquire();
    if (locked && Hooks.OP != null) {
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
    return lock(null, Clock.nanos(atMost));
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
    release();
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

  /** This lock for a condition. */
  Guard guard() {
    return new Guarding(this);
  }

  /** Whether somebody holds it; may be out of date when this returns. */
  boolean isLocked() {
    return (state & LOCKED) != 0;
  }

  private boolean lock(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.LOCK, this);
    }
    boolean locked = acquire(WaitReason.MUTEX, this, ctx, nanos);
    if (locked && Hooks.OP != null) {
      Hooks.OP.after(Op.LOCK, this);
    }
    return locked;
  }

  /** Locks whatever interrupts come; their flag is set afterwards. */
  void lockWhateverComes() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.LOCK, this);
    }
    acquireWhateverComes(WaitReason.MUTEX, this);
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.LOCK, this);
    }
  }

  // The same without hooks, for locks that are made of this one.

  /**
   * Locks, with everything that can cut the wait short.
   *
   * @param reason why, for dumps
   * @param blocker on what, for dumps
   * @return false if time ran out
   */
  boolean acquire(WaitReason reason, Object blocker, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (STATE.compareAndSet(this, 0, LOCKED)) {
      return true;
    }
    Object cut = contend(reason, blocker, true, ctx, nanos);
    if (cut != null) {
      Wait.throwIfCutShort(cut, ctx);
    }
    return cut == null;
  }

  /** Locks whatever interrupts come. */
  void acquireWhateverComes(WaitReason reason, Object blocker) {
    if (!STATE.compareAndSet(this, 0, LOCKED)) {
      contend(reason, blocker, false, null, Parker.FOREVER);
    }
  }

  /** Locks if it is unlocked now. */
  boolean tryAcquire() {
    for (int s; ((s = state) & LOCKED) == 0; ) {
      if (STATE.compareAndSet(this, s, s | LOCKED)) {
        return true;
      }
    }
    return false;
  }

  /** Unlocks. */
  void release() {
    if (!STATE.compareAndSet(this, LOCKED, 0)) {
      releaseWithWaiters();
    }
  }

  /**
   * Competes for the lock, with newcomers and waiters.
   *
   * @return null if it was locked, else the outcome of a wait that was cut short
   */
  private @Nullable Object contend(
      WaitReason reason,
      Object blocker,
      boolean interruptible,
      @Nullable ContextNode ctx,
      long nanos) {
    boolean waited = false;
    boolean awake = false;
    long start = 0;
    for (int spins = 0; ; ) {
      int s = state;
      if ((s & LOCKED) == 0) {
        if (STATE.compareAndSet(this, s, (awake ? s & ~AWAKE : s) | LOCKED)) {
          return null;
        }
      } else if (spins < SPINS && Hooks.PARK == null) {
        spins++;
        Thread.onSpinWait();
      } else {
        if (nanos <= 0) {
          return Waiter.TIMED_OUT;
        }
        long now = Clock.current().nanos();
        if (!waited) {
          start = now;
          waited = true;
        }
        Claim claim = new Claim(reason, blocker, start);
        if (!enqueue(claim, awake)) {
          continue; // it was unlocked meanwhile
        }
        if (interruptible) {
          long left = nanos == Parker.FOREVER ? nanos : nanos - (now - start);
          Object outcome = Wait.await(claim, ctx, left);
          if (outcome != claim) {
            giveUp(claim);
            return outcome;
          }
        } else {
          Parker.awaitWhateverComes(claim);
        }
        if (claim.owner) {
          return null;
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

  private void releaseWithWaiters() {
    for (int s; ((s = state) & LOCKED) != 0; ) {
      if ((s & WAITERS) == 0 || (s & AWAKE) != 0) {
        if (STATE.compareAndSet(this, s, s & ~LOCKED)) {
          return;
        }
      } else if (passOn()) {
        return;
      }
    }
    throw new IllegalStateException("unlock of unlocked mutex");
  }

  /**
   * Unlocks with somebody in the queue: wakes the first, or makes it the owner if it starves.
   *
   * @return false if the state has changed, and this has done nothing
   */
  private boolean passOn() {
    Thread sleeper = null;
    waiters.lock();
    int s = state;
    if ((s & LOCKED) == 0 || (s & AWAKE) != 0) {
      waiters.unlock();
      return false; // two threads unlock at once, which only a mistake can bring about
    }
    boolean given = false;
    boolean served = false;
    long now = Clock.current().nanos();
    for (Node node; !served && (node = waiters.queue.poll()) != null; ) {
      Claim claim = (Claim) node;
      claim.owner = !given && now - claim.since > STARVING_NANOS;
      if (!claim.owner && !given) {
        // Before the claim: the woken thread competes at once, and clears AWAKE when it does.
        give(AWAKE);
        given = true;
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
      if (given) {
        clear(AWAKE);
      } else {
        give(0);
      }
    }
    waiters.unlock();
    if (sleeper != null) {
      Parker.unpark(sleeper);
    }
    return true;
  }

  /** Gives LOCKED back and sets other bits in one step. */
  private void give(int set) {
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
