package dev.runnel.testing;

import java.util.List;

/**
 * A program failed in one of the orders in which {@link Explore} ran it. The cause is what went
 * wrong.
 */
public class ScheduleError extends AssertionError {
  private static final long serialVersionUID = 1L;

  /** The seed of the schedule. */
  private final String seed;

  private final transient List<String> trace;

  /**
   * Creates the error.
   *
   * @param message what happened
   * @param seed the seed of the schedule
   * @param trace what was done, in order
   * @param cause what went wrong
   */
  public ScheduleError(String message, String seed, List<String> trace, Throwable cause) {
    super(message, cause);
    this.seed = seed;
    this.trace = List.copyOf(trace);
  }

  /**
   * The seed, for {@link Explore#replay}.
   *
   * @return the seed
   */
  public String seed() {
    return seed;
  }

  /**
   * What the goroutines did: who, what, on what, in which line.
   *
   * @return a line for each operation
   */
  public List<String> trace() {
    return trace;
  }
}
