package dev.runnel.testing.internal;

import dev.runnel.DeadlockException;
import dev.runnel.Task;
import dev.runnel.internal.goroutine.Echo;
import dev.runnel.internal.goroutine.Group;
import dev.runnel.internal.goroutine.Registry;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.goroutine.World;
import dev.runnel.internal.hook.Choice;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Signal;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.time.Clock;
import dev.runnel.observe.GoroutineDump;
import dev.runnel.testing.LeakError;
import dev.runnel.testing.StalledException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The goroutines of one bubble, and their time.
 *
 * <p>{@link Census} knows how many of them may do something.
 *
 * <h2>The driver</h2>
 *
 * One thread, which is no goroutine, sleeps until none may. Then it rings an alarm that is due;
 * else lets a goroutine go on that waits to settle; else moves the time to the next alarm; else
 * finds that the bubble is over, or deadlocked.
 *
 * <p>With {@link Turns} the goroutines run one at a time; without, as they like.
 */
public final class BubbleWorld extends World {
  private static final List<BubbleWorld> LIVE = new CopyOnWriteArrayList<>();
  private static final Signal SETTLED = new Signal("settled");

  /** How long goroutines may take to end after they were interrupted. */
  private static final long MERCY_NANOS = 2_000_000_000;

  private final VirtualClock clock = new VirtualClock();
  private final Belongings belongings = new Belongings(routine -> of(routine.world()) == this);
  private final @Nullable Turns turns;
  private final Census census;
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean mainDone;
  private volatile boolean over;

  /**
   * Creates a bubble, to be driven once.
   *
   * @param turns who runs when; null to let them run as they like
   */
  public BubbleWorld(@Nullable Turns turns) {
    this.turns = turns;
    this.census = new Census(turns);
  }

  static boolean noneLives() {
    return LIVE.isEmpty();
  }

  /**
   * The bubble of the current goroutine.
   *
   * @return the bubble, or null
   */
  public static @Nullable BubbleWorld here() {
    return of(World.current());
  }

  static @Nullable BubbleWorld of(Thread thread) {
    Routine routine = Routine.of(thread);
    return routine == null ? null : of(routine.world());
  }

  private static @Nullable BubbleWorld of(@Nullable World world) {
    return world != null && world.root() instanceof BubbleWorld bubble ? bubble : null;
  }

  /**
   * Runs a task and all it starts to the end, or to the first failure. The current thread drives.
   *
   * @param main the body of the first goroutine
   * @return what went wrong; null if nothing did
   */
  public @Nullable Throwable drive(Task main) {
    census.driven();
    LIVE.add(this);
    Registry.open(this);
    try {
      Routine.startMain(main, this, new Main());
      Throwable failure = firstFailure(untilOver());
      end();
      return withLaterFailures(failure);
    } finally {
      LIVE.remove(this);
      Registry.close(this);
    }
  }

  /** Answers for the first goroutine: its failure ends the bubble. */
  private final class Main implements Group {
    @Override
    public void started(Routine routine) {}

    @Override
    public boolean over() {
      return false;
    }

    @Override
    public void failed(Throwable thrown) {
      BubbleWorld.this.thrown(thrown);
    }

    @Override
    public void ended(Routine routine) {
      mainDone = true;
    }
  }

  /** Drives until nothing can happen any more; what is wrong then, or null. */
  private @Nullable Throwable untilOver() {
    while (true) {
      awaitIdle();
      if (!failures.isEmpty()) {
        return null;
      }
      Runnable due = clock.takeDue(this::chooseAlarm);
      if (due != null) {
        ring(due);
        continue;
      }
      Waiter settler = census.nextSettler();
      if (settler != null) {
        settler.claimAndWake(SETTLED);
        continue;
      }
      if (mainDone) {
        return census.anyPresent() ? survivors() : null;
      }
      Runnable alarm = clock.advance(this::chooseAlarm);
      if (alarm == null) {
        return deadlock();
      }
      ring(alarm);
    }
  }

  private void awaitIdle() {
    while (failures.isEmpty() && census.anyAwake()) {
      LockSupport.park(this);
    }
  }

  /** Rings an alarm, as one that is awake: whom it wakes go on when it is done. */
  private void ring(Runnable alarm) {
    census.ringing();
    try {
      alarm.run();
    } catch (Throwable thrown) {
      fail(thrown);
    } finally {
      census.rung();
    }
  }

  private DeadlockException deadlock() {
    return new DeadlockException(
        "all goroutines of the bubble are asleep - deadlock!\n\n" + dump());
  }

  private LeakError survivors() {
    return Left.behind(dump(), " in the bubble when its main has returned");
  }

  /**
   * What its goroutines do.
   *
   * @return the dump
   */
  public GoroutineDump dump() {
    return GoroutineDump.of(liveInOrder());
  }

