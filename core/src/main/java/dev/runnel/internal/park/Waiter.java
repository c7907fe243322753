package dev.runnel.internal.park;

import dev.runnel.internal.hook.Hooks;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One wait of one thread: a ticket that exactly one party may claim. When it is over and nobody
 * else can know the ticket any more, the next wait may use it again.
 *
 * <p>The party is whoever brings what is waited for (the other side of a channel, a context that
 * ended, a timer) or the waiting thread itself, giving up because it was interrupted. All of them
 * compete by {@link #claim} for the one field {@code outcome}, and the compare-and-set that wins is
 * the moment at which the wait is decided: a value is delivered or given up, never both.
 *
 * <pre>
 *            claim            waiting thread goes to sleep              claim
 *   OUTCOME &lt;------- null ------------------------------&gt; ASLEEP -------------&gt; OUTCOME
 * </pre>
 *
 * <p>The waiting thread sets ASLEEP before it parks, so a claimer knows from the state it replaced
 * whether the thread must be unparked; a thread that still spins costs no unpark. There is no lost
 * wake-up: either the claim replaces ASLEEP and unparks, or it comes first and the thread's own
 * compare-and-set to ASLEEP fails.
 *
 * <p><b>Memory ordering.</b> What a claimer writes before its claim (the delivered value, in a
 * plain field of the node) is seen by the waiting thread after it read the outcome: the
 * compare-and-set is volatile, and so is that read. When a wait is {@linkplain #renew renewed}, the
 * thread, the reason and the open outcome are written under the lock of the queue that it then
 * joins, or of all of them; whoever claims it from there has that lock and sees them.
 */
public class Waiter {
  /** The outcome of a thread that gave up because it was interrupted. */
  public static final Signal INTERRUPTED = new Signal("interrupted");

  /** The outcome of a wait whose time ran out. */
  public static final Signal TIMED_OUT = new Signal("timed out");

  /** The outcome of a wait that broke off: its thread has run out of memory or stack. */
  public static final Signal ABANDONED = new Signal("abandoned");

  /** Returned by {@link #claim}: somebody else decided this wait. */
  public static final int LOST = 0;

  /** Returned by {@link #claim}: decided, and the thread needs no unpark. */
  public static final int AWAKE = 1;

  /**
   * Returned by {@link #claim}: decided, and the thread must be {@linkplain Parker#unpark
   * unparked}.
   */
  public static final int ASLEEP = 2;

  private static final Signal SLEEPING = new Signal("sleeping");
  private static final VarHandle OUTCOME;

  static {
    try {
      OUTCOME = MethodHandles.lookup().findVarHandle(Waiter.class, "outcome", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable Thread thread;
  private final Object blocker;
  private WaitReason reason;
  private volatile @Nullable Object outcome;

  /**
   * Creates a wait of the current thread.
   *
   * @param reason why it waits
   * @param blocker what it waits for; thread dumps show it as the park blocker
   */
  public Waiter(WaitReason reason, Object blocker) {
    this(reason, blocker, Thread.currentThread());
  }

  Waiter(WaitReason reason, Object blocker, @Nullable Thread thread) {
    this.reason = reason;
    this.blocker = blocker;
    this.thread = thread;
  }

  /**
   * Makes it a new wait of the current thread. Nobody but its owner may refer to it any more,
   * except those who need a lock for it that the owner holds.
   */
  public final void renew() {
    thread = Thread.currentThread();
    outcome = null;
  }

  /** The same, for another reason. */
  final void renew(WaitReason newReason) {
    reason = newReason;
    renew();
  }

  /**
   * Forgets the thread, which nobody asks for until the {@linkplain #renew() next wait}. So what is
   * kept for that wait keeps no goroutine in memory.
   */
  public final void retire() {
    thread = null;
  }

  /** The waiting thread. */
  public final Thread thread() {
    return Objects.requireNonNull(thread, "a wait that is over has no thread");
  }

  /** Why it waits. */
  public final WaitReason reason() {
    return reason;
  }

  /** What it waits for. */
  public final Object blocker() {
    return blocker;
  }

  /**
   * Who holds the lock that is waited for, for as long as he likes.
   *
   * @return that goroutine; null if it is not known, or this wait will end by itself
   */
  public @Nullable Parkable heldBy() {
    return null;
  }

  /** How the wait was decided; null while it is open. */
  public final @Nullable Object outcome() {
    Object o = outcome;
    return o == SLEEPING ? null : o;
  }

  /** Whether nobody has decided this wait yet. */
  public final boolean open() {
    Object o = outcome;
    return o == null || o == SLEEPING;
  }

  /**
   * Decides the wait, if nobody has.
   *
   * @param decision the outcome
   * @return {@link #LOST}, {@link #AWAKE} or {@link #ASLEEP}
   */
  public final int claim(Object decision) {
    if (OUTCOME.compareAndSet(this, null, decision)) {
      return AWAKE;
    }
    // From SLEEPING the state can only go to an outcome, so one try is enough.
    if (OUTCOME.compareAndSet(this, SLEEPING, decision)) {
      if (Hooks.PARK != null) {
        Hooks.PARK.woken(this);
      }
      return ASLEEP;
    }
    return LOST;
  }

  /** Decides the wait and unparks its thread if it must. For callers that hold no lock. */
  public final boolean claimAndWake(Object decision) {
    Thread waiting = thread();
    int claimed = claim(decision);
    if (claimed == ASLEEP) {
      Parker.unpark(waiting);
    }
    return claimed != LOST;
  }

  /** Announces that the thread is about to park; false if the wait was decided first. */
  final boolean fallAsleep() {
    return OUTCOME.compareAndSet(this, null, SLEEPING);
  }
}
