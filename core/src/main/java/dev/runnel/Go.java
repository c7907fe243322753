package dev.runnel;

import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.goroutine.Program;
import dev.runnel.internal.goroutine.Promise;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * Starts goroutines.
 *
 * {@snippet class="dev.runnel.snippets.SnippetsTest" region="hello"}
 *
 * <p>A goroutine is a virtual thread: cheap enough to have a million. It inherits no thread-locals.
 * An {@link ErrGroup} holds goroutines together; a plain {@code go} runs on until its body ends.
 *
 * <p>Origin in Go: the {@code go} statement.
 */
public final class Go {

  private Go() {}

  /**
   * Starts a goroutine. Its current context is the background.
   *
   * @param task its body
   * @return the goroutine
   * @throws NullPointerException if the task is null
   */
  public static Goroutine go(Task task) {
    return Routine.start(Objects.requireNonNull(task, "task"));
  }

  /**
   * Starts a goroutine with a name, for logs and dumps.
   *
   * @param name its name
   * @param task its body
   * @return the goroutine
   * @throws NullPointerException if an argument is null
   */
  public static Goroutine go(String name, Task task) {
    return Routine.start(
        Objects.requireNonNull(name, "name"), Objects.requireNonNull(task, "task"), null);
  }

  /**
   * Starts a goroutine under a context: {@link Context#current} is that context in its body, and it
   * is interrupted when the context ends (at its start, if the context has ended already).
   *
   * @param ctx the context
   * @param task its body
   * @return the goroutine
   * @throws NullPointerException if an argument is null
   */
  public static Goroutine go(Context ctx, Task task) {
    return Routine.start(
        null,
        Objects.requireNonNull(task, "task"),
        (ContextNode) Objects.requireNonNull(ctx, "ctx"));
  }

  /**
   * Starts a goroutine with a result.
   *
   * @param body makes the result; what it throws is the cause of the future's {@link
   *     java.util.concurrent.ExecutionException}, and is reported to no uncaught-exception handler
   * @param <T> the type of the result
   * @return the future result; cancelling it with {@code true} interrupts the goroutine
   * @throws NullPointerException if the body is null
   */
  public static <T> Future<T> call(Callable<T> body) {
    Promise<T> promise = new Promise<>(Objects.requireNonNull(body, "body"), null);
    Routine.start(promise, null, true, promise);
    return promise;
  }

  /**
   * Runs a program in a world of its own, as its main goroutine, and waits for it. As in Go, the
   * program ends when its main returns: goroutines started in it that still run then are named in a
   * warning and interrupted.
   *
   * <p>Origin in Go: {@code func main}.
   *
   * @param main the body of the main goroutine
   * @throws InterruptedException if the calling thread is interrupted; main has then been
   *     interrupted too, and has ended
   * @throws Exception what main throws
   * @throws NullPointerException if {@code main} is null
   */
  public static void run(Task main) throws Exception {
    Program.run(Objects.requireNonNull(main, "main"));
  }

  /**
   * Says that something outside may still wake the goroutines of the current {@link #run}: a thread
   * that is not a goroutine, a callback, a signal.
   *
   * @return the token, to be closed when that is over
   */
  public static Outside outside() {
    return Program.outside();
  }

  /**
   * Waits for a time.
   *
   * <p>Origin in Go: {@code time.Sleep}.
   *
   * @param duration how long; zero or negative: not at all
   * @throws NullPointerException if the duration is null
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   */
  public static void sleep(Duration duration) throws InterruptedException {
    long nanos = Clock.nanos(duration);
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.SLEEP, Go.class);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (nanos > 0
        && Parker.await(new Waiter(WaitReason.SLEEP, Go.class), nanos) == Waiter.INTERRUPTED) {
      throw new InterruptedException();
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.SLEEP, Go.class);
    }
  }
}
