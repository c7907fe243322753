package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock that many readers or one writer can hold.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="rw-mutex"}
 *
 * <p>A writer that waits blocks new readers, so that readers can't keep it out for ever; when a
 * writer unlocks, the readers that waited go before the next writer. Neither side is reentrant: a
 * reader that locks for reading again may wait behind a writer that waits for it. It belongs to
 * nobody: one goroutine may lock it and another unlock it.
 *
 * <p>What a thread did before it unlocked <i>happens-before</i> what another does after a later
 * lock: writer to readers and writers, reader to writers.
 *
 * <p>Origin in Go: {@code sync.RWMutex}.
 */
public final class RWMutex extends RWMutexCore {
  /** The writer's side, as its conditions need it. */
  private record Guarding(RWMutex mutex) implements Guard {

    @Override
    public boolean isLocked() {
      return mutex.isWriteLocked();
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
  public RWMutex() {
    Hooks.made(this);
  }

  /**
   * Locks for writing, waiting until nobody holds it.
   *
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   */
  public void lock() throws InterruptedException {
    lock(null, Parker.FOREVER);
  }

  /**
   * Locks for writing, giving up when a context ends.
   *
   * @param ctx the context to watch
   * @throws dev.runnel.ContextException if the context has ended, or ends while this waits
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the context is null
   */
  public void lock(Context ctx) throws InterruptedException {
    lock((ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
  }

  /**
   * Locks for writing, waiting no longer than a given time.
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
   * Locks for writing if nobody holds it now.
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
   * Locks for writing, for a {@code try} statement that unlocks.
   *
   * @return what unlocks
   * @throws InterruptedException as {@link #lock()}
   */
  public Held hold() throws InterruptedException {
    lock();
    return new Held(this::unlock);
  }

  /**
   * Locks for writing, giving up when a context ends, for a {@code try} statement that unlocks.
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

  private boolean lock(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.LOCK, this);
    }
    boolean locked = acquire(ctx, nanos);
    if (locked && Hooks.OP != null) {
      Hooks.OP.after(Op.LOCK, this);
    }
    return locked;
  }

  /** Locks for writing whatever interrupts come; their flag is set afterwards. */
  void lockWhateverComes() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.LOCK, this);
    }
    acquireWhateverComes();
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.LOCK, this);
    }
  }

  /**
   * Unlocks for writing. Any thread may, whoever locked.
   *
   * @throws IllegalStateException if it is not locked for writing
   */
  public void unlock() {
    if (!unlockIfHeld()) {
      throw new IllegalStateException("unlock of unlocked rwmutex");
    }
  }

  /** Unlocks for writing; false if it was not locked so. */
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
   * Locks for reading, waiting while a writer holds it or waits for it.
   *
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   */
  public void readLock() throws InterruptedException {
    readLock(null, Parker.FOREVER);
  }

  /**
   * Locks for reading, giving up when a context ends.
   *
   * @param ctx the context to watch
   * @throws dev.runnel.ContextException if the context has ended, or ends while this waits
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the context is null
   */
  public void readLock(Context ctx) throws InterruptedException {
    readLock((ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
  }

  /**
   * Locks for reading, waiting no longer than a given time.
   *
   * @param atMost how long; zero or negative: not at all
   * @return whether it was locked
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the duration is null
   */
  public boolean tryReadLock(Duration atMost) throws InterruptedException {
    return readLock(null, Clock.nanos(atMost));
  }

  /**
   * Locks for reading if no writer holds it or waits for it now.
   *
   * @return whether it was locked
   */
  public boolean tryReadLock() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TRY_READ_LOCK, this);
    }
    boolean locked = tryAcquireRead();
    if (locked && Hooks.OP != null) {
      Hooks.OP.after(Op.TRY_READ_LOCK, this);
    }
    return locked;
  }

  /**
   * Locks for reading, for a {@code try} statement that unlocks.
   *
   * @return what unlocks
   * @throws InterruptedException as {@link #readLock()}
   */
  public Held readHold() throws InterruptedException {
    readLock();
    return new Held(this::readUnlock);
  }

  /**
   * Locks for reading, giving up when a context ends, for a {@code try} statement that unlocks.
   *
   * @param ctx the context to watch
   * @return what unlocks
   * @throws dev.runnel.ContextException as {@link #readLock(Context)}
   * @throws InterruptedException as {@link #readLock(Context)}
   */
  public Held readHold(Context ctx) throws InterruptedException {
    readLock(ctx);
    return new Held(this::readUnlock);
  }

  private boolean readLock(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.READ_LOCK, this);
    }
    boolean locked = acquireRead(ctx, nanos);
    if (locked && Hooks.OP != null) {
      Hooks.OP.after(Op.READ_LOCK, this);
    }
    return locked;
  }

  /** Locks for reading whatever interrupts come; their flag is set afterwards. */
  void readLockWhateverComes() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.READ_LOCK, this);
    }
    acquireReadWhateverComes();
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.READ_LOCK, this);
    }
  }

  /**
   * Unlocks for reading. Any thread may.
   *
   * @throws IllegalStateException if it is not locked for reading
   */
  public void readUnlock() {
    if (!readUnlockIfHeld()) {
      throw new IllegalStateException("read-unlock of an rwmutex that is not read-locked");
    }
  }

  /** Unlocks for reading; false if it was not locked so. */
  boolean readUnlockIfHeld() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.READ_UNLOCK, this);
    }
    boolean held = releaseRead();
    if (held && Hooks.OP != null) {
      Hooks.OP.after(Op.READ_UNLOCK, this);
    }
    return held;
  }

  /**
   * This mutex as a lock of {@code java.util.concurrent}.
   *
   * @return a view, whose {@code unlock}s throw {@link IllegalMonitorStateException} if it is not
   *     locked; its write lock has conditions, its read lock has none
   */
  public ReadWriteLock asReadWriteLock() {
    return new RWMutexLocks(this);
  }

  /** The writer's side for a condition. */
  Guard guard() {
    return new Guarding(this);
  }

  @Override
  public String toString() {
    return "rwmutex (" + (isWriteLocked() ? "locked" : readers() + " readers") + ")";
  }
}
