package dev.runnel.testkit;

import dev.runnel.Task;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a test, virtual or platform, whose failure is not lost.
 *
 * <p>{@link #awaitWaiting} waits until it is parked, which is how a test knows that an operation
 * blocks without guessing how long that takes.
 */
public final class Actor {
  /** The two kinds of threads; for parameterised tests. */
  public enum Kind {
    VIRTUAL,
    PLATFORM;

    /** Starts a thread of this kind. */
    public Actor start(Task body) {
      Actor actor = new Actor(body);
      actor.thread =
          this == VIRTUAL
              ? Thread.ofVirtual().unstarted(actor::run)
              : Thread.ofPlatform().daemon().unstarted(actor::run);
      actor.thread.start();
      return actor;
    }
  }

  private final Task body;
  private volatile @Nullable Throwable failure;
  private Thread thread = Thread.currentThread();

  private Actor(Task body) {
    this.body = body;
  }

  private void run() {
    try {
      body.run();
    } catch (Throwable t) {
      failure = t;
    }
  }

  public Thread thread() {
    return thread;
  }

  public void interrupt() {
    thread.interrupt();
  }

  /** Waits until the thread is parked; fails if it ends instead. */
  public Actor awaitWaiting() {
    Eventually.that(
        "a wait of " + thread,
        () -> {
          if (!thread.isAlive()) {
            throw new AssertionError("it ended instead of waiting", failure);
          }
          return thread.getState() == Thread.State.WAITING;
        });
    return this;
  }

  /** Waits until the thread has ended; throws what its body threw, as the cause of an error. */
  public void join() throws InterruptedException {
    Throwable thrown = joinForFailure();
    if (thrown != null) {
      throw new AssertionError("the actor failed: " + thrown, thrown);
    }
  }

  /** Waits until the thread has ended. Gives what its body threw, or null. */
  public @Nullable Throwable joinForFailure() throws InterruptedException {
    thread.join(TimeUnit.NANOSECONDS.toMillis(Patience.nanos()));
    if (thread.isAlive()) {
      StringBuilder at = new StringBuilder("never ended: " + thread + " " + thread.getState());
      for (StackTraceElement frame : thread.getStackTrace()) {
        at.append("\n\tat ").append(frame);
      }
      throw new AssertionError(at.toString());
    }
    return failure;
  }
}
