package dev.runnel.sync;

import dev.runnel.internal.channel.Wait;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parkable;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Served;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.park.Waiters;
import dev.runnel.internal.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The state of a read-write mutex, and how readers and writers share it.
 *
 * <h2>How it works</h2>
 *
 * Writers first compete for a mutex of their own. Its owner, the one writer that counts, then
 * announces itself, which sends new readers into a queue, and waits for the readers inside to
 * leave; the last of them wakes it. One word of state holds the number of readers inside and two
 * bits:
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
class RWMutexCore {
  private static final int WRITING = 1 << 29;
  private static final int ANNOUNCED = 1 << 30;
  private static final int QUEUED = 1 << 31;
  private static final int READERS = WRITING - 1;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(RWMutexCore.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A wait for the writer to leave that nothing else will end. */
  private final class ReadClaim extends Node {

    ReadClaim() {
      super(WaitReason.RW_MUTEX_READ, RWMutexCore.this);
    }

    @Override
    public @Nullable Parkable heldBy() {
      return writers.holder();
    }
  }

  private final MutexCore writers = new MutexCore();

  /** The readers that wait. */
  private final Waiters waiters = new Waiters();

  /** The writer that waits for the readers to leave; only under the lock of the waiters. */
  private @Nullable Node draining;

  private volatile int state;

  /** Creates it unlocked. */
  RWMutexCore() {}

  /** Whether a writer is inside; may be out of date when this returns. */
  final boolean isWriteLocked() {
    return (state & WRITING) != 0;
  }

  /** How many readers are inside; may be out of date when this returns. */
  final int readers() {
    return state & READERS;
  }

  /** Locks for writing if nobody is inside. */
  final boolean tryAcquire() {
    if (!writers.tryAcquire()) {
      return false;
    }
    if (enterAtOnce()) {
      return true;
    }
    writers.release();
    return false;
  }

  /** Locks for writing, with everything that can cut the wait short; false if time ran out. */
  final boolean acquire(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    long start = nanos == Parker.FOREVER ? 0 : Clock.current().nanos();
    if (!writers.acquire(WaitReason.RW_MUTEX, this, ctx, nanos)) {
      return false;
    }
    if (enterAtOnce()) {
      return true;
    }
    long left = nanos == Parker.FOREVER ? nanos : nanos - (Clock.current().nanos() - start);
    Object cut = left <= 0 ? Waiter.TIMED_OUT : drain(true, ctx, left);
    if (cut == null) {
      return true;
    }
    writers.release();
    Wait.throwIfCutShort(cut, ctx);
    return false;
  }

  /** Locks for writing whatever interrupts come. */
  final void acquireWhateverComes() {
    writers.acquireWhateverComes(WaitReason.RW_MUTEX, this);
    if (!enterAtOnce()) {
      drain(false, null, Parker.FOREVER);
    }
  }

  /** Unlocks for writing; false if no writer is inside. */
  final boolean release() {
    if (!STATE.compareAndSet(this, ANNOUNCED | WRITING, 0) && !leave()) {
      return false;
    }
    writers.release();
    return true;
  }

  /** Goes inside if no reader is there. For the owner of the writers' mutex. */
  private boolean enterAtOnce() {
    return STATE.compareAndSet(this, 0, ANNOUNCED | WRITING);
  }

  /**
   * Waits for the readers inside to leave. For the owner of the writers' mutex.
   *
   * @return null if this writer is inside, else the outcome of a wait that was cut short
   */
  private @Nullable Object drain(boolean interruptible, @Nullable ContextNode ctx, long nanos) {
    Node node;
    Served readers;
    try {
      node = new Node(WaitReason.RW_MUTEX, this);
      readers = new Served(); // not later: there may be no memory for it then
    } catch (Throwable broken) {
      writers.release();
      throw broken;
    }
    announce(node);
    Object outcome;
    try {
      outcome = interruptible ? Wait.await(node, ctx, nanos) : Parker.awaitWhateverComes(node);
    } catch (Throwable broken) { // out of memory or stack
      withdraw(readers);
      writers.release();
      throw broken;
    }
    if (outcome == node) {
      enter();
      return null;
    }
    withdraw(readers);
    return outcome;
  }

  /** Keeps new readers out, and lets a wait be over when none is left inside. */
  private void announce(Node node) {
    waiters.lock();
    draining = node;
    waiters.unlock();
    int before = (int) STATE.getAndBitwiseOr(this, ANNOUNCED);
    if ((before & READERS) == 0) { // the last one left in between, and did not see this
      node.claim(node);
    }
  }

  /** Goes inside: no reader is left. */
  private void enter() {
    waiters.lock();
    draining = null;
    waiters.unlock();
    STATE.getAndBitwiseOr(this, WRITING);
  }

  /** Takes the announcement back: those who waited because of it go on. */
  private void withdraw(Served served) {
    waiters.lock();
    draining = null;
    admitReaders(served);
    waiters.unlock();
    served.wake();
  }

  /** Ends the writing, with readers in the queue; false if no writer is inside. */
  private boolean leave() {
    Served served = new Served();
    waiters.lock();
    boolean inside = isWriteLocked();
    if (inside) {
      admitReaders(served);
    }
    waiters.unlock();
    served.wake();
    return inside;
  }

  /** Lets all in who wait to read, and ends the announcement. Under the lock of the waiters. */
  private void admitReaders(Served served) {
    for (Node node; (node = waiters.queue.first()) != null; ) {
      STATE.getAndAdd(this, 1); // before the claim: after it, the reader may come and leave
      if (!served.serve(node)) {
        STATE.getAndAdd(this, -1);
      }
    }
    STATE.getAndBitwiseAnd(this, READERS);
  }

  /**
   * Locks for reading, unless a writer is inside or waits.
   *
   * @throws IllegalStateException if there are 2^29 - 1 readers already
   */
  final boolean tryAcquireRead() {
    for (int s; ((s = state) & ANNOUNCED) == 0; ) {
      if ((s & READERS) == READERS) {
        throw new IllegalStateException("an RWMutex can't have more than " + READERS + " readers");
      }
      if (STATE.compareAndSet(this, s, s + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Locks for reading, with everything that can cut the wait short; false if time ran out. */
  final boolean acquireRead(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (tryAcquireRead()) {
      return true;
    }
    Object cut = nanos <= 0 ? Waiter.TIMED_OUT : awaitWriter(true, ctx, nanos);
    if (cut != null) {
      Wait.throwIfCutShort(cut, ctx);
    }
    return cut == null;
  }

  /** Locks for reading whatever interrupts come. */
  final void acquireReadWhateverComes() {
    if (!tryAcquireRead()) {
      awaitWriter(false, null, Parker.FOREVER);
    }
  }

  /** Unlocks for reading; false if no reader is inside. */
  final boolean releaseRead() {
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
    return true;
  }

  /**
   * Waits for the writer to leave.
   *
   * @return null if this reader is inside, else the outcome of a wait that was cut short
   */
  private @Nullable Object awaitWriter(
      boolean interruptible, @Nullable ContextNode ctx, long nanos) {
    Node node =
        nanos == Parker.FOREVER && (ctx == null || ctx.deadline() == null)
            ? new ReadClaim()
            : new Node(WaitReason.RW_MUTEX_READ, this);
    if (!enqueue(node)) {
      return null;
    }
    Object outcome;
    try {
      outcome = interruptible ? Wait.await(node, ctx, nanos) : Parker.awaitWhateverComes(node);
    } catch (Throwable broken) { // out of memory or stack
      if (node.claim(Waiter.ABANDONED) == Waiter.LOST && node.outcome() == node) {
        releaseRead();
      } else {
        giveUp(node);
      }
      throw broken;
    }
    if (outcome == node) {
      return null;
    }
    giveUp(node);
    return outcome;
  }

  /** Joins the queue of the readers; false if the writer has gone meanwhile, and this is inside. */
  private boolean enqueue(Node node) {
    waiters.lock();
    try {
      while (!noteQueue()) {
        if (tryAcquireRead()) {
          return false;
        }
      }
      waiters.queue.add(node);
      return true;
    } finally {
      waiters.unlock();
    }
  }

  /** Notes that somebody is in the queue; false if there is no writer any more. */
  private boolean noteQueue() {
    for (int s; ((s = state) & ANNOUNCED) != 0; ) {
      if (STATE.compareAndSet(this, s, s | QUEUED)) {
        return true;
      }
    }
    return false;
  }

  private void giveUp(Node node) {
    waiters.lock();
    waiters.queue.remove(node);
    if (waiters.queue.isEmpty()) {
      STATE.getAndBitwiseAnd(this, ~QUEUED);
    }
    waiters.unlock();
  }

  /** Whether a writer waits for readers of which none is left. */
  private static boolean isDrained(int s) {
    return (s & (READERS | ANNOUNCED | WRITING)) == ANNOUNCED;
  }

  private void wakeWriter() {
    Served served = new Served();
    waiters.lock();
    Node writer = draining;
    if (writer != null && isDrained(state) && served.serve(writer)) {
      draining = null; // if the claim was lost, it is withdrawing, and says so itself
    }
    waiters.unlock();
    served.wake();
  }
}
