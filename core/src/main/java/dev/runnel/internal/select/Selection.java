package dev.runnel.internal.select;

import dev.runnel.Case;
import dev.runnel.internal.channel.ChannelCore;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Patient;
import dev.runnel.internal.park.Signal;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
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

  private final Arm<?>[] arms;
  private final ChannelArm[] channelArms;
  private final ForeignArm[] foreignArms;

  /** The distinct channels, in the order of their numbers. */
  private final ChannelCore[] channels;

  private final @Nullable Otherwise<?> otherwise;
  private final @Nullable After<?> soonest;
  private final boolean inOrder;
  private boolean choosing;
  private int patience;

  /**
   * Prepares a selection, which takes the cases' arms for its own.
   *
   * @param cases what to choose among
   * @param inOrder whether the first ready case wins, rather than a random one
   */
  public Selection(Case<?>[] cases, boolean inOrder) {
    this.inOrder = inOrder;
    arms = new Arm<?>[cases.length];
    List<ChannelArm> overChannels = new ArrayList<>(cases.length);
    List<ForeignArm> overForeign = List.of();
    Otherwise<?> fallback = null;
    After<?> first = null;
    for (int i = 0; i < cases.length; i++) {
      if (cases[i] == null) {
        throw new NullPointerException("case " + i + " of the select is null");
      }
      Arm<?> arm = Arm.of(cases[i]);
      arms[i] = arm;
      if (arm instanceof ChannelArm channelArm) {
        overChannels.add(channelArm);
      } else if (arm instanceof ForeignArm foreignArm) {
        overForeign = overForeign.isEmpty() ? new ArrayList<>() : overForeign;
        overForeign.add(foreignArm);
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
    channelArms = overChannels.toArray(ChannelArm[]::new);
    foreignArms = overForeign.toArray(ForeignArm[]::new);
    channels = inLockOrder(channelArms);
    acquireArms();
  }

  private static ChannelCore[] inLockOrder(ChannelArm[] arms) {
    if (arms.length == 1) {
      return new ChannelCore[] {arms[0].channel()};
    }
    List<ChannelCore> distinct = new ArrayList<>(arms.length);
    for (ChannelArm arm : arms) {
      distinct.add(arm.channel());
    }
    distinct.sort(Comparator.comparingLong(ChannelCore::id));
    int kept = 0;
    for (ChannelCore channel : distinct) {
      if (kept == 0 || distinct.get(kept - 1) != channel) {
        distinct.set(kept++, channel);
      }
    }
    return distinct.subList(0, kept).toArray(ChannelCore[]::new);
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
    for (ChannelCore channel : channels) {
      if (!kind.test(channel)) {
        return false;
      }
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
      ChannelArm guessed = tryGuess();
      if (guessed != null) {
        return guessed;
      }
    }
    if (patience <= 0) {
      Object ready = foreignArms.length == 0 ? snapshot() : tryAll();
      return ready == null ? whenNone : ready;
    }
    if (foreignArms.length > 0) {
      Object ready = tryAll();
      return ready != null ? ready : waitWithForeign(patience, whenNone);
    }
    Object found = snapshotOrWait(null);
    return found instanceof Waiter waiter ? sleep(waiter, patience, whenNone) : found;
  }

  @Override
  public int patience() {
    return patience;
  }

  @Override
  public void patience(int noted) {
    patience = noted;
  }

  private Waiter newWaiter() {
    boolean any = channelArms.length > 0 || foreignArms.length > 0 || soonest != null;
    return new Waiter(any ? WaitReason.SELECT : WaitReason.SELECT_NO_CASES, this);
  }

  /** Commits a channel arm that seems to be ready, under its own lock alone; null in vain. */
  private @Nullable ChannelArm tryGuess() {
    ChannelArm guess = guess();
    if (guess == null) {
      return null;
    }
    ChannelCore channel = guess.channel();
    channel.lock();
    try {
      boolean first = !inOrder || guess() == guess;
      return first && guess.ready() && guess.commit() ? guess : null;
    } finally {
      channel.release();
    }
  }

  /** One of the channel arms that seem to be ready: each with the same chance, or the first. */
  private @Nullable ChannelArm guess() {
    ChannelArm guess = null;
    int ready = 0;
    for (ChannelArm arm : channelArms) {
      if (arm.seemsReady()) {
        if (inOrder) {
          return arm;
        }
        ready++;
        if (ready == 1 || random(ready) == 0) {
          guess = arm;
        }
      }
    }
    return guess;
  }

  /**
   * Commits one of the channel arms that are ready, all looked at in one moment; null if none is.
   */
  private @Nullable ChannelArm snapshot() {
    lockAll();
    ChannelArm committed = null;
    try {
      committed = commitReady();
    } finally {
      unlockAll(committed);
    }
    return committed;
  }

  /**
   * Commits one of the channel arms that are ready or, from the same moment on, waits in all
   * queues.
   *
   * @param given the wait to begin; null for one made here, only if it is needed
   * @return the arm, or the wait
   */
  private Object snapshotOrWait(@Nullable Waiter given) {
    Waiter waiter = given;
    ChannelArm committed = null;
    boolean whole = false;
    lockAll();
    try {
      committed = commitReady();
      if (committed != null) {
        return committed;
      }
      waiter = waiter == null ? newWaiter() : waiter;
      for (ChannelArm arm : channelArms) {
        arm.enqueue(waiter);
      }
      whole = true;
      return waiter;
    } finally {
      unlockAll(committed);
      if (!whole && committed == null && waiter != null) {
        abandon(waiter);
      }
    }
  }

  /** Locks all channels. Spins for one while it holds others, but is ready to start over. */
  private void lockAll() {
    int held = 0;
    while (held < channels.length) {
      ChannelCore next = channels[held];
      if (held == 0) {
        next.lock();
        held = 1;
      } else if (next.tryLock()) {
        held++;
      } else {
        for (int i = 0; i < held; i++) {
          channels[i].unlock();
        }
        held = 0;
        next.lock(); // waits without holding any
        next.unlock();
      }
    }
  }

  private void unlockAll(@Nullable ChannelArm committed) {
    Thread sleeper = committed == null ? null : committed.channel().takeSleeper();
    for (ChannelCore channel : channels) {
      channel.unlock();
    }
    if (sleeper != null) {
      Parker.unpark(sleeper);
    }
  }

  private @Nullable ChannelArm commitReady() {
    for (ChannelArm ready; (ready = pickReady()) != null; ) {
      if (ready.commit()) {
        return ready;
      }
    }
    return null;
  }

  /** One of the ready channel arms: each with the same chance, or the first. */
  private @Nullable ChannelArm pickReady() {
    ChannelArm picked = null;
    int ready = 0;
    for (ChannelArm arm : channelArms) {
      if (arm.ready()) {
        ready++;
        if (inOrder) {
          return arm;
        }
        if (ready == 1 || random(ready) == 0) {
          picked = arm;
        }
      }
    }
    return picked;
  }

  /** Waits in the queues until somebody decides, then leaves them. */
  private @Nullable Object sleep(Waiter waiter, long patience, @Nullable Object whenNone)
      throws InterruptedException {
    Object outcome;
    try {
      outcome = Parker.await(waiter, patience);
    } catch (Throwable broken) {
      abandon(waiter);
      throw broken;
    }
    ChannelArm winner = leaveQueues(outcome);
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
    waiter.claim(Waiter.ABANDONED);
    leaveQueues(Waiter.ABANDONED);
  }

  private @Nullable ChannelArm leaveQueues(Object outcome) {
    ChannelArm winner = null;
    for (ChannelArm arm : channelArms) {
      if (arm.leave(outcome)) {
        winner = arm;
      }
    }
    return winner;
  }

  /** Tries everything once, with foreign arms among the rest. */
  private @Nullable Object tryAll() {
    Arm<?>[] order = inOrder ? arms : shuffled();
    int firstReady = firstReadyChannel(order);
    Object ready = tryForeign(order, 0, firstReady);
    if (ready == null) {
      ready = snapshot();
    }
    return ready != null ? ready : tryForeign(order, firstReady, order.length);
  }

  private Arm<?>[] shuffled() {
    Arm<?>[] order = arms.clone();
    for (int i = order.length; i > 1; i--) {
      int j = random(i);
      Arm<?> last = order[i - 1];
      order[i - 1] = order[j];
      order[j] = last;
    }
    return order;
  }

  /**
   * Where the first channel arm stands that is ready, all looked at in one moment; else the end.
   */
  private int firstReadyChannel(Arm<?>[] order) {
    lockAll();
    try {
      int i = 0;
      while (i < order.length && !(order[i] instanceof ChannelArm arm && arm.ready())) {
        i++;
      }
      return i;
    } finally {
      unlockAll(null);
    }
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
        found = snapshotOrWait(waiter);
      }
      return found instanceof Waiter ? sleep(waiter, patience, whenNone) : found;
    } finally {
      for (int i = 0; i < armed; i++) {
        foreignArms[i].disarm(wake);
      }
    }
  }

  private static int random(int bound) {
    return Hooks.OP != null ? Hooks.OP.choose(bound) : ThreadLocalRandom.current().nextInt(bound);
  }

  @Override
  public String toString() {
    return "select of " + arms.length;
  }
}
