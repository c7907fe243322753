package dev.runnel.internal.pipeline;

import dev.runnel.pipeline.PipelineException;

/**
 * Carries a failure through the stages of a run, with the name of the stage that it comes from. It
 * never leaves the run: the terminal call throws a {@link PipelineException} in its place.
 */
public final class StageFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String stage;
  private final Throwable reason;

  StageFailure(String stage, Throwable reason) {
    super(
        stage, reason, true, false); // suppression yes, as groups use it; no stack: nobody sees it
    this.stage = stage;
    this.reason = reason;
  }

  /** What was thrown. */
  Throwable reason() {
    return reason;
  }

  /** What the terminal call throws. */
  PipelineException asSeenOutside() {
    PipelineException seen = new PipelineException(stage, reason);
    for (Throwable later : getSuppressed()) {
      seen.addSuppressed(later instanceof StageFailure other ? other.asSeenOutside() : later);
    }
    return seen;
  }
}
