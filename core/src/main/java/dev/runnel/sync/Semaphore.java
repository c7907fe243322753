package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.Task;
import dev.runnel.internal.channel.Wait;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Served;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.park.Waiters;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits, of which each holder takes one or more.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="semaphore"}
 *
 * <p>Strictly first come, first served: a large request is never starved by small ones, which wait
 * behind it even if there are permits for them. A request that is given up loses no permit and lets
 * those behind it go on. One for more than there are in all waits until it is given up.
 *
 * <p>What a thread did before {@link #release} <i>happens-before</i> what another does after it
 * acquired those permits.
 *
 * <p>Origin in Go: {@code golang.org/x/sync/semaphore.Weighted}.
 *
 * <h2>How it works</h2>
 *
 * The number of free permits and a queue of requests, under one short lock. Whoever releases, and
 * whoever gives up a request, gives free permits to the requests at the head of the queue as long
 * as they fit. A request is granted by one compare-and-set on its wait, for which an interrupt, a
 * context and a timeout compete; permits are taken off only if the grant wins, so a request that is
 * given up has none to lose. It leaves the queue, and lets those behind it go on.
 *
 * <p><b>Memory ordering.</b> Permits that are free pass from one holder to the next under the lock;
 * permits that are granted to a waiter by the claim of its wait, which comes after the release.
 *
 * <p>{@code java.util.concurrent.Semaphore}, and any other synchronizer made of {@code
 * AbstractQueuedSynchronizer}, parks by itself, where no tool could see the waiter, knows no
 * context, and lets a release exceed the total.
 */
public final class Semaphore {

  /** A wait for a number of permits. */
  private static final class Request extends Node {
    final long permits;

    Request(Semaphore semaphore, long permits) {
      super(WaitReason.SEMAPHORE, semaphore);
      this.permits = permits;
    }
  }

  private final long size;

  /** Those who wait; its lock protects {@code free} too. */
  private final Waiters waiters = new Waiters();

  private long free;

  private Semaphore(long size) {
    this.size = size;
    this.free = size;
    Hooks.made(this);
  }

  /**
   * Creates a semaphore with all permits free.
   *
   * @param permits how many there are
   * @return the semaphore
   * @throws IllegalArgumentException if the number is negative
   */
  public static Semaphore of(long permits) {
    if (permits < 0) {
      throw new IllegalArgumentException("a semaphore can't have " + permits + " permits");
    }
    return new Semaphore(permits);
  }

  /**
   * Takes a permit, waiting for one.
   *
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   */
  public void acquire() throws InterruptedException {
    acquire(1, null, Parker.FOREVER);
  }

  /**
   * Takes permits, waiting until they are free.
   *
   * @param n how many
   * @throws IllegalArgumentException if the number is negative
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   */
  public void acquire(long n) throws InterruptedException {
    acquire(n, null, Parker.FOREVER);
  }

  /**
   * Takes permits, giving up when a context ends.
   *
   * @param n how many; more than there are: waits until the context ends
   * @param ctx the context to watch
   * @throws dev.runnel.ContextException if the context has ended, even if permits are free, or ends
   *     while this waits
   * @throws IllegalArgumentException if the number is negative
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the context is null
   */
  public void acquire(long n, Context ctx) throws InterruptedException {
    acquire(n, (ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
  }

  /**
   * Takes a permit, giving up when a context ends.
   *
   * @param ctx the context to watch
   * @throws dev.runnel.ContextException as {@link #acquire(long, Context)}
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the context is null
   */
  public void acquire(Context ctx) throws InterruptedException {
    acquire(1, ctx);
  }

  /**
   * Takes a permit if one is free and nobody waits.
   *
   * @return whether it was taken
   */
  public boolean tryAcquire() {
    return tryAcquire(1);
  }

  /**
   * Takes permits if they are free and nobody waits.
   *
   * @param n how many
   * @return whether they were taken
   * @throws IllegalArgumentException if the number is negative
   */
  public boolean tryAcquire(long n) {
    ensureNotNegative(n);
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TRY_ACQUIRE, this);
    }
    waiters.lock();
    boolean taken = takeIfFree(n);
    waiters.unlock();
    if (taken && Hooks.OP != null) {
      Hooks.OP.after(Op.TRY_ACQUIRE, this);
    }
    return taken;
  }

  /**
   * Takes permits, waiting no longer than a given time.
   *
   * @param n how many
   * @param atMost how long; zero or negative: not at all
   * @return whether they were taken
   * @throws IllegalArgumentException if the number is negative
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the duration is null
   */
  public boolean tryAcquire(long n, Duration atMost) throws InterruptedException {
    return acquire(n, null, Clock.nanos(atMost));
  }

  /**
   * Takes a permit, for a {@code try} statement that gives it back.
   *
   * @return the permit
   * @throws InterruptedException as {@link #acquire()}
   */
  public Permit hold() throws InterruptedException {
    return hold(1);
  }

  /**
   * Takes a permit, giving up when a context ends, for a {@code try} statement that gives it back.
   *
   * @param ctx the context to watch
   * @return the permit
   * @throws dev.runnel.ContextException as {@link #acquire(long, Context)}
   * @throws InterruptedException as {@link #acquire(long, Context)}
   */
  public Permit hold(Context ctx) throws InterruptedException {
    return hold(1, ctx);
  }

  /**
   * Takes permits, for a {@code try} statement that gives them back.
   *
   * @param n how many
   * @return the permits
   * @throws IllegalArgumentException as {@link #acquire(long)}
   * @throws InterruptedException as {@link #acquire(long)}
   */
  public Permit hold(long n) throws InterruptedException {
    acquire(n);
    return new Permit(this, n);
  }

  /**
   * Takes permits, giving up when a context ends, for a {@code try} statement that gives them back.
   *
   * @param n how many
   * @param ctx the context to watch
   * @return the permits
   * @throws dev.runnel.ContextException as {@link #acquire(long, Context)}
   * @throws IllegalArgumentException as {@link #acquire(long, Context)}
   * @throws InterruptedException as {@link #acquire(long, Context)}
   */
  public Permit hold(long n, Context ctx) throws InterruptedException {
    acquire(n, ctx);
    return new Permit(this, n);
  }

  /**
   * Runs something with a permit: waits for one, runs the task under a context, and gives the
   * permit back, however the task ends.
   *
   * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="semaphore-run"}
   *
   * @param task what to run, on this thread; interrupted when the context ends
   * @param ctx the context to watch while waiting, and to run the task under
   * @throws dev.runnel.ContextException as {@link #acquire(long, Context)}, or if the end of the
   *     context cut the task short
   * @throws InterruptedException as {@link #acquire(long, Context)}
   * @throws NullPointerException if an argument is null
   * @throws Exception what else the task throws
   */
  public void run(Task task, Context ctx) throws Exception {
    run(1, task, ctx);
  }

  /**
   * Runs something with permits, as {@link #run(Task, Context)} does with one.
   *
   * @param n how many
   * @param task what to run, on this thread; interrupted when the context ends
   * @param ctx the context to watch while waiting, and to run the task under
   * @throws IllegalArgumentException if the number is negative
   * @throws dev.runnel.ContextException as {@link #run(Task, Context)}
   * @throws InterruptedException as {@link #run(Task, Context)}
   * @throws NullPointerException if an argument is null
   * @throws Exception what else the task throws
   */
  public void run(long n, Task task, Context ctx) throws Exception {
    Objects.requireNonNull(task, "task");
    try (Permit _ = hold(n, ctx)) {
      ctx.run(task);
    }
  }

  /**
   * Makes a result with a permit, as {@link #run(Task, Context)} runs a task.
   *
   * @param body makes the result, on this thread; interrupted when the context ends
   * @param ctx the context to watch while waiting, and to run the body under
   * @param <T> the type of the result
   * @return the result
   * @throws dev.runnel.ContextException as {@link #run(Task, Context)}
   * @throws InterruptedException as {@link #run(Task, Context)}
   * @throws NullPointerException if an argument is null
   * @throws Exception what else the body throws
   */
  public <T extends @Nullable Object> T call(Callable<T> body, Context ctx) throws Exception {
    Objects.requireNonNull(body, "body");
    try (Permit _ = hold(1, ctx)) {
      return ctx.call(body);
    }
  }

  private boolean acquire(long n, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    ensureNotNegative(n);
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.ACQUIRE, this);
    }
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    waiters.lock();
    boolean taken = takeIfFree(n);
    waiters.unlock();
    if (!taken && nanos > 0) {
      Request request = new Request(this, n); // without the lock: there may be no memory for it
      taken = takeOrEnqueue(request) || awaitGrant(request, ctx, nanos);
    }
    if (taken && Hooks.OP != null) {
      Hooks.OP.after(Op.ACQUIRE, this);
    }
    return taken;
  }

  /** Takes the permits after all, or joins the queue. */
  private boolean takeOrEnqueue(Request request) {
    waiters.lock();
    boolean taken = takeIfFree(request.permits);
    // A request that can never be granted would block all others for ever: it waits beside them.
    if (!taken && request.permits <= size) {
      waiters.queue.add(request);
    }
    waiters.unlock();
    return taken;
  }

  private boolean awaitGrant(Request request, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    Object outcome;
    try {
      outcome = Wait.await(request, ctx, nanos);
    } catch (Throwable broken) { // out of memory or stack: what it was given goes back
      boolean granted =
          request.claim(Waiter.ABANDONED) == Waiter.LOST && request.outcome() == request;
      giveUp(request, granted ? request.permits : 0);
      throw broken;
    }
    if (outcome == request) {
      return true;
    }
    giveUp(request, 0);
    Wait.throwIfCutShort(outcome, ctx);
    return false;
  }

  /** Leaves the queue, and lets those behind go on who fit. */
  private void giveUp(Request request, long granted) {
    Served served = new Served();
    waiters.lock();
    waiters.queue.remove(request);
    free += granted;
    grant(served);
    waiters.unlock();
    served.wake();
  }

  private boolean takeIfFree(long n) {
    boolean taken = n <= free && waiters.queue.peekOpen() == null;
    if (taken) {
      free -= n;
    }
    return taken;
  }

  /** Gives free permits to those who wait, in their order. */
  private void grant(Served served) {
    while (waiters.queue.peekOpen() instanceof Request first && first.permits <= free) {
      if (served.serve(first)) {
        free -= first.permits;
      }
    }
  }

  /**
   * Gives a permit back.
   *
   * @throws IllegalStateException if none is held
   */
  public void release() {
    release(1);
  }

  /**
   * Gives permits back. Any thread may.
   *
   * @param n how many
   * @throws IllegalArgumentException if the number is negative
   * @throws IllegalStateException if fewer are held; none is given back then
   */
  public void release(long n) {
    ensureNotNegative(n);
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.RELEASE, this);
    }
    Served served = new Served();
    waiters.lock();
    long held = size - free;
    if (n <= held) {
      free += n;
      grant(served);
    }
    waiters.unlock();
    if (n > held) {
      throw new IllegalStateException(
          "release of " + n + " permits of a semaphore of which " + held + " are held");
    }
    served.wake();
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.RELEASE, this);
    }
  }

  private static void ensureNotNegative(long n) {
    if (n < 0) {
      throw new IllegalArgumentException("a number of permits can't be negative: " + n);
    }
  }

  @Override
  public String toString() {
    waiters.lock();
    long now = free;
    waiters.unlock();
    return "semaphore (" + now + " of " + size + " free)";
  }
}
