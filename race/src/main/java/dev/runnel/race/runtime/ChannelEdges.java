package dev.runnel.race.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What is passed on by one of Runnel's channels, precisely as Go's memory model has it:
 *
 * <ul>
 *   <li>a send is ordered before the receive that gets its value;
 *   <li>the k-th receive from a channel of capacity C before the completion of the (k+C)-th send;
 *   <li>the closing before a receive that finds the channel closed.
 * </ul>
 *
 * The channel's own lock would order much more: every operation after all earlier ones, and a race
 * that depends on chance would mostly not be seen. So that lock is not looked at ({@link
 * ChannelLock}), and this counts along instead. The last rule, and how a waiting thread learns from
 * the one who served it, follow from the channel's volatile fields and need nothing here.
 *
 * <p>A step that breaks off, because its thread has run out of stack or memory, may have left this
 * behind the channel by one. From then on all steps of the channel count as ordered: races may be
 * missed, but none is invented.
 *
 * <p>All methods are called with the channel's lock held.
 */
final class ChannelEdges {

  /** Which step the channel is in. */
  enum Step {
    NONE,
    SEND,
    RECEIVE,
    PUT_BACK
  }

  /** A channel of more capacity than this keeps no record of each receive, but of all together. */
  private static final int PRECISE = 1 << 12;

  private final int capacity;
  private final Deque<Snapshot> values = new ArrayDeque<>();
  private final Deque<Snapshot> receives = new ArrayDeque<>();
  private final Sync allReceives = new Sync(0, null);
  private long sent;
  private long firstReceive;

  private Step step = Step.NONE;

  /** What was released by all steps, when it is not known any more what belongs to which. */
  private @Nullable Sync allSteps;

  ChannelEdges(int capacity) {
    this.capacity = capacity;
  }

  /** A step begins. */
  void begin(ThreadState t, Step next) {
    if (step != Step.NONE && allSteps == null) { // the last one has broken off
      t.acquire(allReceives);
      values.forEach(t::acquire);
      receives.forEach(t::acquire);
      allSteps = new Sync(0, null);
    }
    if (allSteps != null) {
      t.acquire(allSteps);
      t.release(allSteps);
    }
    step = next;
  }

  /** The current thread has decided a wait, by which it learns what the waiting one knew. */
  void claimed(ThreadState t, @Nullable Snapshot waiting) {
    if (allSteps != null) {
      t.acquire(waiting);
    } else if (step == Step.RECEIVE) {
      t.carried = waiting;
    } else {
      handed(t, waiting);
    }
  }

  /**
   * The current thread is about to decide a wait. If it does so for a sender, to have its value in
   * place of the buffer's oldest, that sender learns of the receive which takes the oldest, and so
   * of the send of that. The claim is what tells it, and comes before the value is taken.
   */
  void claiming(ThreadState t) {
    if (step == Step.RECEIVE) {
      t.acquire(values.peekFirst());
    }
  }

  /** A value goes to a waiting receiver: that of a send, or one that is put back. */
  private void handed(ThreadState t, @Nullable Snapshot receiver) {
    switch (step) {
      case SEND -> {
        if (capacity == 0) {
          t.acquire(receiver);
        } else {
          t.acquire(receiveThatMadeRoom());
          noteReceive(t, united(t.release(), receiver));
        }
      }
      case PUT_BACK -> {
        Snapshot taker = receives.pollLast();
        if (taker != null) {
          receives.addLast(united(taker, receiver));
        }
      }
      default -> {}
    }
  }

  private static Snapshot united(Snapshot a, @Nullable Snapshot b) {
    return b == null ? a : Snapshot.union(a, b);
  }

  /** A value enters the buffer: the current thread's, or that of a sender who waited. */
  void buffered(ThreadState t) {
    if (allSteps != null) {
      return;
    }
    Snapshot carried = t.carried;
    t.carried = null;
    if (step == Step.SEND) {
      t.acquire(receiveThatMadeRoom());
      values.addLast(t.release());
    } else if (step == Step.RECEIVE) {
      var _ = receiveThatMadeRoom(); // this very one, from which the sender learns as it wakes
      values.addLast(carried == null ? t.release() : carried);
    }
  }

  /** The current thread has taken the oldest value from the buffer. */
  void unbuffered(ThreadState t) {
    if (allSteps != null) {
      return;
    }
    Snapshot value = values.pollFirst();
    if (step == Step.RECEIVE) {
      t.acquire(value);
    }
    noteReceive(t, t.release());
  }

  /** The current thread returns a value that it took last. */
  void putBack(ThreadState t) {
    if (allSteps != null) {
      return;
    }
    values.addFirst(t.release());
    if (receives.pollLast() == null) {
      firstReceive--; // a sender has used it already; its number comes again
    }
  }

  /** The current step is over. */
  void done(ThreadState t) {
    Snapshot carried = t.carried;
    t.carried = null;
    if (step == Step.RECEIVE && carried != null) {
      t.acquire(carried);
    }
    if (allSteps != null) {
      t.release(allSteps);
    }
    step = Step.NONE;
  }

  /** What the receiver knew who made room for the send that now completes. */
  private @Nullable Snapshot receiveThatMadeRoom() {
    long receive = sent++ - capacity;
    if (receive < 0 || capacity == 0) {
      return null;
    }
    if (capacity > PRECISE) {
      return allReceives.released();
    }
    Snapshot found = null;
    while (firstReceive <= receive && !receives.isEmpty()) {
      found = receives.pollFirst();
      firstReceive++;
    }
    return found;
  }

  private void noteReceive(ThreadState t, Snapshot receiver) {
    if (capacity == 0 || capacity == Integer.MAX_VALUE) {
      return;
    }
    if (capacity > PRECISE) {
      allReceives.add(t, receiver);
    } else {
      receives.addLast(receiver);
    }
  }
}
