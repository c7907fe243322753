package dev.runnel.pattern;

import dev.runnel.Chan;

/**
 * The results of a {@link WorkerPool} at work, and what can be told and changed meanwhile.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="pool-live"}
 *
 * <p>The counts are of one moment, each for itself, and give no happens-before.
 *
 * @param <R> the type of the results
 */
public final class PoolResults<R> extends Feed<R> {
  private final Crew<?> crew;
  private final Production production;

  PoolResults(Chan<R> results, Crew<?> crew, Production production) {
    super(results);
    this.crew = crew;
    this.production = production;
  }

  /**
   * How many jobs are known to wait: those in the buffer of their {@link Chan}, or those left of
   * their collection.
   *
   * @return the number; 0 if their source does not tell
   */
  public int queued() {
    return crew.waiting();
  }

  /**
   * How many jobs have been taken and are under way, waiting for the consumer included.
   *
   * @return the number of jobs
   */
  public long running() {
    return crew.running();
  }

  /**
   * How many jobs have been done, and their results sent.
   *
   * @return the number of jobs
   */
  public long done() {
    return crew.done();
  }

  /**
   * How many jobs have failed, for the last time if they were tried again.
   *
   * @return the number of jobs
   */
  public long failed() {
    return crew.failed();
  }

  /**
   * How many workers there are at most.
   *
   * @return the number last given to {@link #resize}, or else to {@link WorkerPool#of}
   */
  public int size() {
    return crew.size();
  }

  /**
   * Sets how many workers there are at most. When there are too many, those that wait for a job
   * leave (one to which a job is handed over just then does it first), those at work when their job
   * is done.
   *
   * @param workers how many, at least 1
   * @throws IllegalArgumentException if it is less than 1
   */
  public void resize(int workers) {
    crew.resize(WorkerPool.checkSize(workers));
  }

  @Override
  public void close() {
    production.stop();
  }

  @Override
  public String toString() {
    return "results of a worker pool of "
        + size()
        + " ("
        + running()
        + " running, "
        + done()
        + " done, "
        + failed()
        + " failed)";
  }
}
