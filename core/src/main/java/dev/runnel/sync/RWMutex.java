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
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.park.Waiters;
import dev.runnel.internal.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
 *
 * <h2>How it works</h2>
 *
 * Writers first compete for a {@link Mutex}. Its owner, the one writer that counts, then announces
 * itself, which sends new readers into a queue, and waits for the readers inside to leave; the last
 * of them wakes it. One word of state holds the number of readers inside and two bits:
 *
 * <pre>
 *   0 .. n                readers come and go by compare-and-set
 *   ANNOUNCED + n         a writer waits for the n readers inside; new readers queue up
 *   ANNOUNCED + WRITING   the writer is inside
 * </pre>
 *
 * Readers join the queue under its lock, and only in a state that is ANNOUNCED; the bit is taken
 * away under the same lock, and all who are in the queue are let in with it. So no reader is left
 * behind. QUEUED says that somebody is in the queue: without it a writer leaves by one
 * compare-and-set.
 *
 * <p>The announcing writer puts its node up before it announces itself, and the last reader looks
 * for that node, under the lock, after it has left. It may be late: the writer it looks for has
 * given up, and another has come. So it wakes a writer only if the state then says that a writer
 * waits and no reader is inside; that is true of the other one, or it finds nothing to do.
 *
 * <p><b>Memory ordering.</b> The state changes by volatile compare-and-sets only. A writer that is
 * woken has the claim of its wait between the last reader and itself, a reader that is let in the
 * claim of its own.
 *
 * <p>{@code ReentrantReadWriteLock} parks by itself, where no tool could see the waiter, knows no
 * context, and keeps a thread-local count for each reader.
 */
