package dev.runnel.testing;

import dev.runnel.Task;
import dev.runnel.testing.internal.Schedules;
import dev.runnel.testing.internal.Watched;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs a concurrent program again and again, in another order each time, and finds the order in
 * which it fails.
 *
 * {@snippet class="dev.runnel.testing.guide.TestingPageTest" region="explore"}
 *
 * <p>Each run is in a new {@linkplain Bubble bubble}, in which the goroutines run one at a time. At
 * each operation of Runnel a {@link Strategy} chooses who goes on; it also chooses what a select
 * takes and which of several timers that are due at the same instant is first. So a run follows
 * from its seed alone, provided that the program does nothing else that differs from run to run:
 * random numbers of its own, threads of its own, the time of day.
 *
 * <p>A run fails if a goroutine throws, if all wait for ever, or if some are left when the task has
 * returned. Then a {@link ScheduleError} tells the seed, and what was done in which order. {@link
 * #replay} repeats just that run.
 *
 * <p>Between two operations a goroutine is not interrupted. Unguarded access to shared fields is
 * for the race detector to find.
 */
public final class Explore {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Schedules schedules;

  private Explore(Schedules schedules) {
    this.schedules = schedules;
  }

  /**
   * Explores a number of schedules, those of even number by a random walk and the others by PCT
   * with depth 3, from a random seed.
   *
   * @param most how many at most, more than zero
   * @return the exploration, to be run
   * @throws IllegalArgumentException if the number is not more than zero
   */
  public static Explore schedules(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("explore at least one schedule, not " + most);
    }
    return new Explore(
        Schedules.of(most, Strategy.mixed().plan(), ThreadLocalRandom.current().nextLong()));
  }

  /**
   * Repeats one schedule.
   *
   * @param seed the seed, as a {@link ScheduleError} told it
   * @return the exploration, to be run
   * @throws IllegalArgumentException if that is no such seed
   * @throws NullPointerException if the seed is null
   */
  public static Explore replay(String seed) {
    return new Explore(Schedules.replaying(Objects.requireNonNull(seed, "seed")));
  }

  /**
   * Explores by another strategy.
   *
   * @param strategy the strategy
   * @return the exploration, to be run
   * @throws IllegalStateException if this replays a schedule
   * @throws NullPointerException if the strategy is null
   */
  public Explore by(Strategy strategy) {
    return new Explore(schedules.by(strategy.plan()));
  }

  /**
   * Explores the same schedules each time.
   *
   * @param seed what they follow from
   * @return the exploration, to be run
   * @throws IllegalStateException if this replays a schedule
   */
  public Explore from(long seed) {
    return new Explore(schedules.from(seed));
  }

  /**
   * Runs the task until a schedule fails, or the number is reached, or (with {@link
   * Strategy#exhaustive}) all have been run.
   *
   * @param task what to run, each time anew
   * @return how many schedules were run, none of which failed
   * @throws ScheduleError if one fails
   * @throws IllegalStateException if the current thread is in a bubble
   * @throws InterruptedException if the current thread is interrupted
   * @throws NullPointerException if the task is null
   */
  public int run(Task task) throws InterruptedException {
    Objects.requireNonNull(task, "task");
    try {
      Watched.run(PATIENCE, watched -> schedules.run(watched, task));
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e); // all else is the cause of a ScheduleError
    }
    return schedules.ran();
  }
}
