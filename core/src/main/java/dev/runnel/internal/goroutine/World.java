package dev.runnel.internal.goroutine;

import dev.runnel.internal.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where goroutines live: who is started by a goroutine of a world is in that world too. A program
 * of {@code Go.run} is a world, and so is a bubble of the testing module.
 *
 * <p>A world is told of each of its goroutines four times: {@link #starting}, {@link #running},
 * {@link #done}, {@link #ended}. It also gives them their clock.
 */
public abstract class World {
  private final Set<Routine> live = ConcurrentHashMap.newKeySet();

  /** Creates it empty. */
  protected World() {}

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
   * The world that this one is in, if it is not on its own: the outermost.
   *
   * @return that world, or this
   */
  public World root() {
    return this;
  }

  /**
   * Those of its goroutines that are not done.
   *
   * @return a view
   */
  public final Collection<Routine> live() {
    return Collections.unmodifiableCollection(live);
  }

  /**
   * Those of its goroutines that are not done, now.
   *
   * @return a copy, the oldest first
   */
  public final List<Routine> liveInOrder() {
    return live.stream().sorted(Comparator.comparingLong(Routine::id)).toList();
  }

  /**
   * Knows a goroutine no more, and so does not keep it in memory.
   *
   * @param routine the goroutine
   */
  final void forget(Routine routine) {
    live.remove(routine);
  }

  /**
   * A goroutine is about to start. Called by whoever starts it.
   *
   * @param routine the goroutine
   */
  protected void starting(Routine routine) {
    live.add(routine);
  }

  /**
   * A goroutine has started. The first thing it does.
   *
   * @param routine the current goroutine
   */
  protected void running(Routine routine) {}

  /**
   * The body of a goroutine is over. Called by it, before anybody else can learn that.
   *
   * @param routine the current goroutine
   */
  protected void done(Routine routine) {
    live.remove(routine);
  }

  /**
   * A goroutine has ended, and all who waited for that have been told. The last thing it does.
   *
   * @param routine the current goroutine
   */
  protected void ended(Routine routine) {}

  /**
   * The body of a goroutine has thrown something for which nobody answers.
   *
   * @param routine the current goroutine
   * @param thrown what it threw
   * @return true if the world takes care of that; else the uncaught-exception handler does
   */
  protected boolean failed(Routine routine, Throwable thrown) {
    return false;
  }

  /**
   * A goroutine has been interrupted, by Runnel or through it. Called by whoever did so.
   *
   * @param routine the goroutine
   */
  protected void interrupted(Routine routine) {}

  /**
   * Whether main has returned, and the rest is being interrupted.
   *
   * @return true if so
   */
  protected boolean isOver() {
    return false;
  }

  /**
   * Whether its goroutines are started so that the JDK does not keep their threads in memory.
   *
   * @return true if so
   */
  protected boolean startsAlone() {
    return false;
  }

  /** Lets others run, in a loop that waits for one of them to take its next few steps. */
  @SuppressWarnings("ThreadPriorityCheck") // it is they who should run
  protected void letOthersRun() {
    Thread.onSpinWait();
    Thread.yield();
  }

  /** Lets others run: {@link #letOthersRun} of the current world. */
  @SuppressWarnings("ThreadPriorityCheck") // it is they who should run
  public static void yieldToOthers() {
    World world = current();
    if (world == null) {
      Thread.onSpinWait();
      Thread.yield();
    } else {
      world.letOthersRun();
    }
  }

  /**
   * The clock of its goroutines.
   *
   * @return the clock
   */
  protected Clock clock() {
    return Clock.system();
  }
}
