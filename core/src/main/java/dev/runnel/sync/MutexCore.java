package dev.runnel.sync;

import dev.runnel.internal.channel.Wait;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.goroutine.Registry;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.goroutine.Track;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parkable;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.park.Waiters;
import dev.runnel.internal.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The state of a mutex, and how threads compete for it. It tells no {@code OpHook}, so that other
 * locks can be made of it.
 *
 * <h2>How it works</h2>
 *
 * Four bits of state. LOCKED is taken and given back by compare-and-set, and that is all while
 * nobody waits. WAITERS says that the queue is not empty, and changes only under the queue's lock.
 * AWAKE says that a waiter has been woken and is competing, so that unlocking need not wake
 * another. STARVING says that the lock is being handed over.
 *
 * <pre>
 *   unlock, a waiter in the queue, none awake:
 *     the first is not due: give LOCKED back, set AWAKE, wake the first; it competes with newcomers,
 *                           and if it loses, clears AWAKE and waits again, as the first
 *     the first is due:     keep LOCKED, and wake the first as its owner
 * </pre>
 *
 * The first waiter is due once it has waited for more than 1 ms. That begins a round, in which all
 * who came before it began are due, in their order. Between the last hand-over of one round and the
 * first of the next there is 1 ms at least: in a crowd everybody has waited for longer than that,
 * and a lock that is always handed over to a thread that still has to wake up is slow.
 *
 * <p>Go has a mode for starving, in which newcomers queue up without trying. Here they may try, but
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
class MutexCore {
  private static final int LOCKED = 1;
  private static final int WAITERS = 2;
  private static final int AWAKE = 4;
  private static final int STARVING = 8;

  /** How long a waiter lets others barge in. */
  private static final long STARVING_NANOS = 1_000_000;

