package dev.runnel.internal.goroutine;

import dev.runnel.DeadlockException;
import dev.runnel.Outside;
import dev.runnel.Task;
import dev.runnel.internal.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The goroutines of one {@code Go.run}: its main goroutine, and all that those in it start.
 *
 * <p>A program in another world (a bubble, or another program) is part of that: it has its clock,
 * and leaves it to that to find deadlocks.
 */
public final class Program extends World {
  private static final System.Logger LOG = System.getLogger("dev.runnel");

  /** How long a goroutine that runs when main returns may take to end before it is a survivor. */
  private static final long GRACE_NANOS = 100_000_000;

  /** How much of that passes at a time: when this process stood still, so did they. */
  private static final long MOST_AT_ONCE_NANOS = 5_000_000;

  private final @Nullable World outer = World.current();
  private final CountingClock clock = new CountingClock();
  private final AtomicInteger outsiders = new AtomicInteger();
  private final Thread caller = Thread.currentThread();
  private volatile boolean over;

  private Program() {}

  /**
   * Runs a program as the main goroutine of a new world.
   *
   * @param main its body
   * @throws Exception what it throws
   */
  public static void run(Task main) throws Exception {
    Program program = new Program();
    Registry.open(program);
    try {
      program.runMain(main);
    } finally {
      try {
        program.end();
      } finally {
        Registry.close(program);
      }
    }
  }

  private void runMain(Task main) throws Exception {
    Callable<@Nullable Void> body =
        () -> {
          main.run();
          return null;
        };
    Promise<@Nullable Void> promise = new Promise<>(body, null);
    Routine routine = Routine.startMain(promise, this, promise);
    try {
      await(promise);
    } catch (InterruptedException e) {
      routine.interrupt();
      routine.joinWhateverComes();
      Throwable failure = routine.failure();
      if (failure != null && !Echo.ofInterrupt(failure)) {
        e.addSuppressed(failure);
      }
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  /** Waits for main, and looks for a deadlock now and then. */
  private void await(Promise<@Nullable Void> main) throws InterruptedException, ExecutionException {
    if (outer != null) {
      main.get();
      return;
    }
    DeadlockWatch watch = new DeadlockWatch(this);
    while (true) {
      try {
        main.get(watch.nextLook(), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException running) {
        DeadlockException deadlock = watch.look();
        if (deadlock != null) {
          over = true;
          live().forEach(Routine::interrupt);
          throw deadlock;
        }
      }
    }
  }

  /** What main threw, as it threw it. */
  private static Exception unwrapped(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof Exception exception ? exception : e;
  }

  @Override
  public World root() {
    return outer == null ? this : outer.root();
  }

  @Override
  protected void starting(Routine routine) {
    super.starting(routine);
    if (outer != null) {
      outer.starting(routine);
    }
  }

  @Override
  protected void running(Routine routine) {
    if (outer != null) {
      outer.running(routine);
    }
  }

  @Override
  protected void done(Routine routine) {
    super.done(routine);
    if (outer != null) {
      outer.done(routine);
    }
  }

  @Override
  protected void ended(Routine routine) {
    if (outer != null) {
      outer.ended(routine);
    }
  }

  @Override
  protected boolean failed(Routine routine, Throwable thrown) {
    return outer != null && outer.failed(routine, thrown);
  }

  @Override
  protected void interrupted(Routine routine) {
    if (outer != null) {
      outer.interrupted(routine);
    }
  }

  @Override
  protected boolean isOver() {
    return over || (outer != null && outer.isOver());
  }

  @Override
  protected void letOthersRun() {
    if (outer == null) {
      super.letOthersRun();
    } else {
      outer.letOthersRun();
    }
  }

  @Override
  protected Clock clock() {
    return outer == null ? clock : outer.clock();
  }

  /** How many alarms its goroutines have set that have not rung yet. */
  int alarmsPending() {
    return clock.pending();
  }

  /** Whether a token says that something outside may wake a goroutine. */
  boolean hasOutsiders() {
    return outsiders.get() > 0;
  }

  /** The thread that runs it. */
  Thread caller() {
    return caller;
  }

  /**
   * Notes that something outside may wake the goroutines of the current program.
   *
   * @return the token that ends it
   */
  public static Outside outside() {
    World world = current();
    return new Outsider(world instanceof Program program ? program.tokens() : new AtomicInteger());
  }

  /** Where tokens are counted: at the program that looks for deadlocks. */
  private AtomicInteger tokens() {
    return outer instanceof Program around ? around.tokens() : outsiders;
  }

  /** Main has returned: names and interrupts those that still run. */
  private void end() {
    if (over) {
      return; // by a deadlock, which has named and interrupted them
    }
    letLastInstructionsRun();
    over = true; // before looking who lives: who is started meanwhile looks at this after joining
    List<Routine> survivors = liveInOrder();
    if (survivors.isEmpty()) {
      return;
    }
    StringBuilder names = new StringBuilder();
    for (Routine survivor : survivors) {
      names.append("\n  ").append(survivor);
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "main returned while {0} of its goroutines still ran; they are interrupted:{1}",
        survivors.size(),
        names);
    survivors.forEach(Routine::interrupt);
  }

  /**
   * Waits a moment for those that run: a goroutine whose last act let main go on (a close, a {@code
   * done}), or that main's last act has woken, is not a survivor, only slower. Those that sleep
   * are, without waiting.
   */
  private void letLastInstructionsRun() {
    long left = GRACE_NANOS; // processor time is meant, so not the Clock's, which may be virtual
    long last = System.nanoTime();
    while (left > 0 && live().stream().anyMatch(Routine::runs)) {
      World.yieldToOthers();
      long now = System.nanoTime();
      left -= Math.min(now - last, MOST_AT_ONCE_NANOS);
      last = now;
    }
  }
}
