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
import java.util.concurrent.locks.ReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock that many readers or one writer can hold.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="rw-mutex"}
 *
 * <p>A writer that waits blocks new readers, so that readers can't keep it out for ever; when a
 * writer unlocks, the readers that waited go before the next writer. Neither side is reentrant: a
 * reader that locks for reading again may wait behind a writer that waits for it.
 *
 * <p>What a thread did before it unlocked <i>happens-before</i> what another does after a later
 * lock: writer to readers and writers, reader to writers.
 *
 * <p>Origin in Go: {@code sync.RWMutex}.
 *
 * <h2>How it works</h2>
 *
 * Writers first compete for a {@link Mutex}. Its owner then announces itself, which sends new
 * readers into a queue, and waits for the readers inside to leave; the last of them wakes it.
 * Everything but that mutex is under one short lock. {@code ReentrantReadWriteLock} parks by
 * itself, where no tool could see the waiter, and keeps a thread-local count for each reader.
 */
public final class RWMutex {
  private final Mutex writers = new Mutex();

  /** The readers that wait; its lock protects the other fields too. */
  private final Waiters waiters = new Waiters();

  private int readers;

  /** Whether a writer is inside, or waits for the readers to leave. */
  private boolean announced;

  /** The writer that waits for the readers to leave. */
  private @Nullable Node draining;

  /** Creates it unlocked. */
  public RWMutex() {}

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
    if (!writers.tryLock()) {
      return false;
    }
    waiters.lock();
    boolean free = readers == 0;
    if (free) {
      announced = true;
    }
    waiters.unlock();
    if (!free) {
      writers.unlock();
    }
    return free;
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
    long start = nanos == Parker.FOREVER ? 0 : Clock.current().nanos();
    if (!writers.lock(WaitReason.RW_MUTEX, ctx, nanos)) {
      return false;
    }
    boolean locked = false;
    try {
      long left = nanos == Parker.FOREVER ? nanos : nanos - (Clock.current().nanos() - start);
      locked = drain(ctx, left);
    } finally {
      if (!locked) {
        writers.unlock();
      }
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.LOCK, this);
    }
    return locked;
  }

  /** Announces the writer and waits for the readers inside to leave; false if time ran out. */
  private boolean drain(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    waiters.lock();
    boolean free = readers == 0;
    Node node = null;
    if (free || nanos > 0) {
      announced = true;
    }
    if (!free && nanos > 0) {
      node = new Node(WaitReason.RW_MUTEX, this);
      draining = node;
    }
    waiters.unlock();
    if (node == null) {
      return free;
    }
    Object outcome = Wait.await(node, ctx, nanos);
    if (outcome == node) {
      return true;
    }
    withdraw();
    Wait.throwIfCutShort(outcome, ctx);
    return false;
  }

  /** Takes the announcement back: those who waited because of it go on. */
  private void withdraw() {
    Sleepers sleepers = new Sleepers();
    waiters.lock();
    draining = null;
    announced = false;
    admitReaders(sleepers);
    waiters.unlock();
    sleepers.wake();
  }

  private void admitReaders(Sleepers sleepers) {
    for (Node node; (node = waiters.queue.poll()) != null; ) {
      if (sleepers.claim(node)) {
        readers++;
      }
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
    Sleepers sleepers = new Sleepers();
    waiters.lock();
    boolean held = announced && draining == null;
    if (held) {
      announced = false;
      admitReaders(sleepers);
    }
    waiters.unlock();
    if (held) {
      sleepers.wake();
      writers.unlock();
    }
    if (Hooks.OP != null) {
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
    waiters.lock();
    boolean free = !announced;
    if (free) {
      readers++;
    }
    waiters.unlock();
    return free;
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
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean locked = tryReadLock() || (nanos > 0 && awaitWriter(ctx, nanos));
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.READ_LOCK, this);
    }
    return locked;
  }

  private boolean awaitWriter(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    waiters.lock();
    Node node = null;
    if (announced) {
      node = new Node(WaitReason.RW_MUTEX_READ, this);
      waiters.queue.add(node);
    } else {
      readers++;
    }
    waiters.unlock();
    if (node == null) {
      return true;
    }
    Object outcome = Wait.await(node, ctx, nanos);
    if (outcome == node) {
      return true;
    }
    waiters.lock();
    waiters.queue.remove(node);
    waiters.unlock();
    Wait.throwIfCutShort(outcome, ctx);
    return false;
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
    Sleepers sleepers = null;
    waiters.lock();
    boolean held = readers > 0;
    if (held && --readers == 0 && draining != null) {
      sleepers = new Sleepers();
      if (sleepers.claim(draining)) {
        draining = null; // else it is withdrawing, and will say so itself
      }
    }
    waiters.unlock();
    if (sleepers != null) {
      sleepers.wake();
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.READ_UNLOCK, this);
    }
    return held;
  }

  /**
   * This mutex as a lock of {@code java.util.concurrent}.
   *
   * @return a view, without conditions, whose {@code unlock}s throw {@link
   *     IllegalMonitorStateException} if it is not locked
   */
  public ReadWriteLock asReadWriteLock() {
    return new RWMutexLocks(this);
  }

  @Override
  public String toString() {
    waiters.lock();
    String state = announced && draining == null ? "locked" : readers + " readers";
    waiters.unlock();
    return "rwmutex (" + state + ")";
  }
}
