package dev.runnel.internal.channel;

import dev.runnel.Overflow;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Patience;
import dev.runnel.internal.park.Patient;
import dev.runnel.internal.park.SpinLock;
import dev.runnel.internal.park.WaitQueue;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.park.Way;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The state of a channel, and every step it can take. All methods but those marked otherwise are
 * called with the channel's lock held, never block, and run no foreign code.
 *
 * <h2>How it works</h2>
 *
 * A ring of buffered values, a queue of waiting senders and one of waiting receivers, under one
 * short lock. The steps keep these invariants, where <i>open</i> means that nobody has decided the
 * wait yet:
 *
 * <ul>
 *   <li>an open receiver waits only if the ring is empty, no other select's open sender waits and
 *       the channel has not ended;
 *   <li>an open sender waits only if the ring is full and the channel has not ended, or is being
 *       told that it has ended.
 * </ul>
 *
 * (Only a select may wait on both sides of one channel; nobody else can then match it with itself,
 * because matching is done by the arriving side, which is not in a queue.)
 *
 * <p>A send therefore gives its value straight to the longest-waiting receiver if there is one,
 * else puts it into the ring if there is room, else waits. A receive takes the oldest buffered
 * value, and moves the longest-waiting sender's value into the place it left; with an empty ring it
 * takes the value from a waiting sender itself. Nothing ever overtakes a waiter.
 *
 * <p>Giving a value to a waiter is one compare-and-set on its {@link Waiter}, made under this
 * channel's lock. It fails if the waiter was interrupted, timed out, or (for a select) was served
 * by another channel in the same moment; the next waiter is then tried. So a value is delivered
 * exactly once or stays where it was.
 *
 * <h2>Waking</h2>
 *
 * A step that served a sleeping waiter leaves that waiter's thread in {@code toWake}; {@link
 * #release} unlocks first and unparks then, so that the woken thread does not run into the lock.
 *
 * <h2>A spare node</h2>
 *
 * A wait that was served leaves its node here for the next one, so that a hand-over allocates
 * nothing. That is safe because every step that touches a node in a queue has this lock, and the
 * owner puts a node away only when it is out of its queue, which is the last thing that is done to
 * it; who renews it then has this lock, and sees all of that. A node whose wait ended in another
 * way, or that an alarm or a tool may know, is not used again. One who puts a node away while
 * another takes one may lose his; that is garbage, no more.
 *
 * <h2>Running out of stack</h2>
 *
 * A recursion that is too deep most likely runs out of stack in the deepest thing it calls, which
 * may be a step of a channel; the others who use the channel must not suffer. So each step makes
 * its deepest call, the claim, before it changes anything: a node leaves its queue, and a value the
 * ring, only when that has returned. (A decided node that was left behind is taken out by whoever
 * comes by next, untouched, as its owner may be reading what it was given.) A wait that breaks off
 * is {@linkplain #abandon abandoned}, so that nothing is delivered to it.
 *
 * <h2>Memory ordering</h2>
 *
 * A buffered value passes from sender to receiver under the lock. A value handed over is written to
 * the waiter's node before the claim and read after it. Both give send happens-before receive; the
 * lock, or the claim of the waiting sender, gives the k-th receive happens-before the completion of
 * the (k+C)-th send. {@code ended} is written under the lock and may be read without it: a hint.
 *
 * <p>Origin in Go: {@code hchan} in {@code runtime/chan.go}.
 */
public abstract sealed class ChannelCore extends SpinLock implements Patient permits Channel {
  private static final AtomicLong LAST_ID = new AtomicLong();

  /** How many values must have passed before it is worth learning how to wait for more. */
  private static final int WORTH_LEARNING = 32;

  private final long id = LAST_ID.incrementAndGet();
  private final int capacity;
  private final Overflow overflow;
  private final WaitQueue senders = new WaitQueue();
  private final WaitQueue receivers = new WaitQueue();
  private @Nullable Ring ring;
  private volatile @Nullable Ending ended;
  private long dropped;
  private @Nullable Thread toWake;

  /** A node that its last owner has put away. Put here without the lock, taken with it. */
  private volatile @Nullable Node spare;

  /** How many values have been received, modulo 2<sup>32</sup>. A hint without the lock. */
  private int passed;

  private @Nullable Patience patience;

  ChannelCore(int capacity, Overflow overflow, @Nullable Ring ring) {
    this.capacity = capacity;
    this.overflow = overflow;
    this.ring = ring;
    Hooks.made(this);
  }

  /** The number of this channel, by which selects order their locks. Needs no lock. */
  public final long id() {
    return id;
  }

  /** How many values have been received, modulo 2<sup>32</sup>. A hint. Needs no lock. */
  public final int passed() {
    return passed;
  }

  /** How to wait for this channel. Needs no lock. */
  @Override
  public final Way way() {
    Patience p = patience;
    if (p != null) {
      return p.way(passed);
    }
    if (Integer.compareUnsigned(passed, WORTH_LEARNING) >= 0) {
      patience = new Patience(passed); // if two do, one is garbage
    }
    return Way.PARK;
  }

  /** How many values the ring may hold. Needs no lock. */
  public final int capacity() {
    return capacity;
  }

  /** How it ended; null while it is open. A hint without the lock, except that an end stays. */
  public final @Nullable Ending ended() {
    return ended;
  }

  /** Whether a value that was not taken has been dropped. Needs no lock. */
  public final boolean dropsLatest() {
    return overflow == Overflow.DROP_LATEST;
  }

  final int size() {
    Ring r = ring; // once: a guess may race with the first value
    return r == null ? 0 : r.size();
  }

  final long droppedSoFar() {
    return dropped;
  }

  /** Whether a send would complete, or fail, without waiting. */
  public final boolean sendReady() {
    return ended != null
        || size() < capacity
        || overflow != Overflow.SUSPEND
        || receivers.hasOpenWaiter();
  }

  /** Whether a receive would complete, or find the end, without waiting. */
  public final boolean receiveReady() {
    return size() > 0 || ended != null || senders.hasOpenWaiter();
  }

  /** A guess at {@link #sendReady}. Needs no lock. */
  public final boolean sendSeemsReady() {
    return ended != null
        || size() < capacity
        || overflow != Overflow.SUSPEND
        || !receivers.isEmpty();
  }

  /** A guess at {@link #receiveReady}. Needs no lock. */
  public final boolean receiveSeemsReady() {
    return size() > 0 || ended != null || !senders.isEmpty();
  }

  /**
   * Sends without waiting. The channel must not have ended.
   *
   * @return whether the value was taken; if not, it may have been {@linkplain #dropsLatest dropped}
   */
  public final boolean offer(Object value) {
    if (handToReceiver(value)) {
      return true;
    }
    Ring r = ring;
    if (r == null) {
      if (capacity == 0) {
        return false;
      }
      ring = r = new Ring();
    }
    if (r.size() < capacity) {
      r.add(value);
      return true;
    }
    return switch (overflow) {
      case SUSPEND -> false;
      case DROP_LATEST -> {
        dropped++;
        yield false;
      }
      case DROP_OLDEST -> {
        dropped++;
        r.take();
        r.add(value);
        yield true;
      }
    };
  }

  /**
   * Receives without waiting.
   *
   * @return the value; null if there is none, because the channel has ended or has nothing now
   */
  public final @Nullable Object poll() {
    Ring r = ring;
    if (r == null || r.size() == 0) {
      Object handed = ended == null ? takeFromSender() : null;
      passed += handed == null ? 0 : 1;
      return handed;
    }
    // Put-back values can overfill the ring: then the senders go on waiting.
    boolean makesRoom = ended == null && !senders.isEmpty() && r.size() <= capacity;
    Object next = makesRoom ? takeFromSender() : null;
    Object value = r.take();
    passed++;
    if (next != null) {
      r.add(next);
    }
    return value;
  }

  /** Returns values that a batch had taken and could not use, in front of all others. */
  final void putBack(Object[] values, int from, int to, Sleepers sleepers) {
    int i = from;
    while (i < to && handToReceiver(values[i])) {
      sleepers.add(takeSleeper());
      i++;
    }
    if (i == to) {
      return;
    }
    Ring r = ring;
    if (r == null) {
      ring = r = new Ring();
    }
    for (int j = to - 1; j >= i; j--) {
      r.putBack(values[j]);
    }
  }

  /** A node for a wait of the current thread: the spare one, or a new one. */
  final Node newNode(WaitReason reason) {
    Node node = spare;
    if (node == null) {
      return new Node(reason, this);
    }
    spare = null; // what was put here in this moment is garbage
    node.reuse(reason);
    return node;
  }

  /**
   * Keeps a node for the next wait: one that was served, and that nobody else knows. Needs no lock.
   * A node that is still in its queue is not used again: most likely its server is just taking it
   * out, but he may have run out of stack instead.
   */
  final void spare(Node node) {
    if (node.queue == null) {
      node.putAway();
      spare = node;
    }
  }

  /** Lets a node wait for a value. */
  public final void awaitValue(Node node) {
    node.item = null;
    Ring r = ring;
    if (r == null || receivers.hasOpenWaiter() || !r.awaited()) {
      receivers.add(node);
      return;
    }
    receivers.add(node);
    try {
      handOut(r);
    } catch (Throwable broken) {
      node.waiter.claim(Waiter.ABANDONED);
      receivers.remove(node);
      throw broken;
    }
  }

  /** Gives the oldest value to the longest-waiting receiver; false if one of them is missing. */
  private boolean handOut(Ring r) {
    Object value = r.first();
    if (value == null || !handToReceiver(value)) {
      return false;
    }
    r.take();
    return true;
  }

  /** Gives waiting receivers what has come into the log that this channel reads. Needs no lock. */
  final void serve(LogRing<?> reader) {
    boolean more = true;
    while (more) {
      lock();
      try {
        reader.show();
        more = handOut(reader);
      } finally {
        more &= receivers.hasOpenWaiter() && reader.awaited();
        release();
      }
    }
  }

  /** Lets a node wait for its value to be taken. */
  public final void awaitTaker(Node node, Object value) {
    node.item = value;
    senders.add(node);
  }

  /** Ends the wait of a node, if it is still in a queue. Needs no lock. */
  public final void forget(Node node) {
    lock();
    if (node.queue != null) {
      node.queue.remove(node);
    }
    unlock();
  }

  /** Ends a wait that can't go on, so that nothing is delivered to it. Needs no lock. */
  final void abandon(Node node) {
    node.waiter.claim(Waiter.ABANDONED);
    forget(node);
  }

  /**
   * Lets a waiter be decided by the end of this channel too. Needs no lock.
   *
   * @return the node by which the waiter is then claimed; to be {@linkplain #forget forgotten}
   */
  final Node watchEnd(Waiter waiter) {
    Node node = new Node(waiter);
    lock();
    if (ended == null) {
      receivers.add(node);
      unlock();
    } else {
      unlock();
      waiter.claimAndWake(node);
    }
    return node;
  }

  /** Unlocks, and wakes whom the steps under the lock have served. */
  public final void release() {
    Thread sleeper = toWake;
    if (sleeper == null) {
      unlock();
    } else {
      toWake = null;
      unlock();
      Parker.unpark(sleeper);
    }
  }

  /** Takes over the duty to wake a served waiter after this lock and others are released. */
  public final @Nullable Thread takeSleeper() {
    Thread sleeper = toWake;
    toWake = null;
    return sleeper;
  }

  /**
   * Ends the channel and wakes everyone, a batch at a time, so that any number of waiters costs
   * neither stack nor a long hold of the lock. Called without the lock.
   *
   * @return false if it had ended before
   */
  public final boolean end(Ending ending) {
    lock();
    boolean first = ended == null;
    if (first) {
      Ring r = ring;
      if (r != null) {
        r.ending();
      }
      ended = ending;
    }
    unlock();
    if (first) {
      Sleepers sleepers = new Sleepers();
      while (tellWaiters(ending, sleepers)) {
        sleepers.wake();
      }
    }
    return first;
  }

  /** Tells a batch of waiters of the end; false if there were none. */
  private boolean tellWaiters(Ending ending, Sleepers sleepers) {
    int told = 0;
    lock();
    while (told < Sleepers.MOST) {
      WaitQueue queue = receivers.hasOpenWaiter() ? receivers : senders;
      Node node = queue.peekOpen();
      if (node == null) {
        break;
      }
      node.item = ending;
      claim(node);
      queue.remove(node);
      sleepers.add(takeSleeper());
      told++;
    }
    unlock();
    return told > 0;
  }

  private boolean handToReceiver(Object value) {
    for (Node node; (node = receivers.peekOpen()) != null; ) {
      node.item = value;
      boolean claimed = claim(node);
      receivers.remove(node);
      if (claimed) {
        passed++;
        return true;
      }
      node.item = null;
    }
    return false;
  }

  private @Nullable Object takeFromSender() {
    for (Node node; (node = senders.peekOpen()) != null; ) {
      Object value = node.item;
      boolean claimed = claim(node);
      senders.remove(node);
      if (claimed) {
        return value;
      }
    }
    return null;
  }

  /** Decides a node's wait in favour of this channel, if nobody else has. */
  private boolean claim(Node node) {
    Waiter waiter = node.waiter;
    Thread thread = waiter.thread(); // before the claim: after it, the owner may use the node again
    int claimed = waiter.claim(node);
    if (claimed == Waiter.ASLEEP) {
      toWake = thread;
    }
    return claimed != Waiter.LOST;
  }
}
