package dev.runnel.internal.select;

import dev.runnel.Case;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Patient;
import dev.runnel.internal.park.Signal;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.park.Way;
import dev.runnel.internal.time.Clock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The choice of one among several cases.
 *
 * <h2>How it works</h2>
 *
 * As in Go's {@code selectgo}: lock all channels, in the order of their numbers, so that selects
 * can't deadlock with one another; look which cases are ready, and commit one of them at random; if
 * none is, leave a node in the queue of every channel; unlock. The locks make the look at all cases
 * one moment. A waiting select is then decided like any {@link Waiter}, by whoever claims it first;
 * it takes its other nodes out before it returns, so losers leave nothing behind.
 *
 * <p>Most turns need less. A look without locks guesses which cases are ready; one of them is
 * picked, and committed under its own channel's lock alone, if it proves to be ready there. Another
 * case may have become ready since it was looked at; then the winner is one that chance could have
 * picked too. Where order matters, the earlier cases are looked at once more under that lock, and
 * whatever was done to them before the winner became ready is seen there. Whenever the guess fails,
 * the locks of all decide.
 *
 * <p>A reusable select keeps its wait and its nodes from turn to turn, if the turn had no deadline
 * and no foreign case: then nobody but the channels' queues ever knew them, and once out of all
 * queues, the select is alone with them. It has left the losers' queues under their locks; the
 * winner's server takes its node out, and if he has not yet, or can't any more because he has run
 * out of stack, the select keeps nothing. Nor does it after a turn that ends in an error.
 *
 * <p>A case is ready if a partner's wait is open, but that partner may be a select that another
 * channel decides in the same moment, under locks that are not held here. Then the commit fails,
 * the case was not ready after all, and the look is repeated; each repetition has one partner
 * fewer.
 *
 * <p>Foreign sources and sinks can't be locked, and are not called under a lock. All cases are put
 * in order (the given one, or a random one); those foreign ones are tried first that come before
 * the first ready channel, then the channels, then the others. So each ready case has the same
 * chance here too. To wait, the select arms the foreign ones, tries everything once more, and only
 * then leaves its nodes and parks, so that no wake-up is missed.
 *
 * <p>One goroutine at a time uses a selection; its owner sees to that.
 */
public final class Selection implements Patient {
  private static final Signal FOREIGN_WAKE = new Signal("foreign wake-up");

  private static final ForeignArm[] NOTHING_FOREIGN = {};

  private final Arm<?>[] arms;
  private final ChannelArms channelArms;
  private final ForeignArm[] foreignArms;
  private final @Nullable Otherwise<?> otherwise;
  private final @Nullable After<?> soonest;
  private final boolean inOrder;
  private final boolean reusable;

  /** The wait of the last turn that had to wait, kept for the next one. */
  private @Nullable Waiter kept;

  private boolean choosing;

  /**
   * Prepares a selection, which takes the cases' arms for its own.
   *
   * @param cases what to choose among
   * @param inOrder whether the first ready case wins, rather than a random one
   * @param reusable whether it will choose many times
   */
  public Selection(Case<?>[] cases, boolean inOrder, boolean reusable) {
    this.inOrder = inOrder;
    this.reusable = reusable;
    arms = new Arm<?>[cases.length];
    Otherwise<?> fallback = null;
    After<?> first = null;
    int overForeign = 0;
    for (int i = 0; i < cases.length; i++) {
      if (cases[i] == null) {
        throw new NullPointerException("case " + i + " of the select is null");
      }
      Arm<?> arm = Arm.of(cases[i]);
      arms[i] = arm;
      if (arm instanceof ForeignArm) {
        overForeign++;
      } else if (arm instanceof After<?> after) {
        first = first == null || after.nanos() < first.nanos() ? after : first;
      } else if (arm instanceof Otherwise<?> o) {
        if (fallback != null) {
          throw new IllegalArgumentException("a select can have only one otherwise");
        }
        fallback = o;
      }
    }
    otherwise = fallback;
    soonest = first;
    channelArms = new ChannelArms(arms, inOrder);
    foreignArms = overForeign == 0 ? NOTHING_FOREIGN : new ForeignArm[overForeign];
    for (int i = arms.length; overForeign > 0; ) {
      if (arms[--i] instanceof ForeignArm foreignArm) {
        foreignArms[--overForeign] = foreignArm;
      }
    }
    acquireArms();
  }

