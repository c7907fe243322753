package dev.runnel.pipeline;

import java.util.Objects;

/**
 * A stage of a pipeline failed. The cause is what its function, its source or its sink threw.
 *
 * <p>Each is made for the terminal call that throws it.
 */
public final class PipelineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The name of the stage that failed. */
  private final String stage;

  /**
   * Creates it.
   *
   * @param stage the stage that failed
   * @param cause why
   * @throws NullPointerException if an argument is null
   */
  public PipelineException(String stage, Throwable cause) {
    super("stage " + stage + " failed: " + Objects.requireNonNull(cause, "cause"), cause);
    this.stage = stage;
  }

  /**
   * The stage that failed.
   *
   * @return its name, see {@link Pipeline#named}; unless it was given one, its operator and its
   *     place, as in {@code map (3)}
   */
  public String stage() {
    return stage;
  }
}
