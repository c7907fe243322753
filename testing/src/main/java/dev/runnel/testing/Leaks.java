package dev.runnel.testing;

import dev.runnel.Task;
import dev.runnel.internal.goroutine.Enclosure;
import dev.runnel.internal.goroutine.Registry;
import dev.runnel.internal.goroutine.World;
import dev.runnel.internal.time.Clock;
import dev.runnel.observe.GoroutineDump;
import dev.runnel.testing.internal.Left;
import java.time.Duration;
import java.util.Objects;

/**
 * Finds goroutines that are left behind, in real time.
 *
 * {@snippet class="dev.runnel.testing.guide.TestingPageTest" region="leaks"}
 *
 * <p>The garbage collector is asked which of those that are left are proven to be leaked: they wait
 * for something that nobody can reach. The others still run, or wait for something that somebody
 * holds, perhaps in vain.
 *
 * <p>Only goroutines that the task starts count, and those that they start, so tests can run beside
 * one another. In a {@link Bubble} no such check is needed: it makes it itself.
 *
 * <p>Origin in Go: Uber's {@code goleak}, which looks at all goroutines of the process.
 */
public final class Leaks {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private Leaks() {}

  /**
   * Runs a task on a goroutine and checks that all goroutines it has started have ended. Those that
   * can still end have two seconds for it; the check ends as soon as they have, or as all that are
   * left sleep and nothing in the task can wake them.
   *
   * @param task what to run
   * @throws LeakError if goroutines are left; it says where they are. They are interrupted
   * @throws IllegalStateException if the current goroutine is in a bubble or a {@code Go.run}
   * @throws InterruptedException if the current thread is interrupted
   * @throws Exception what the task throws; goroutines that are left then are interrupted, and told
   *     of in a suppressed {@link LeakError}
   * @throws NullPointerException if the task is null
   */
  public static void check(Task task) throws Exception {
    check(GRACE, task);
  }

  /**
   * Runs a task as {@link #check(Task)} does, with another grace.
   *
   * @param grace how long those may take that can still end; zero or less: not at all
   * @param task what to run
   * @throws Exception what {@link #check(Task)} throws
   * @throws NullPointerException if an argument is null
   */
  public static void check(Duration grace, Task task) throws Exception {
    long graceNanos = Clock.nanos(grace);
    Objects.requireNonNull(task, "task");
    if (World.current() != null) {
      throw new IllegalStateException(
          "the current goroutine is in a bubble, a Go.run or another check, which finds what is left");
    }
    Enclosure enclosure = new Enclosure();
    Registry.watched(true);
    try {
      Throwable failure = enclosure.run(task);
      LeakError leak = enclosure.awaitAll(graceNanos) ? null : leak(enclosure);
      if (failure != null) {
        if (leak != null) {
          failure.addSuppressed(leak);
        }
        throw failure instanceof Error error ? rethrow(error) : (Exception) failure;
      }
      if (leak != null) {
        throw leak;
      }
    } finally {
      Registry.watched(false);
      enclosure.close();
    }
  }

  private static Exception rethrow(Error error) {
    throw error;
  }

  private static LeakError leak(Enclosure enclosure) {
    GoroutineDump left = GoroutineDump.of(enclosure.liveInOrder());
    return Left.behind(left, enclosure.provenLeaked());
  }
}
