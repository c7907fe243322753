package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.time.Clock;
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
 * <p>It lets newcomers barge in, which is fast, but not for ever: a waiter that has waited for more
 * than a millisecond gets the lock handed over, and so do those behind it that came before then, in
 * their order. After that the others have a millisecond to themselves, at least.
 *
 * <p>What a thread did before {@link #unlock} <i>happens-before</i> what another does after the
 * next lock.
 *
 * <p>Origin in Go: {@code sync.Mutex}, with its starvation mode.
 */
public final class Mutex extends MutexCore {
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

  /** Creates it unlocked. */
  public Mutex() {
    Hooks.made(this);
  }

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
   * <p>Not for a loop that does nothing else: a virtual thread is never preempted, and such loops
   * may keep all carriers from the one goroutine that could unlock.
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
    if (!unlockIfHeld()) {
      throw new IllegalStateException("unlock of unlocked mutex");
    }
  }

  /** Unlocks; false if it was not locked. */
  boolean unlockIfHeld() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.UNLOCK, this);
    }
    boolean held = release();
    if (held && Hooks.OP != null) {
      Hooks.OP.after(Op.UNLOCK, this);
    }
    return held;
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

  @Override
  public String toString() {
    return "mutex (" + (isLocked() ? "locked" : "unlocked") + ")";
  }
}
