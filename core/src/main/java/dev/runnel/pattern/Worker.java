package dev.runnel.pattern;

/**
 * What is done with each job: the function of a {@link WorkerPool} or a {@link FanOut}.
 *
 * <p>It runs on several goroutines at once. {@link dev.runnel.Context#current()} is the context it
 * runs under; when that ends, its thread is interrupted.
 *
 * @param <J> the type of the jobs
 * @param <R> the type of the results
 */
@FunctionalInterface
public interface Worker<J, R> {

  /**
   * Does one job.
   *
   * @param job the job, never null
   * @return the result; null is a failure of the job, as channels carry no null
   * @throws Exception if the job fails; what becomes of it is said where the worker is handed over
   */
  R work(J job) throws Exception;
}
