package dev.runnel.internal.goroutine;

import dev.runnel.Outside;
import dev.runnel.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The goroutines of one {@code Go.run}: its main goroutine, and all that those in it start. */
public final class World {
  private static final System.Logger LOG = System.getLogger("dev.runnel");

  /** How long a goroutine that runs when main returns may take to end before it is a survivor. */
  private static final long GRACE_NANOS = 100_000_000;

  /** How much of that passes at a time: when this process stood still, so did they. */
  private static final long MOST_AT_ONCE_NANOS = 5_000_000;

  private final Set<Routine> live = ConcurrentHashMap.newKeySet();
  private final AtomicInteger outsiders = new AtomicInteger();
  private volatile boolean over;

  private World() {}

  /**
   * The world of the current goroutine.
   *
   * @return the world; null if the thread is no goroutine's, or that is in no world
   */
  public static @Nullable World current() {
    Routine routine = Routine.current();
    return routine == null ? null : routine.world();
  }

  /**
   * Runs a program as the main goroutine of a new world.
   *
   * @param main its body
   * @throws Exception what it throws
   */
  public static void run(Task main) throws Exception {
    World world = new World();
    Callable<@Nullable Void> body =
        () -> {
          main.run();
          return null;
        };
    Promise<@Nullable Void> promise = new Promise<>(body, null);
    Routine routine = Routine.startMain(promise, world);
    try {
      promise.get();
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
    } finally {
      world.end();
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

  void add(Routine routine) {
    live.add(routine);
  }

  void remove(Routine routine) {
    live.remove(routine);
  }

  /** Whether main has returned, and the rest is being interrupted. */
  boolean isOver() {
    return over;
  }

  /**
   * Notes that something outside may wake the goroutines of the current world.
   *
   * @return the token that ends it
   */
  public static Outside outside() {
    World world = current();
    return world == null ? new Outsider(new AtomicInteger()) : new Outsider(world.outsiders);
  }

  /** Main has returned: names and interrupts those that still run. */
  private void end() {
    letLastInstructionsRun();
    over = true; // before looking who lives: who is started meanwhile looks at this after joining
    List<Routine> survivors = new ArrayList<>(live);
    survivors.sort(Comparator.comparingLong(Routine::id));
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
  @SuppressWarnings("ThreadPriorityCheck") // it is they who should run; the time is bounded
  private void letLastInstructionsRun() {
    long left = GRACE_NANOS; // processor time is meant, so not the Clock's, which may be virtual
    long last = System.nanoTime();
    while (left > 0 && live.stream().anyMatch(Routine::runs)) {
      Thread.yield();
      long now = System.nanoTime();
      left -= Math.min(now - last, MOST_AT_ONCE_NANOS);
      last = now;
    }
  }
}
