package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Context;
import dev.runnel.ReceiveResult;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * One run of many workers at some channels, by a {@link Plan}: every worker must end, every value
 * be accounted for, and nothing be left in the channels.
 */
final class ChannelRun {
  static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final Plan plan;
  private final Dice dice;
  private final List<Chan<Integer>> channels = new ArrayList<>();
  private final Tormentor tormentor;
  private final List<Work> works = new ArrayList<>();
  private final List<Actor> senders = new ArrayList<>();
  private final List<Actor> receivers = new ArrayList<>();
  private final Turns turns;
  private final AtomicInteger turnsTaken = new AtomicInteger();
  private final AtomicInteger enders = new AtomicInteger();
  private final AtomicInteger receiversGone = new AtomicInteger();
  private final AtomicIntegerArray ended;
  private volatile @Nullable Throwable failure;

  private ChannelRun(Plan plan, Dice dice) {
    this.plan = plan;
    this.dice = dice;
    this.turns = Turns.of(plan.turns());
    this.tormentor = new Tormentor(dice.ofWorker(-1), plan.workers());
    this.ended = new AtomicIntegerArray(plan.channels());
    for (int c = 0; c < plan.channels(); c++) {
      channels.add(
          plan.capacity() == UNBOUNDED
              ? Chan.unbounded()
              : Chan.buffered(plan.capacity(), plan.overflow()));
    }
  }

  /** Runs a plan. Gives how many values went through. */
  static int of(Plan plan) throws InterruptedException {
    Dice dice = Dice.ofTest();
    try {
      return new ChannelRun(plan, dice).run();
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nin " + plan + ", " + dice, e);
    }
  }

  private int run() throws InterruptedException {
    start();
    if (plan.tormented()) {
      List<Actor> all = new ArrayList<>(senders);
      all.addAll(receivers);
      tormentor.torment(all);
    }
    if (plan.end() == Plan.End.RECEIVERS_LEAVE) {
      Eventually.that(
          "receivers leaving", () -> receiversGone.get() == plan.receivers() || failure != null);
      endAll();
    }
    join(senders);
    endAll();
    join(receivers);
    tormentor.stop();
    long dropped = 0;
    for (int c = 0; c < channels.size(); c++) {
      dropped += channels.get(c).dropped();
      assertThat(ended.get(c)).as("how often channel %s could be closed", c).isEqualTo(1);
      drain(c);
      assertThat(WhiteBox.waitersOf(channels.get(c))).as("waiters left at channel").isZero();
      assertThat(WhiteBox.valuesIn(channels.get(c))).as("values left in channel").isZero();
    }
    return Audit.check(works.stream().map(work -> work.book).toList(), dropped);
  }

  private void start() {
    for (int i = 0; i < plan.workers(); i++) {
      boolean sending = i < plan.sending();
      boolean mixed = sending && i >= plan.senders();
      Dice its = dice.ofWorker(i);
      Book book = new Book(i, plan.workers(), plan.channels(), !plan.refusing());
      works.add(
          mixed
              ? new MixedWork(this, i, its, book)
              : sending
                  ? new SendingWork(this, i, its, book)
                  : new ReceivingWork(this, i, its, book));
    }
    for (int i = 0; i < plan.workers(); i++) {
      Work work = works.get(i);
      Actor.Kind kind = dice.oneIn(2) ? Actor.Kind.PLATFORM : Actor.Kind.VIRTUAL;
      (work instanceof ReceivingWork ? receivers : senders).add(kind.start(() -> run(work)));
    }
  }

  private void run(Work work) throws Exception {
    try {
      work.run();
    } catch (Throwable t) {
      failure = t;
      endAll(); // so that the others don't wait for this one
      throw t;
    } finally {
      if (work instanceof ReceivingWork) {
        receiversGone.incrementAndGet();
      }
    }
  }

  private static void join(List<Actor> workers) throws InterruptedException {
    for (Actor worker : workers) {
      worker.join();
    }
  }

  private void drain(int c) {
    while (!Thread.interrupted()
        && channels.get(c).tryReceive() instanceof ReceiveResult.Value<Integer>(Integer value)) {
      works.getLast().book.received(c, value);
    }
  }

  private void endAll() {
    for (int c = 0; c < channels.size(); c++) {
      if (ended.get(c) == 0) {
        end(c);
      }
    }
  }

  private void end(int c) {
    if (plan.end() == Plan.End.FAILED_MIDWAY) {
      if (channels.get(c).fail(new Failure())) {
        ended.incrementAndGet(c);
      }
      return;
    }
    try {
      channels.get(c).close();
      ended.incrementAndGet(c);
    } catch (ChannelClosedException byAnother) {
      // Only one may succeed; the count shows whether one did.
    }
  }

  Plan plan() {
    return plan;
  }

  Chan<Integer> channel(int c) {
    return channels.get(c);
  }

  boolean hasEnded(int c) {
    return ended.get(c) > 0;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Whether a worker may take another turn, if it does not take turns until the end. */
  boolean allows(int turn) {
    return turns.allow(turn);
  }

  /** Whether so many turns, or so much time, are enough for half the workers. */
  boolean pastMiddle(int turn) {
    return turns.pastMiddle(turn);
  }

  Interrupts interrupts() {
    return tormentor.interrupts();
  }

  Context contextFor(int worker, Dice its) {
    return plan.tormented() ? tormentor.contextFor(worker, its) : Context.background();
  }

  /** A sending worker is about to take a turn; it may be its lot to end the channels. */
  void turn() {
    int turn = turnsTaken.incrementAndGet() / plan.sending();
    boolean past = turns.pastLeast(turn) && turns.pastMiddle(turn);
    if (plan.endsMidway() && past && enders.getAndIncrement() < 2) {
      for (int c = 0; c < channels.size(); c++) {
        end(c);
      }
    }
  }
}
