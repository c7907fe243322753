package dev.runnel.pattern;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Context;
import dev.runnel.ReceiveResult.Value;
import dev.runnel.Task;
import dev.runnel.internal.goroutine.Captured;
import dev.runnel.internal.park.Uncaught;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker pool as an executor: its tasks go through a channel to a crew.
 *
 * <p>The channel is all its state: shutting down closes it, which lets the crew take what is in it
 * and end; a task that is offered later, or waits for room then, is rejected by the same close.
 */
final class PoolExecutor extends AbstractExecutorService {

  /** A task, and how to run it: with what its submitter's thread had. */
  private record Job(Runnable task, Task run) {

    static Job of(Runnable task) {
      return new Job(task, Captured.here(task::run));
    }
  }

  private final Chan<Job> tasks;
  private final Crew<Job> crew;
  private final Production production;
  private volatile boolean shutdown;

  PoolExecutor(int size, int room, Context ctx) {
    tasks = Chan.buffered(room);
    crew = new Crew<>(size, Jobs.of(tasks), this::perform);
    production = Production.start(ctx, crew::start, this::ended);
  }

  private boolean perform(Job job) {
    try {
      job.run().run();
      return true;
    } catch (Throwable t) {
      Uncaught.report(t);
      return false;
    } finally {
      var _ = Thread.interrupted(); // meant for that task; of a stop, the context tells
    }
  }

  /** Nobody takes tasks any more: none may be left to be waited for. */
  private void ended(@Nullable Throwable failure) {
    shutdown();
    for (Runnable task : drain()) {
      if (task instanceof Future<?> future) {
        future.cancel(false);
      }
    }
  }

  @Override
  public void execute(Runnable task) {
    Job job = Job.of(Objects.requireNonNull(task, "task"));
    try {
      if (tasks.trySend(job)) {
        return;
      }
      if (crew.isMember()) {
        task.run();
        return;
      }
      tasks.send(job);
    } catch (ChannelClosedException e) {
      throw new RejectedExecutionException("the executor has been shut down: " + this, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("interrupted while waiting for room: " + this, e);
    }
  }

  @Override
  public void shutdown() {
    shutdown = true;
    Production.end(tasks, null);
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    List<Runnable> neverRun = drain();
    production.cancel();
    return neverRun;
  }

  private List<Runnable> drain() {
    List<Runnable> left = new ArrayList<>();
    while (tasks.tryReceive() instanceof Value<Job>(Job job)) {
      left.add(job.task());
    }
    return left;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return production.isOver();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return production.await(Duration.ofNanos(unit.toNanos(timeout)));
  }

  @Override
  public String toString() {
    return "executor of a worker pool of "
        + crew.size()
        + (isTerminated() ? " (terminated)" : shutdown ? " (shut down)" : "")
        + ", "
        + tasks.length()
        + " queued";
  }
}