public final class RWMutex {
  private static final int WRITING = 1 << 29;
  private static final int ANNOUNCED = 1 << 30;
  private static final int QUEUED = 1 << 31;
  private static final int READERS = WRITING - 1;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(RWMutex.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The writer's side, as its conditions need it. */
  private record Guarding(RWMutex mutex) implements Guard {

    @Override
    public boolean isLocked() {
      return (mutex.state & WRITING) != 0;
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

  private final Mutex writers = new Mutex();

  /** The readers that wait. */
  private final Waiters waiters = new Waiters();

  /** The writer that waits for the readers to leave; only under the lock of the waiters. */
  private @Nullable Node draining;

  private volatile int state;

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
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TRY_LOCK, this);
    }
    if (!writers.tryAcquire()) {
      return false;
    }
    if (!enterAtOnce()) {
      writers.release();
      return false;
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.TRY_LOCK, this);
    }
    return true;
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
    if (!writers.acquire(WaitReason.RW_MUTEX, this, ctx, nanos)) {
      return false;
    }
    if (!enterAtOnce()) {
      long left = nanos == Parker.FOREVER ? nanos : nanos - (Clock.current().nanos() - start);
      if (!drain(ctx, left)) {
        return false;
      }
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.LOCK, this);
    }
    return true;
  }

  /** Locks for writing whatever interrupts come; their flag is set afterwards. */
  void lockWhateverComes() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.LOCK, this);
    }
    writers.acquireWhateverComes(WaitReason.RW_MUTEX, this);
    if (!enterAtOnce()) {
      Parker.awaitWhateverComes(announce());
      enter();
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.LOCK, this);
    }
  }

  // The next five are for the owner of the writers' mutex only.

  /** Goes inside if no reader is there. */
  private boolean enterAtOnce() {
    return STATE.compareAndSet(this, 0, ANNOUNCED | WRITING);
  }

  /** Waits for the readers inside to leave; false, and the mutex given back, if time ran out. */
  private boolean drain(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    Object outcome = Waiter.TIMED_OUT;
    if (nanos > 0) {
      Node node = announce();
      outcome = Wait.await(node, ctx, nanos);
      if (outcome == node) {
        enter();
        return true;
      }
      withdraw();
    }
    writers.release();
    Wait.throwIfCutShort(outcome, ctx);
    return false;
  }

  /** Keeps new readers out; the wait that is over when none is left inside. */
  private Node announce() {
    Node node = new Node(WaitReason.RW_MUTEX, this);
    waiters.lock();
    draining = node;
    waiters.unlock();
    int before = (int) STATE.getAndBitwiseOr(this, ANNOUNCED);
    if ((before & READERS) == 0) { // the last one left in between, and did not see this
      node.claim(node);
    }
    return node;
  }

  /** Goes inside: no reader is left. */
  private void enter() {
    waiters.lock();
    draining = null;
    waiters.unlock();
    STATE.getAndBitwiseOr(this, WRITING);
  }

  /** Takes the announcement back: those who waited because of it go on. */
  private void withdraw() {
    Sleepers sleepers = new Sleepers();
    waiters.lock();
    draining = null;
    admitReaders(sleepers);
    waiters.unlock();
    sleepers.wake();
  }

  /** Lets all in who wait to read, and ends the announcement. Under the lock of the waiters. */
  private void admitReaders(Sleepers sleepers) {
    for (Node node; (node = waiters.queue.poll()) != null; ) {
      STATE.getAndAdd(this, 1); // before the claim: after it, the reader may come and leave
      if (!sleepers.claim(node)) {
        STATE.getAndAdd(this, -1);
      }
    }
    STATE.getAndBitwiseAnd(this, READERS);
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
    if (!STATE.compareAndSet(this, ANNOUNCED | WRITING, 0) && !leave()) {
      return false;
    }
    writers.release();
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.UNLOCK, this);
    }
    return true;
  }

  /** Ends the writing, with readers in the queue; false if there is no writer inside. */
  private boolean leave() {
    Sleepers sleepers = new Sleepers();
    waiters.lock();
    boolean inside = (state & WRITING) != 0;
    if (inside) {
      admitReaders(sleepers);
    }
    waiters.unlock();
    sleepers.wake();
    return inside;
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
    boolean locked = enterToRead();
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
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean locked = enterToRead() || (nanos > 0 && awaitWriter(ctx, nanos));
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
    if (!enterToRead()) {
      Node node = enterOrQueue();
      if (node != null) {
        Parker.awaitWhateverComes(node);
      }
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.READ_LOCK, this);
    }
  }

  /** Goes inside to read, unless a writer is there or waits. */
  private boolean enterToRead() {
    for (int s; ((s = state) & ANNOUNCED) == 0; ) {
      if (STATE.compareAndSet(this, s, oneMore(s))) {
        return true;
      }
    }
    return false;
  }

  private static int oneMore(int s) {
    if ((s & READERS) == READERS) {
      throw new IllegalStateException("an RWMutex can't have more than " + READERS + " readers");
    }
    return s + 1;
  }

  private boolean awaitWriter(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    Node node = enterOrQueue();
    if (node == null) {
      return true;
    }
    Object outcome = Wait.await(node, ctx, nanos);
    if (outcome == node) {
      return true;
    }
    waiters.lock();
    waiters.queue.remove(node);
    if (waiters.queue.isEmpty()) {
      STATE.getAndBitwiseAnd(this, ~QUEUED);
    }
    waiters.unlock();
    Wait.throwIfCutShort(outcome, ctx);
    return false;
  }

  /** Joins the queue of the readers and gives the wait; null if the writer has gone meanwhile. */
  private @Nullable Node enterOrQueue() {
    Node node = new Node(WaitReason.RW_MUTEX_READ, this);
    waiters.lock();
    boolean inside = enterToRead();
    while (!inside && !queued()) {
      inside = enterToRead();
    }
    if (!inside) {
      waiters.queue.add(node);
    }
    waiters.unlock();
    return inside ? null : node;
  }

  /** Notes that somebody is in the queue; false if there is no writer any more. */
  private boolean queued() {
    for (int s; ((s = state) & ANNOUNCED) != 0; ) {
      if (STATE.compareAndSet(this, s, s | QUEUED)) {
        return true;
      }
    }
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
    int s;
    do {
      s = state;
      if ((s & READERS) == 0) {
        return false;
      }
    } while (!STATE.compareAndSet(this, s, s - 1));
    if (isDrained(s - 1)) {
      wakeWriter();
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.READ_UNLOCK, this);
    }
    return true;
  }

  /** Whether a writer waits for readers of which none is left. */
  private static boolean isDrained(int s) {
    return (s & (READERS | ANNOUNCED | WRITING)) == ANNOUNCED;
  }

  private void wakeWriter() {
    Sleepers sleepers = new Sleepers();
    waiters.lock();
    Node writer = draining;
    if (writer != null && isDrained(state) && sleepers.claim(writer)) {
      draining = null; // if the claim was lost, it is withdrawing, and says so itself
    }
    waiters.unlock();
    sleepers.wake();
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
    int s = state;
    return "rwmutex (" + ((s & WRITING) != 0 ? "locked" : (s & READERS) + " readers") + ")";
  }
}
