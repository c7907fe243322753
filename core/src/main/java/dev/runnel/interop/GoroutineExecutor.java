package dev.runnel.interop;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.ReceiveResult.Closed;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An executor each of whose tasks is a goroutine: for code that wants an {@link
 * java.util.concurrent.ExecutorService}, such as {@link java.util.concurrent.CompletableFuture}.
 * For a bounded number of goroutines there is {@link dev.runnel.pattern.WorkerPool#asExecutor}.
 *
 * {@snippet class="dev.runnel.snippets.InteropSnippetsTest" region="executor"}
 *
 * <p>The end of its context interrupts the tasks, and does not shut it down. What a task throws
 * goes where {@link Goroutine#failure} says.
 *
 * <p>Submitting a task <i>happens-before</i> what it does, and that <i>happens-before</i> a return
 * of {@code true} from {@link #awaitTermination}.
 */
public final class GoroutineExecutor extends AbstractExecutorService {
  private static final long SHUT_DOWN = 1L << 62;

  private final Context ctx;

  /** How many tasks there are, and whether no more are taken. */
  private final AtomicLong state = new AtomicLong();

  private final Set<Goroutine> running = ConcurrentHashMap.newKeySet();

  /** Closed when no task runs any more, and none can come. */
  private final Chan<Void> terminated = Chan.unbuffered();

  private volatile boolean stopping;

  private GoroutineExecutor(Context ctx) {
    this.ctx = ctx;
  }

  /**
   * Opens an executor whose tasks run under a context.
   *
   * @param ctx the context
   * @return the executor, to be closed
   * @throws NullPointerException if the context is null
   */
  public static GoroutineExecutor open(Context ctx) {
    return new GoroutineExecutor(Objects.requireNonNull(ctx, "ctx"));
  }

  @Override
  public void execute(Runnable task) {
    Objects.requireNonNull(task, "task");
    long before;
    do {
      before = state.get();
      if (before >= SHUT_DOWN) {
        throw new RejectedExecutionException("it has been shut down: " + this);
      }
    } while (!state.compareAndSet(before, before + 1));
    boolean started = false;
    try {
      var _ = Go.go(ctx, () -> run(task));
      started = true;
    } finally {
      if (!started) {
        leave();
      }
    }
  }

  private void run(Runnable task) {
    Goroutine self = Objects.requireNonNull(Goroutine.current());
    running.add(self); // before looking whether all are being stopped, which is looked at after
    try {
      if (stopping) {
        self.interrupt();
      }
      task.run();
    } finally {
      running.remove(self);
      leave();
    }
  }

  private void leave() {
    if (state.decrementAndGet() == SHUT_DOWN) {
      terminated.close();
    }
  }

  @Override
  public void shutdown() {
    long before;
    do {
      before = state.get();
      if (before >= SHUT_DOWN) {
        return;
      }
    } while (!state.compareAndSet(before, before | SHUT_DOWN));
    if (before == 0) {
      terminated.close();
    }
  }

  /**
   * Takes no more tasks, and interrupts those that run.
   *
   * @return no tasks: all have been begun
   */
  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    stopping = true;
    running.forEach(Goroutine::interrupt);
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return state.get() >= SHUT_DOWN;
  }

  @Override
  public boolean isTerminated() {
    return state.get() == SHUT_DOWN;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return terminated.receive(Duration.ofNanos(unit.toNanos(timeout))) instanceof Closed;
  }

  @Override
  public String toString() {
    long now = state.get();
    return "executor with "
        + (now & ~SHUT_DOWN)
        + " goroutines"
        + (now == SHUT_DOWN ? " (terminated)" : now > SHUT_DOWN ? " (shut down)" : "");
  }
}
