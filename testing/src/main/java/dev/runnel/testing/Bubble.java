package dev.runnel.testing;

import dev.runnel.Task;
import dev.runnel.testing.internal.BubbleWorld;
import dev.runnel.testing.internal.Watched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * Runs concurrent code with a time of its own, so that a test that waits for a year takes
 * milliseconds, and needs no luck.
 *
 * {@snippet class="dev.runnel.testing.guide.TestingPageTest" region="bubble"}
 *
 * <p>The task and all goroutines that are started in it are in the bubble. Its time starts at
 * 2000-01-01T00:00:00Z and stands still while any of them can run. When all are <i>durably
 * blocked</i> it jumps to the next thing that is set: a sleep's end, a timer, a deadline. If there
 * is none, they are deadlocked.
 *
 * <p>A goroutine is durably blocked when it waits in an operation of Runnel for something made in
 * the bubble: at a channel or select, in a sleep, for a context, a group, a lock, a semaphore,
 * another goroutine. It is not when it waits for input, for a lock of {@code java.util.concurrent},
 * in {@code Thread.sleep}, or for something that was made outside; then time stands still, and
 * after a while of real time the bubble fails and names it.
 *
 * <p>What is made in a bubble is for its goroutines alone until the bubble is over: for others, an
 * operation on it throws {@code IllegalStateException}. Raw threads that are started in a bubble
 * are outside it, and so are the goroutines that they start: time does not wait for them, nor does
 * the bubble's end, and they may not use what was made in it.
 *
 * <p>Origin in Go: {@code testing/synctest}. There mutexes do not block durably; here they do.
 */
public final class Bubble {
  /** How long a bubble may stand still in real time, unless it is told otherwise. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Bubble() {}

  /**
   * Runs a task as the main goroutine of a new bubble, and waits until that and all it has started
   * have ended. Can be called by any thread; the task itself runs on a goroutine.
   *
   * <p>The first failure of a goroutine, the main one or another, ends the bubble: all are
   * interrupted, and it is thrown as it is. Suppressed in it are a dump of the goroutines that were
   * left when it came, and what others threw until they had ended, but not that they were
   * interrupted. Those that have not ended two seconds later are left alone.
   *
   * @param task what to run
   * @throws dev.runnel.DeadlockException if all goroutines wait for ever; it says for what, and
   *     where
   * @throws LeakError if goroutines are left, blocked, when the task has returned: time does not
   *     move any more then
   * @throws StalledException if for 30 seconds a goroutine keeps the time from moving
   * @throws IllegalStateException if the current thread is in a bubble: they can't be nested
   * @throws InterruptedException if the current thread is interrupted; the bubble has then ended
   * @throws Exception what a goroutine throws
   * @throws NullPointerException if the task is null
   */
  public static void run(Task task) throws Exception {
    run(PATIENCE, task);
  }

  /**
   * Runs a task as {@link #run(Task)} does, with another patience.
   *
   * @param patience how long a goroutine may keep the time from moving, in real time, more than
   *     zero
   * @param task what to run
   * @throws IllegalArgumentException if the patience is not more than zero
   * @throws Exception what {@link #run(Task)} throws
   * @throws NullPointerException if an argument is null
   */
  public static void run(Duration patience, Task task) throws Exception {
    Objects.requireNonNull(task, "task");
    Watched.run(patience, watched -> watched.drive(new BubbleWorld(null), task));
  }

  /**
   * Waits until all other goroutines of the bubble are durably blocked or have ended. Time does not
   * move. What they did before happens-before this returns.
   *
   * <p>If several wait to settle they go on one after another, in the order they came.
   *
   * <p>Origin in Go: {@code synctest.Wait}.
   *
   * @throws IllegalStateException if the current thread is in no bubble
   * @throws InterruptedException if the current goroutine is interrupted on entry or while waiting
   */
  public static void settle() throws InterruptedException {
    here().settle();
  }

  /**
   * The clock of the current bubble, for code under test that is given a clock.
   *
   * @return the clock, in UTC
   * @throws IllegalStateException if the current thread is in no bubble
   */
  public static Clock clock() {
    return new BubbleClock(here().clock(), ZoneOffset.UTC);
  }

  private static BubbleWorld here() {
    BubbleWorld bubble = BubbleWorld.here();
    if (bubble == null) {
      throw new IllegalStateException(
          "the current thread is in no bubble: only the task of Bubble.run and the goroutines that"
              + " are started in it are");
    }
    return bubble;
  }

  /** Shows a bubble's time to code that knows only {@code java.time}. */
  private static final class BubbleClock extends Clock {
    private final dev.runnel.internal.time.Clock time;
    private final ZoneId zone;

    BubbleClock(dev.runnel.internal.time.Clock time, ZoneId zone) {
      this.time = time;
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new BubbleClock(time, other);
    }

    @Override
    public Instant instant() {
      return time.now();
    }
  }
}
