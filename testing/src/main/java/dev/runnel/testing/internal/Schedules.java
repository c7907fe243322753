package dev.runnel.testing.internal;

import dev.runnel.Task;
import dev.runnel.testing.ScheduleError;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Runs a program in one schedule after another. */
public final class Schedules {
  /** After how many steps a schedule counts as one that does not end. */
  private static final int MOST_STEPS = 100_000;

  /** How much of a trace a message shows; the error has all of it. */
  private static final int MOST_LINES = 200;

  private final int most;
  private final Plan plan;
  private final long random;
  private final @Nullable String replay;
  private volatile int ran;

  private Schedules(int most, Plan plan, long random, @Nullable String replay) {
    this.most = most;
    this.plan = plan;
    this.random = random;
    this.replay = replay;
  }

  /**
   * Plans schedules.
   *
   * @param most how many at most
   * @param plan which
   * @param random what their seeds follow from
   * @return the schedules
   */
  public static Schedules of(int most, Plan plan, long random) {
    return new Schedules(most, plan, random, null);
  }

  /**
   * Plans to repeat one schedule.
   *
   * @param seed its seed
   * @return the schedules
   * @throws IllegalArgumentException if it is no seed
   */
  public static Schedules replaying(String seed) {
    Seeds.chooser(seed); // refuses what is no seed
    return new Schedules(1, new Plan.Walk(), 0, seed);
  }

  /**
   * Plans others.
   *
   * @param other which
   * @return the schedules
   */
  public Schedules by(Plan other) {
    refuseReplay();
    return new Schedules(most, other, random, null);
  }

  /**
   * Plans others.
   *
   * @param seed what their seeds follow from
   * @return the schedules
   */
  public Schedules from(long seed) {
    refuseReplay();
    return new Schedules(most, plan, seed, null);
  }

  private void refuseReplay() {
    if (replay != null) {
      throw new IllegalStateException("a replay follows its seed, and nothing else");
    }
  }

  /** How many have been run. */
  public int ran() {
    return ran;
  }

  /**
   * Runs them.
   *
   * @param watched through which to drive
   * @param task the program
   * @return the failure of the first that fails, or null
   */
  public @Nullable Throwable run(Watched watched, Task task) {
    SplittableRandom seeds = new SplittableRandom(random);
    Chooser last = null;
    int longest = 1;
    for (int i = 0; i < most; i++) {
      String seed = replay != null ? replay : plan.seed(i, seeds.nextLong(), longest, last);
      if (seed == null) {
        return null;
      }
      last = Seeds.chooser(seed);
      Turns turns = new Turns(last, null, MOST_STEPS);
      Throwable failure = watched.drive(new BubbleWorld(turns), task);
      longest = Math.max(longest, turns.steps());
      ran = i + 1;
      if (failure instanceof InterruptedException && watched.interrupted()) {
        return failure;
      }
      if (failure != null) {
        return explained(
            i, last instanceof Path p ? fullPath(seed, p) : seed, failure, watched, task);
      }
    }
    return null;
  }

  private static String fullPath(String seed, Path path) {
    return Seeds.path(Integer.parseInt(seed.split("-", -1)[1]), path.taken());
  }

  /** Runs a schedule that failed once more, now with a trace. */
  private ScheduleError explained(
      int index, String seed, Throwable failure, Watched watched, Task task) {
    Trace trace = new Trace();
    Throwable again =
        watched.drive(new BubbleWorld(new Turns(Seeds.chooser(seed), trace, MOST_STEPS)), task);
    List<String> lines = trace.lines();
    StringBuilder message = new StringBuilder();
    message.append("schedule ").append(index + 1).append(" fails: ").append(failure);
    message.append("\nRepeat it by Explore.replay(\"").append(seed).append("\").run(...)");
    if (again == null || again.getClass() != failure.getClass()) {
      message.append("\nBut it did not fail in the same way again (");
      message.append(again).append("): the program does something that differs from run to run.");
    }
    message.append("\nWhat was done, and by whom:");
    for (String line : lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())) {
      message.append("\n  ").append(line);
    }
    return new ScheduleError(message.toString(), seed, lines, failure);
  }
}
