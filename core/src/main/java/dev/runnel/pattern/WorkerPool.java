package dev.runnel.pattern;

import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ReceiveChan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does jobs with a number of workers at a time.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="pool"}
 *
 * <p>A pool is immutable: each setting gives a new one, and each start its own workers, which end
 * when the jobs do, when the context ends, or when the results are {@linkplain Feed#close closed}.
 * A worker takes the next job when it has sent the result of the last.
 *
 * <p><b>Failures.</b> A job that fails ends the pool, unless {@link #onFailure} or {@link
 * #startOutcomes} say otherwise: the other workers are interrupted, and the consumer gets the
 * results that were sent before and then a {@link ChannelFailedException}. An {@link Error} always
 * ends it. If the channel of the jobs fails, the jobs sent before are done first, and then the
 * results fail likewise.
 *
 * <p>Sending a job <i>happens-before</i> the work on it, and that before the receipt of its result.
 *
 * <p>Origin in Go: the worker pool of <i>Go by Example</i> and of every book. There, a worker sends
 * its result without watching the context, so a consumer who stops strands the workers; a failure
 * has no way out; and the order is lost even if it matters.
 */
public final class WorkerPool {
  private static final int ALL = -1;

  private final int size;
  private final int buffer;
  private final int ahead;
  private final Attempts attempts;
  private final @Nullable BiConsumer<Object, ? super Exception> onFailure;

  private WorkerPool(
      int size,
      int buffer,
      int ahead,
      Attempts attempts,
      @Nullable BiConsumer<Object, ? super Exception> onFailure) {
    this.size = size;
    this.buffer = buffer;
    this.ahead = ahead;
    this.attempts = attempts;
    this.onFailure = onFailure;
  }

  /**
   * A pool of a number of workers, which sends results as they come.
   *
   * @param workers how many, at least 1
   * @return the pool
   * @throws IllegalArgumentException if it is less than 1
   */
  public static WorkerPool of(int workers) {
    return new WorkerPool(checkSize(workers), ALL, 0, Attempts.ONE, null);
  }

  static int checkSize(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("a pool needs at least 1 worker, not " + workers);
    }
    return workers;
  }

  /**
   * Sets that results come in the order of their jobs. A job that takes long holds back the results
   * of no more than 4 times as many jobs as there are workers; then the workers wait for it.
   *
   * @return a pool that does so
   */
  public WorkerPool ordered() {
    return ordered(Math.multiplyExact(4, size));
  }

  /**
   * Sets that results come in the order of their jobs.
   *
   * @param ahead how many jobs may be under way or have their results held back, at least 1
   * @return a pool that does so
   * @throws IllegalArgumentException if it is less than 1
   */
  public WorkerPool ordered(int ahead) {
    if (ahead < 1) {
      throw new IllegalArgumentException("an ordered pool must have room for 1 job, not " + ahead);
    }
    return new WorkerPool(size, buffer, ahead, attempts, onFailure);
  }

  /**
   * Sets how many results may wait for the consumer. As many as there are workers, unless this says
   * otherwise.
   *
   * @param results how many; 0: each is handed over
   * @return a pool that does so
   * @throws IllegalArgumentException if it is negative
   */
  public WorkerPool buffer(int results) {
    if (results < 0) {
      throw new IllegalArgumentException("a pool's buffer can't be negative: " + results);
    }
    return new WorkerPool(size, results, ahead, attempts, onFailure);
  }

  /**
   * Sets that a job that fails has no result, and the pool goes on. What the handler throws ends
   * the pool.
   *
   * @param handler gets the job and its failure, on the worker's goroutine, several at a time
   * @return a pool that does so
   * @throws NullPointerException if the handler is null
   */
  public WorkerPool onFailure(BiConsumer<Object, ? super Exception> handler) {
    Objects.requireNonNull(handler, "handler");
    return new WorkerPool(size, buffer, ahead, attempts, handler);
  }

  /**
   * Sets that a job that fails has no result, and the pool goes on.
   *
   * @param handler gets the failure, as {@link #onFailure(BiConsumer)} says
   * @return a pool that does so
   * @throws NullPointerException if the handler is null
   */
  public WorkerPool onFailure(Consumer<? super Exception> handler) {
    Objects.requireNonNull(handler, "handler");
    return onFailure((_, failure) -> handler.accept(failure));
  }

  /**
   * Sets that a job that fails is tried again, at once.
   *
   * @param times how often at most
   * @return a pool that does so
   * @throws IllegalArgumentException if it is negative
   */
  public WorkerPool retry(int times) {
    return retry(times, Backoff.constant(Duration.ZERO));
  }

  /**
   * Sets that a job that fails is tried again, after a time that {@linkplain Backoff#exponential
   * doubles} up to a hundredfold.
   *
   * @param times how often at most
   * @param first how long to wait the first time, more than zero
   * @return a pool that does so
   * @throws IllegalArgumentException if an argument is not what it must be
   * @throws NullPointerException if {@code first} is null
   */
  public WorkerPool retry(int times, Duration first) {
    return retry(times, Backoff.exponential(first, first.multipliedBy(100)));
  }

  /**
   * Sets that a job that fails is tried again. The worker waits meanwhile. A job that was told to
   * stop is not tried again.
   *
   * @param times how often at most
   * @param backoff how long to wait before
   * @return a pool that does so
   * @throws IllegalArgumentException if the number is negative
   * @throws NullPointerException if the back-off is null
   */
  public WorkerPool retry(int times, Backoff backoff) {
    if (times < 0) {
      throw new IllegalArgumentException("can't try again " + times + " times");
    }
    Objects.requireNonNull(backoff, "backoff");
    return with(new Attempts(times, backoff, attempts.atMost()));
  }

  /**
   * Sets how long an attempt at a job may take. Then it is interrupted, and once it has ended, has
   * failed with a {@link TimeoutException}.
   *
   * @param atMost how long
   * @return a pool that does so
   * @throws NullPointerException if the duration is null
   */
  public WorkerPool timeout(Duration atMost) {
    Objects.requireNonNull(atMost, "atMost");
    return with(new Attempts(attempts.again(), attempts.backoff(), atMost));
  }

  private WorkerPool with(Attempts other) {
    return new WorkerPool(size, buffer, ahead, other, onFailure);
  }

  /**
   * Starts doing the jobs that a channel brings.
   *
   * @param jobs the jobs, until it is closed
   * @param worker does one job; several at a time
   * @param ctx the context; its end stops the workers, and the results fail with its exception
   * @param <J> the type of the jobs
   * @param <R> the type of the results
   * @return the results
   * @throws NullPointerException if an argument is null
   */
  public <J, R> PoolResults<R> start(
      ReceiveChan<? extends J> jobs, Worker<? super J, ? extends R> worker, Context ctx) {
    return start(Jobs.<J>of(jobs), worker, ctx);
  }

  /**
   * Starts doing given jobs. The workers take turns at the iterator, never two at a time.
   *
   * @param jobs the jobs, none null; what its iterator throws is a failure of their source
   * @param worker does one job; several at a time
   * @param ctx the context; its end stops the workers, and the results fail with its exception
   * @param <J> the type of the jobs
   * @param <R> the type of the results
   * @return the results
   * @throws NullPointerException if an argument is null
   */
  public <J, R> PoolResults<R> start(
      Iterable<? extends J> jobs, Worker<? super J, ? extends R> worker, Context ctx) {
    return start(Jobs.<J>of(jobs), worker, ctx);
  }

  private <J, R> PoolResults<R> start(
      Jobs<J> jobs, Worker<? super J, ? extends R> worker, Context ctx) {
    Objects.requireNonNull(worker, "worker");
    return launch(jobs, job -> this.<J, R>result(worker, job), result -> result != null, ctx);
  }

  /** Hands a failure to the handler; throws it if there is none or the work was told to stop. */
  private void skip(Object job, Exception failure) throws Exception {
    if (onFailure == null || Failures.toldToStop(failure)) {
      throw failure;
    }
    onFailure.accept(job, failure);
  }

  /**
   * Starts doing the jobs that a channel brings, or given ones, with failures as values: each job
   * has an outcome, and none ends the pool. {@link #onFailure} is not asked.
   *
   * @param jobs the jobs: a channel, or anything else
   * @param worker does one job; several at a time
   * @param ctx the context; its end stops the workers, and the results fail with its exception
   * @param <J> the type of the jobs
   * @param <R> the type of the results
   * @return the outcomes
   * @throws NullPointerException if an argument is null
   */
  public <J, R> PoolResults<Outcome<J, R>> startOutcomes(
      Iterable<? extends J> jobs, Worker<? super J, ? extends R> worker, Context ctx) {
    Objects.requireNonNull(worker, "worker");
    return launch(
        Jobs.<J>of(jobs),
        job -> {
          try {
            return new Outcome.Success<>(job, attempts.<J, R>run(worker, job));
          } catch (Exception e) {
            if (Failures.toldToStop(e)) {
              throw e;
            }
            return new Outcome.Failure<>(job, e);
          }
        },
        outcome -> outcome instanceof Outcome.Success,
        ctx);
  }

  /** Makes a result, or none. */
  private interface Making<J, R> {
    @Nullable R of(J job) throws Exception;
  }

  /** Whether a result, or none, means success. */
  private interface Judging<R> {
    boolean isSuccess(@Nullable R result);
  }

  private <J, R> PoolResults<R> launch(
      Jobs<J> jobs, Making<J, R> making, Judging<R> judging, Context ctx) {
    Objects.requireNonNull(ctx, "ctx");
    Chan<R> results = Chan.buffered(buffer == ALL ? size : buffer);
    Crew<?> crew;
    if (ahead == 0) {
      crew =
          new Crew<>(
              size,
              jobs,
              (J job) -> {
                R result = making.of(job);
                if (result != null) {
                  results.send(result);
                }
                return judging.isSuccess(result);
              });
    } else {
      InOrder<R> order = new InOrder<>(ahead, results);
      crew =
          new Crew<>(
              size,
              new Numbered.Queue<>(jobs, order),
              (Numbered<J> job) -> {
                R result = making.of(job.job());
                order.settle(job.place(), result);
                return judging.isSuccess(result);
              });
    }
    Production production =
        Production.start(
            ctx,
            crew::start,
            failure -> {
              Throwable ofSource = crew.sourceFailure();
              Production.end(
                  results,
                  failure == null && ofSource != null ? Failures.reason(ofSource, ctx) : failure);
            });
    return new PoolResults<>(results, crew, production);
  }

  /**
   * Does something with each item, and returns when all is done. Nothing of it runs any more then,
   * however it returns.
   *
   * <p>Origin in Go: a semaphore around the body of a loop, or {@code errgroup} with a limit.
   *
   * @param items the items, none null: a channel, or anything else
   * @param action what to do; several at a time
   * @param ctx the context; its end stops everything
   * @param <T> the type of the items
   * @throws ExecutionException if the action failed for an item, which has ended everything (unless
   *     there is an {@link #onFailure}), or the source of the items failed; the cause is that
   *     failure
   * @throws ContextException if the context has ended, and nothing failed before
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if an argument is null
   */
  public <T> void forEach(Iterable<? extends T> items, Action<? super T> action, Context ctx)
      throws InterruptedException, ExecutionException {
    Objects.requireNonNull(action, "action");
    Worker<T, Boolean> worker =
        item -> {
          action.run(item);
          return true;
        };
    runHere(new Crew<>(size, Jobs.<T>of(items), (T item) -> result(worker, item) != null), ctx);
  }

  /**
   * Makes a result of each item, and returns them in the order of the items when all is done.
   * Nothing of it runs any more then, however it returns.
   *
   * @param items the items, none null: a channel, or anything else
   * @param worker makes a result; several at a time
   * @param ctx the context; its end stops everything
   * @param <T> the type of the items
   * @param <R> the type of the results
   * @return the results; without those of items that an {@link #onFailure} was told of
   * @throws ExecutionException as {@link #forEach}
   * @throws ContextException as {@link #forEach}
   * @throws InterruptedException as {@link #forEach}
   * @throws NullPointerException if an argument is null
   */
  public <T, R> List<R> map(
      Iterable<? extends T> items, Worker<? super T, ? extends R> worker, Context ctx)
      throws InterruptedException, ExecutionException {
    Objects.requireNonNull(worker, "worker");
    Collected<R> collected = new Collected<>();
    runHere(
        new Crew<>(
            size,
            new Numbered.Queue<>(Jobs.<T>of(items), null),
            (Numbered<T> item) -> {
              R result = this.<T, R>result(worker, item.job());
              collected.put(item.place(), result);
              return result != null;
            }),
        ctx);
    return collected.inOrder();
  }

  private <T, R> @Nullable R result(Worker<? super T, ? extends R> worker, T item)
      throws Exception {
    try {
      return attempts.run(worker, item);
    } catch (Exception e) {
      skip(item, e);
      return null;
    }
  }

  private static void runHere(Crew<?> crew, Context ctx)
      throws InterruptedException, ExecutionException {
    Production.runHere(Objects.requireNonNull(ctx, "ctx"), crew::start);
    Throwable failure = crew.sourceFailure();
    if (failure != null) {
      throw new ExecutionException(failure);
    }
  }

  /**
   * This pool as an executor, for code that wants one, under the background context.
   *
   * @return the executor, to be closed
   * @see #asExecutor(Context)
   */
  public ExecutorService asExecutor() {
    return asExecutor(Context.background());
  }

  /**
   * This pool as an executor, for code that wants one. It keeps the contracts of {@link
   * ExecutorService}, and bounds what waits: as many tasks as the pool's {@link #buffer}. A task
   * given to it when it is full waits for room (and is rejected if the thread is interrupted or the
   * executor shut down meanwhile); but one given by a task of the pool itself then runs at once, on
   * that one's goroutine, as the pool would wait for itself otherwise.
   *
   * <p>A task that throws goes to its goroutine's uncaught-exception handler; the worker goes on.
   * Of the pool's other settings none applies: the executor knows neither order nor retries.
   *
   * @param ctx the context above; its end is the same as {@link ExecutorService#shutdownNow}, and
   *     cancels the futures of what then never runs
   * @return the executor, to be closed
   * @throws NullPointerException if the context is null
   */
  public ExecutorService asExecutor(Context ctx) {
    return new PoolExecutor(
        size, buffer == ALL ? size : buffer, Objects.requireNonNull(ctx, "ctx"));
  }

  @Override
  public String toString() {
    return (ahead == 0 ? "worker pool of " : "ordered worker pool of ") + size;
  }
}