  private void acquireArms() {
    int acquired = 0;
    try {
      while (acquired < arms.length) {
        arms[acquired].acquire(this);
        acquired++;
      }
    } finally {
      if (acquired < arms.length) {
        giveBack(acquired);
      }
    }
  }

  private void giveBack(int count) {
    for (int i = 0; i < count; i++) {
      arms[i].giveBack();
    }
  }

  /** Lets the arms go, so that another select may use them. */
  public void giveBack() {
    giveBack(arms.length);
  }

  /**
   * Waits for a case and commits it. Its result is not yet made.
   *
   * @param nanos how long at most; zero or less: not at all; {@link Parker#FOREVER} for no bound
   * @return the index of the case that won; -1 if none was ready in time
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   */
  public int choose(long nanos) throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.SELECT, this);
    }
    for (Arm<?> arm : arms) {
      arm.reset(); // first, so that nobody has won a turn that is interrupted
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Object winner;
    choosing = true;
    try {
      winner = decide(nanos);
    } finally {
      choosing = false;
    }
    if (Hooks.OP != null) {
      Hooks.OP.chosen(this, Winner.told(winner));
      Hooks.OP.after(Op.SELECT, this);
    }
    for (int i = 0; i < arms.length; i++) {
      if (arms[i] == winner) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Whether all channels, sources and sinks of the cases are of a kind.
   *
   * @param kind tells of one whether it is
   * @return true if all are, or there are none
   */
  public boolean allMatch(Predicate<Object> kind) {
    if (!channelArms.allMatch(kind)) {
      return false;
    }
    for (ForeignArm arm : foreignArms) {
      if (!kind.test(arm.foreign())) {
        return false;
      }
    }
    return true;
  }

  /** Whether a choice is under way. A hint to another thread: it is there to catch misuse. */
  boolean choosing() {
    return choosing;
  }

  /** The arm that won, or null if there was none in time. */
  private @Nullable Object decide(long nanos) throws InterruptedException {
    long patience = nanos;
    Object whenNone = null;
    if (otherwise != null) {
      patience = 0;
      whenNone = otherwise;
    } else if (soonest != null && soonest.nanos() <= nanos) {
      patience = soonest.nanos();
      whenNone = soonest;
    }
    if (foreignArms.length == 0) {
      ChannelArm guessed = channelArms.tryGuess();
      if (guessed != null) {
        return guessed;
      }
    }
    if (patience <= 0) {
      Object ready = foreignArms.length == 0 ? channelArms.snapshot() : tryAll();
      return ready == null ? whenNone : ready;
    }
    if (foreignArms.length > 0) {
      Object ready = tryAll();
      return ready != null ? ready : waitWithForeign(patience, whenNone);
    }
    Object found = snapshotOrWait(null, patience);
    return found instanceof Waiter waiter ? sleep(waiter, patience, whenNone) : found;
  }

  @Override
  public Way way() {
    return channelArms.way();
  }

  /**
   * A wait for this turn: the one of an earlier turn, if nobody can hold it any more. An alarm, a
   * foreign queue or a tool might. Needs the locks of all channels, so that nobody is deciding it.
   */
  private Waiter waiterFor(long patience) {
    if (!reusable || patience != Parker.FOREVER || Hooks.PARK != null) {
      return newWaiter();
    }
    Waiter again = kept;
    if (again == null) {
      return newWaiter();
    }
    again.renew();
    return again;
  }

  private Waiter newWaiter() {
    boolean any = channelArms.any() || foreignArms.length > 0 || soonest != null;
    return new Waiter(any ? WaitReason.SELECT : WaitReason.SELECT_NO_CASES, this);
  }

  /**
   * Commits one of the channel arms that are ready or, from the same moment on, waits in all
   * queues.
   *
   * @param given the wait to begin; null for one made here, only if it is needed
   * @param patience how long it may take, in nanoseconds
   * @return the arm, or the wait
   */
  private Object snapshotOrWait(@Nullable Waiter given, long patience) {
    ChannelLocks all = channelArms.locks();
    Waiter waiter = given;
    ChannelArm committed = null;
    boolean whole = false;
    all.lock();
    try {
      committed = channelArms.commitReady();
      if (committed != null) {
        return committed;
      }
      waiter = waiter == null ? waiterFor(patience) : waiter;
      channelArms.enqueue(waiter);
      whole = true;
      return waiter;
    } finally {
      all.unlock(committed);
      if (!whole && committed == null && waiter != null) {
        abandon(waiter);
      }
    }
  }

  /** Waits in the queues until somebody decides, then leaves them. */
  private @Nullable Object sleep(Waiter waiter, long patience, @Nullable Object whenNone)
      throws InterruptedException {
    kept = null; // until this turn has gone well
    Object outcome;
    try {
      outcome = Parker.await(waiter, patience);
    } catch (Throwable broken) {
      abandon(waiter);
      throw broken;
    }
    boolean keep = reusable && patience == Parker.FOREVER && foreignArms.length == 0;
    ChannelArm winner = channelArms.leave(outcome, keep);
    if (keep && channelArms.areOut()) {
      waiter.retire();
      kept = waiter;
    }
    if (winner != null) {
      return winner;
    }
    if (outcome == Waiter.INTERRUPTED) {
      throw new InterruptedException();
    }
    return outcome == FOREIGN_WAKE ? FOREIGN_WAKE : whenNone;
  }

  /** Ends a wait that can't go on, so that nothing is delivered to it. */
  private void abandon(Waiter waiter) {
    kept = null;
    waiter.claim(Waiter.ABANDONED);
    channelArms.leave(Waiter.ABANDONED, false);
  }

  /** Tries everything once, with foreign arms among the rest. */
  private @Nullable Object tryAll() {
    Arm<?>[] order = inOrder ? arms : shuffled();
    int firstReady = channelArms.firstReady(order);
    Object ready = tryForeign(order, 0, firstReady);
    if (ready == null) {
      ready = channelArms.snapshot();
    }
    return ready != null ? ready : tryForeign(order, firstReady, order.length);
  }

  private Arm<?>[] shuffled() {
    Arm<?>[] order = arms.clone();
    for (int i = order.length; i > 1; i--) {
      int j = Hooks.random(i);
      Arm<?> last = order[i - 1];
      order[i - 1] = order[j];
      order[j] = last;
    }
    return order;
  }

  private static @Nullable Object tryForeign(Arm<?>[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      if (order[i] instanceof ForeignArm arm && arm.attempt()) {
        return arm;
      }
    }
    return null;
  }

  private @Nullable Object waitWithForeign(long patience, @Nullable Object whenNone)
      throws InterruptedException {
    Clock clock = Clock.current();
    long start = clock.nanos();
    long left = patience;
    while (left > 0) {
      Object decided = armAndSleep(left, whenNone);
      if (decided == FOREIGN_WAKE) {
        decided = tryAll();
        if (decided == null) {
          if (Thread.interrupted()) { // a source that wakes at once never lets us park and see it
            throw new InterruptedException();
          }
          left = patience == Parker.FOREVER ? patience : patience - (clock.nanos() - start);
          continue;
        }
      }
      return decided;
    }
    return whenNone;
  }

  private @Nullable Object armAndSleep(long patience, @Nullable Object whenNone)
      throws InterruptedException {
    Waiter waiter = newWaiter();
    Runnable wake = () -> waiter.claimAndWake(FOREIGN_WAKE);
    int armed = 0;
    try {
      for (ForeignArm arm : foreignArms) {
        arm.arm(wake);
        armed++;
      }
      Object found = tryAll();
      if (found == null) {
        found = snapshotOrWait(waiter, patience);
      }
      return found instanceof Waiter ? sleep(waiter, patience, whenNone) : found;
    } finally {
      for (int i = 0; i < armed; i++) {
        foreignArms[i].disarm(wake);
      }
    }
  }

  @Override
  public String toString() {
    return "select of " + arms.length;
  }
}
