package dev.runnel;

import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.goroutine.Scope;
import dev.runnel.internal.select.Arms;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Carries cancellation, a deadline and values through a program: down the tree of its calls and
 * goroutines, never up.
 *
 * <p>A context is immutable but for the one step of ending. It ends when it is canceled, when its
 * deadline passes, or when its parent ends; {@link #done} is then closed, and what runs under it (a
 * goroutine of {@link Go#go(Context, Task)}, an {@link ErrGroup}'s, or the body of {@link #run}) is
 * interrupted, so that blocking I/O, sleeps and foreign locks stop too. The first end fixes {@link
 * #err} and {@link #cause}.
 *
 * <p>Pass a context on as the last parameter, except before a lambda. Where that is not possible,
 * {@link #current} tells what the running code runs under.
 *
 * <p>What a thread did before it ended a context <i>happens-before</i> what another does after it
 * saw that end, by {@code done}, {@code err} or an exception.
 *
 * <p>Origin in Go: {@code context.Context}.
 */
public sealed interface Context permits CancelContext, ContextNode {

  /**
   * The root of all contexts: it never ends, has no deadline and no values.
   *
   * @return the background context
   */
  static Context background() {
    return ContextNode.background();
  }

  /**
   * What the running code runs under: the context of the innermost {@link #run} or {@link #call},
   * else that with which the goroutine was started.
   *
   * @return the context; the background context if there is none
   */
  static Context current() {
    return Scope.currentContext();
  }

  /**
   * Creates a child that can be canceled. Close it when its work is done, or its parent remembers
   * it.
   *
   * @return the child
   */
  CancelContext withCancel();

  /**
   * Creates a child that ends after a time. Close it when its work is done, or its alarm stays set.
   *
   * @param timeout how long; zero or negative: it has ended at once
   * @return the child
   * @throws NullPointerException if the timeout is null
   */
  CancelContext withTimeout(Duration timeout);

  /**
   * Creates a child that ends after a time, for a given reason.
   *
   * @param timeout how long; zero or negative: it has ended at once
   * @param cause what {@link #cause} says if the time runs out
   * @return the child
   * @throws NullPointerException if an argument is null
   */
  CancelContext withTimeout(Duration timeout, Throwable cause);

  /**
   * Creates a child that ends at a time of day, as the clock tells it now: setting the system's
   * clock later does not move it.
   *
   * @param deadline when; in the past: it has ended at once
   * @return the child
   * @throws NullPointerException if the deadline is null
   */
  CancelContext withDeadline(Instant deadline);

  /**
   * Creates a child with a value.
   *
   * @param key the key
   * @param value the value
   * @param <T> the type of the value
   * @return the child
   * @throws NullPointerException if an argument is null
   */
  <T> Context withValue(ContextKey<T> key, T value);

  /**
   * Creates a child that keeps the values, but does not end when this context does.
   *
   * @return the child
   */
  Context withoutCancel();

  /**
   * A channel that carries nothing and is closed when this context ends.
   *
   * @return the channel; the {@linkplain Chan#nil() nil channel} if this context never ends
   */
  ReceiveChan<Void> done();

  /**
   * A select case that wins when this context has ended. That end is all it waits for, so its
   * {@link ReceiveCase#map(Mapper) map} needs no second function: the mapper gets null.
   *
   * @return the case
   */
  ReceiveCase<Void> onDone();

  /**
   * A select case that does something when this context has ended.
   *
   * @param then what to do
   * @return the case
   * @throws NullPointerException if {@code then} is null
   */
  default Case<Void> onDone(Step then) {
    return Arms.handling(onDone(), nothing -> {}, java.util.Objects.requireNonNull(then, "then"));
  }

  /**
   * How this context ended.
   *
   * @return a fresh exception; null if it has not ended. If not null, {@link #done} is closed
   */
  @Nullable ContextException err();

  /**
   * Why this context ended.
   *
   * @return the cause it or an ancestor was ended with, or else {@link #err}; null if it has not
   *     ended
   */
  @Nullable Throwable cause();

  /**
   * When this context will end by itself at the latest.
   *
   * @return the deadline of this context or, if that is sooner, of an ancestor; null if there is
   *     none
   */
  @Nullable Instant deadline();

  /**
   * The value of a key.
   *
   * @param key the key, compared by identity
   * @param <T> the type of the value
   * @return the value nearest to this context on the way to the root; null if there is none
   * @throws NullPointerException if the key is null
   */
  <T> @Nullable T value(ContextKey<T> key);

  /**
   * Throws if this context has ended.
   *
   * @throws ContextException if it has
   */
  void check();

  /**
   * Runs something in a goroutine of its own when this context ends, at once if it has.
   *
   * <p>Origin in Go: {@code context.AfterFunc}.
   *
   * @param task what to run
   * @return what takes it back
   * @throws NullPointerException if the task is null
   */
  Stop afterDone(Task task);

  /**
   * Runs a body under this context: {@link #current} is this, and the thread is interrupted when
   * this context ends. Every interrupt that this context caused is gone when {@code run} returns;
   * an interrupt through {@link Goroutine#interrupt} or from an enclosing context stays. A raw
   * {@link Thread#interrupt} that arrives beside the context's own can't be told from it and is
   * lost.
   *
   * <p>Interrupting a thread that uses an NIO channel closes that channel.
   *
   * @param body the code to run, on this thread
   * @throws ContextException if this context has ended, and the body has not run; or if it ended
   *     and its interrupt cut the body short (the body's exception is then suppressed)
   * @throws Exception what else the body throws
   */
  default void run(Task body) throws Exception {
    java.util.Objects.requireNonNull(body, "body");
    this.<@Nullable Void>call(() -> {
      body.run();
      return null;
    });
  }

  /**
   * Runs a body with a result under this context, as {@link #run} does.
   *
   * @param body the code to run, on this thread
   * @param <T> the type of the result
   * @return the body's result
   * @throws ContextException as {@link #run}
   * @throws Exception what else the body throws
   */
  <T extends @Nullable Object> T call(Callable<T> body) throws Exception;
}