  /** Ends those that are left: interrupts them, and lets them run without time. */
  private void end() {
    over = true;
    clock.stop();
    census.free();
    long end = System.nanoTime() + MERCY_NANOS;
    boolean interrupted = false;
    while (census.anyPresent() && System.nanoTime() < end) {
      live().forEach(Routine::interrupt);
      LockSupport.parkNanos(this, 1_000_000);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Throwable firstFailure(@Nullable Throwable broken) {
    Throwable first = failures.poll();
    if (first == null) {
      return broken;
    }
    if (broken != null) {
      first.addSuppressed(broken);
    } else if (!live().isEmpty()) {
      first.addSuppressed(new GoroutinesAtFailure(dump()));
    }
    return first;
  }

  private @Nullable Throwable withLaterFailures(@Nullable Throwable failure) {
    Throwable first = failure;
    for (Throwable later; (later = failures.poll()) != null; ) {
      if (first == null) {
        first = later;
      } else if (later != first) {
        first.addSuppressed(later);
      }
    }
    return first;
  }

  /**
   * Ends the bubble with a failure.
   *
   * @param thrown the failure
   */
  public void fail(Throwable thrown) {
    if (!over) {
      add(thrown);
    }
  }

  /** A goroutine throws: that ends the bubble, or is the echo of its end. */
  private void thrown(Throwable thrown) {
    if (!over || !Echo.ofEndedContext(thrown)) {
      add(thrown);
    }
  }

  private void add(Throwable failure) {
    if (turns != null) {
      turns.stop();
    }
    failures.add(failure);
    census.wakeDriver();
  }

  /**
   * A number that changes whenever something happens in the bubble.
   *
   * @return the number
   */
  public long progress() {
    return census.progress();
  }

  /**
   * Waits until all other goroutines are durably blocked.
   *
   * @throws InterruptedException if the goroutine is interrupted on entry or while waiting
   */
  public void settle() throws InterruptedException {
    if (Thread.interrupted() || Parker.await(new Waiter(WaitReason.SETTLE, this)) != SETTLED) {
      throw new InterruptedException();
    }
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  protected boolean isOver() {
    return over;
  }

  @Override
  protected void starting(Routine routine) {
    super.starting(routine);
    census.starting(routine);
  }

  @Override
  protected void running(Routine routine) {
    if (turns != null) {
      turns.await(routine.thread());
    }
  }

  @Override
  protected void ended(Routine routine) {
    census.ended();
  }

  @Override
  protected boolean failed(Routine routine, Throwable thrown) {
    thrown(thrown);
    return true;
  }

  /**
   * Waits until a goroutine that sleeps has noticed an interrupt: until then it is not counted as
   * awake, though it is going to be.
   */
  @Override
  @SuppressWarnings("ThreadPriorityCheck") // the other side has a few steps to take
  protected void interrupted(Routine routine) {
    Thread thread = routine.thread();
    while (!over && thread.isInterrupted() && thread != Thread.currentThread()) {
      Waiter wait = routine.waiting();
      Object outcome = wait == null ? SETTLED : wait.outcome();
      if (outcome != null && outcome != Waiter.INTERRUPTED) {
        return; // awake, and counted so
      }
      Thread.yield();
    }
  }

  @Override
  protected void letOthersRun() {
    if (turns == null || over) {
      super.letOthersRun();
    } else {
      turns.pass();
    }
  }

  void parked(Waiter waiter) {
    census.parked(waiter, belongings.decide(waiter));
  }

  void woken(Waiter waiter) {
    census.woken(waiter, belongings.decide(waiter));
  }

  void resumed(Waiter waiter) {
    if (turns != null) {
      turns.await(waiter.thread());
    }
  }

  void made(Object made) {
    belongings.add(made);
  }

  /** Throws if something belongs to a bubble, and the current thread is in another or none. */
  static void refuseForeign(@Nullable BubbleWorld mine, Object target) {
    for (BubbleWorld other : LIVE) {
      if (other != mine
          && !other.over
          && !other.census.isDriver(Thread.currentThread())
          && other.belongings.areConcerned(target)) {
        throw new IllegalStateException(
            target
                + " was made in a bubble and is used outside it, by "
                + Thread.currentThread()
                + ": only goroutines that were started in the bubble are in it");
      }
    }
  }

  void before(Op op, Object target, @Nullable Object value) {
    if (turns != null && !over && !turns.before(op, target, value)) {
      fail(
          new StalledException(
              "the schedule does not come to an end: goroutines have made "
                  + turns.steps()
                  + " steps\n\n"
                  + dump()));
    }
  }

  void received(@Nullable Object result) {
    if (turns != null && !over) {
      turns.received(result);
    }
  }

  void chosen(@Nullable Choice choice) {
    if (turns != null && !over) {
      turns.chosen(choice);
    }
  }

  /** In the order they were set, unless orders are explored. */
  private int chooseAlarm(int bound) {
    return turns == null ? 0 : turns.choose(bound);
  }

  int choose(int bound) {
    return turns == null ? ThreadLocalRandom.current().nextInt(bound) : turns.choose(bound);
  }
}