  /**
   * How often a contender looks at the state before it joins the queue. It pauses in between, twice
   * as long each time: whoever looks takes the state's cache line from the one who works.
   */
  private static final int LOOKS = Runtime.getRuntime().availableProcessors() > 1 ? 7 : 0;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(MutexCore.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A wait for this lock. */
  private final class Claim extends Node {
    /** When it first found the lock taken, in nanoseconds of the clock. */
    final long since;

    /** Whether it was woken as the owner; written before the claim. */
    boolean owner;

    /** Whether its own time limit will end it. */
    private final boolean bounded;

    Claim(WaitReason reason, Object blocker, long since, boolean bounded) {
      super(reason, blocker);
      this.since = since;
      this.bounded = bounded;
    }

    @Override
    public @Nullable Parkable heldBy() {
      return bounded ? null : holder();
    }
  }

  private final Waiters waiters = new Waiters();

  /** When the last round of hand-overs began, and when it last went on; with the waiters' lock. */
  private long round;

  private long lastHandOver;

  /** Whether there has been a hand-over yet. */
  private boolean handedOver;

  private volatile int state;

  /**
   * Who holds it; null if that is not known. Only for those who look for deadlocks, and they look
   * twice: so a plain field, which costs the others nothing.
   */
  private @Nullable Track holder;

  /** Creates it unlocked. */
  MutexCore() {}

  /** Who holds it; null if that is not known. */
  final @Nullable Parkable holder() {
    Track noted = holder;
    return noted == null ? null : noted.get();
  }

  private void noteHolder() {
    if (Registry.tracking()) {
      Routine routine = Routine.current();
      holder = routine == null ? null : routine.track();
    }
  }

  /** Whether somebody holds it; may be out of date when this returns. */
  final boolean isLocked() {
    return (state & LOCKED) != 0;
  }

  /**
   * Locks, with everything that can cut the wait short.
   *
   * @param reason why, for dumps
   * @param blocker on what, for dumps
   * @return false if time ran out
   */
  final boolean acquire(WaitReason reason, Object blocker, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (tryAcquire()) {
      return true;
    }
    Object cut = contend(reason, blocker, true, ctx, nanos);
    if (cut != null) {
      Wait.throwIfCutShort(cut, ctx);
    }
    return cut == null;
  }

  /** Locks whatever interrupts come. */
  final void acquireWhateverComes(WaitReason reason, Object blocker) {
    if (!tryAcquire()) {
      contend(reason, blocker, false, null, Parker.FOREVER);
    }
  }

  /** Locks if it is unlocked now. */
  final boolean tryAcquire() {
    for (int s; ((s = state) & LOCKED) == 0; ) {
      if (STATE.compareAndSet(this, s, s | LOCKED)) {
        noteHolder();
        return true;
      }
    }
    return false;
  }

  /** Unlocks; false if it is not locked. */
  final boolean release() {
    if (holder != null) {
      holder = null;
    }
    return (state == LOCKED && STATE.compareAndSet(this, LOCKED, 0)) || releaseWithWaiters();
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
    boolean bounded = nanos != Parker.FOREVER || (ctx != null && ctx.deadline() != null);
    long start = 0;
    for (int looks = 0; ; ) {
      int s = state;
      if ((s & LOCKED) == 0) {
        if (STATE.compareAndSet(this, s, (awake ? s & ~AWAKE : s) | LOCKED)) {
          noteHolder();
          return null;
        }
      } else if (looks < LOOKS && (s & STARVING) == 0 && Hooks.PARK == null) {
        pause(1 << looks++);
      } else {
        if (nanos <= 0) {
          return Waiter.TIMED_OUT;
        }
        long now = Clock.current().nanos();
        if (!waited) {
          start = now;
          waited = true;
        }
        Claim claim = newClaim(reason, blocker, start, bounded, awake);
        if (!enqueue(claim, awake)) {
          continue; // it was unlocked meanwhile
        }
        long left = nanos == Parker.FOREVER ? nanos : nanos - (now - start);
        Object outcome = await(claim, interruptible, ctx, left);
        if (outcome != claim) {
          giveUp(claim);
          return outcome;
        }
        if (claim.owner) {
          noteHolder();
          return null;
        }
        awake = true;
        looks = 0;
      }
    }
  }

  private static void pause(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  /** A wait; if there is no memory for it, the thread that was awake competes no longer. */
  private Claim newClaim(
      WaitReason reason, Object blocker, long since, boolean bounded, boolean awake) {
    boolean made = false;
    try {
      Claim claim = new Claim(reason, blocker, since, bounded);
      made = true;
      return claim;
    } finally {
      if (!made && awake) {
        competeNoLonger();
      }
    }
  }

  private Object await(Claim claim, boolean interruptible, @Nullable ContextNode ctx, long nanos) {
    try {
      return interruptible ? Wait.await(claim, ctx, nanos) : Parker.awaitWhateverComes(claim);
    } catch (Throwable broken) {
      abandon(claim);
      throw broken;
    }
  }

  /** Ends a wait that broke off for want of memory or stack; what it was given goes on. */
  private void abandon(Claim claim) {
    if (claim.claim(Waiter.ABANDONED) != Waiter.LOST || claim.outcome() != claim) {
      giveUp(claim);
    } else if (claim.owner) {
      release();
    } else {
      competeNoLonger();
    }
  }

  /** A thread that was woken to compete leaves: another is to be woken in its place. */
  private void competeNoLonger() {
    clear(AWAKE); // the next unlock wakes another; if it was the last, this is that one
    if (tryAcquire()) {
      release();
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
      clear(WAITERS | STARVING);
    }
    waiters.unlock();
  }

  private void clear(int bits) {
    STATE.getAndBitwiseAnd(this, ~bits);
  }

  private boolean releaseWithWaiters() {
    for (int s; ((s = state) & LOCKED) != 0; ) {
      if ((s & WAITERS) == 0 || (s & AWAKE) != 0) {
        if (STATE.compareAndSet(this, s, s & ~LOCKED)) {
          return true;
        }
      } else if (passOn(Clock.current().nanos())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Unlocks with somebody in the queue: wakes the first, or makes it the owner if it is due.
   *
   * @param now the time, read before the queue's lock is taken: the clock may be a tool's
   * @return false if the state has changed, and this has done nothing
   */
  private boolean passOn(long now) {
    Thread sleeper = null;
    waiters.lock();
    int s = state;
    if ((s & LOCKED) == 0 || (s & AWAKE) != 0) {
      waiters.unlock();
      return false; // two threads unlock at once, which only a mistake can bring about
    }
    boolean given = false;
    boolean served = false;
    for (Node node; !served && (node = waiters.queue.first()) != null; ) {
      Claim claim = (Claim) node;
      claim.owner = !given && isDue(claim, now);
      if (claim.owner) {
        handOver(now);
      } else if (!given) {
        // Before the claim: the woken thread competes at once, and clears AWAKE when it does.
        give(AWAKE);
        given = true;
      }
      int claimed = claim.claim(claim);
      waiters.queue.remove(claim);
      served = claimed != Waiter.LOST;
      sleeper = claimed == Waiter.ASLEEP ? claim.thread() : null;
    }
    if (waiters.queue.isEmpty()) {
      clear(WAITERS | STARVING);
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

  /** Whether a waiter is to get the lock handed over. */
  private boolean isDue(Claim claim, long now) {
    if (now - claim.since <= STARVING_NANOS) {
      return false;
    }
    if ((state & STARVING) != 0) {
      return claim.since - round <= 0;
    }
    return !handedOver || now - lastHandOver > STARVING_NANOS;
  }

  private void handOver(long now) {
    int before = (int) STATE.getAndBitwiseOr(this, STARVING);
    if ((before & STARVING) == 0) {
      round = now;
    }
    handedOver = true;
    lastHandOver = now;
  }

  /** Gives LOCKED back, ends a round of hand-overs, and sets other bits, in one step. */
  private void give(int set) {
    int s;
    do {
      s = state;
    } while (!STATE.compareAndSet(this, s, (s & ~(LOCKED | STARVING)) | set));
  }
}
