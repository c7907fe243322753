package dev.runnel.pattern;

import java.util.concurrent.ExecutionException;

/**
 * What became of a job, as a value: {@link Success} or {@link Failure}.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="outcomes"}
 *
 * @param <J> the type of the job
 * @param <R> the type of the result
 */
public sealed interface Outcome<J, R> {

  /**
   * The job.
   *
   * @return the job, as it was given
   */
  J job();

  /**
   * A job that was done.
   *
   * @param job the job
   * @param result its result
   * @param <J> the type of the job
   * @param <R> the type of the result
   */
  record Success<J, R>(J job, R result) implements Outcome<J, R> {}

  /**
   * A job that failed, for the last time if it was tried again.
   *
   * @param job the job
   * @param cause why
   * @param <J> the type of the job
   * @param <R> the type of the result
   */
  record Failure<J, R>(J job, Exception cause) implements Outcome<J, R> {}

  /**
   * The result, for those who take a failure for one.
   *
   * @return the result
   * @throws ExecutionException if the job failed, with that failure as the cause
   */
  default R orThrow() throws ExecutionException {
    return switch (this) {
      case Success<J, R>(J _, R result) -> result;
      case Failure<J, R>(J _, Exception cause) -> throw new ExecutionException(cause);
    };
  }
}
