package dev.runnel.internal.goroutine;

import dev.runnel.DeadlockException;
import dev.runnel.observe.GoroutineDump;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether all goroutines of a program are asleep for ever. It looks from outside, now and
 * then, so that goroutines pay nothing for it.
 *
 * <p>One look asks each goroutine for the number of its wait, and gives up at the first that is
 * awake. A second look that finds all in the same waits proves that there was a moment between the
 * two at which all were asleep: each was asleep all the time from its first look to its second. If
 * at that moment no alarm was set (an alarm counts until it has rung and has woken whom it wakes),
 * and nobody outside may wake one of them, they sleep for ever: who is to start or wake a goroutine
 * of this program?
 */
final class DeadlockWatch {
  private static final System.Logger LOG = System.getLogger("dev.runnel");

  private static final long FIRST_LOOK_NANOS = 20_000_000;

  /** A look may take this part of the time: with a million goroutines it comes seldom. */
  private static final int SHARE = 200;

  private final Program program;
  private long nextLook = FIRST_LOOK_NANOS;
  private boolean warned;

  DeadlockWatch(Program program) {
    this.program = program;
  }

  /** How long to wait before the next look, in nanoseconds. */
  long nextLook() {
    return nextLook;
  }

  /** Looks; the deadlock if there is one. */
  @Nullable DeadlockException look() {
    long start = System.nanoTime();
    boolean asleep = asleepForEver(program, program::alarmsPending);
    nextLook = Math.max(FIRST_LOOK_NANOS, (System.nanoTime() - start) * SHARE);
    if (!asleep) {
      warned = false;
      return null;
    }
    String outside = outside();
    if (outside == null) {
      return new DeadlockException(
          "all goroutines are asleep - deadlock!\n\n" + GoroutineDump.of(program.liveInOrder()));
    }
    if (!warned) {
      warned = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "all goroutines are asleep, and only {0} can wake them:\n\n{1}",
          outside,
          GoroutineDump.of(program.liveInOrder()));
    }
    return null;
  }

  /**
   * Whether all goroutines of a world are asleep and no alarm is set. There must be some.
   *
   * @param world the world
   * @param alarms how many alarms are set
   * @return true if nobody in the world can wake any of them
   */
  static boolean asleepForEver(World world, IntSupplier alarms) {
    if (alarms.getAsInt() > 0) {
      return false;
    }
    Map<Routine, Integer> waits = new HashMap<>();
    for (Routine routine : world.live()) {
      int wait = routine.currentWait();
      if (wait == Routine.AWAKE) {
        return false;
      }
      waits.put(routine, wait);
    }
    boolean quiet = alarms.getAsInt() == 0;
    int seen = 0;
    for (Routine routine : world.live()) {
      Integer before = waits.get(routine);
      if (before == null || routine.currentWait() != before) {
        return false;
      }
      seen++;
    }
    return quiet && seen == waits.size() && seen > 0;
  }

  /** Who outside may wake a goroutine; null if nobody. */
  private @Nullable String outside() {
    if (program.hasOutsiders()) {
      return "what an open Outside token stands for";
    }
    List<String> threads = new ArrayList<>();
    for (Thread thread : platformThreads()) {
      if (thread != null && thread != program.caller() && !thread.isDaemon() && thread.isAlive()) {
        threads.add(thread.getName());
      }
    }
    return threads.isEmpty() ? null : "another thread, " + String.join(" or ", threads) + ",";
  }

  private static Thread[] platformThreads() {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    Thread[] threads = new Thread[64];
    while (top.enumerate(threads) == threads.length) { // those that do not fit are left out
      threads = new Thread[2 * threads.length];
    }
    return threads;
  }
}
