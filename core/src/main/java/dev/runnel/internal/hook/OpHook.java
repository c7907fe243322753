package dev.runnel.internal.hook;

import org.jspecify.annotations.Nullable;

/**
 * Told of every public operation, blocking or not: where schedule exploration switches goroutines.
 * At most one is active, chosen when {@link Hooks} is initialised.
 */
public interface OpHook {

  /**
   * An operation is about to be tried, on the current thread, which holds no lock of Runnel's.
   *
   * @param op the operation
   * @param target what it is done on: the channel, context, goroutine, group or select
   */
  void before(Op op, Object target);

  /**
   * A value is about to be sent: {@link #before(Op, Object)} with the value.
   *
   * @param op the operation
   * @param target what it is done on
   * @param value the value
   */
  default void before(Op op, Object target, Object value) {
    before(op, target);
  }

  /**
   * An operation has returned normally, on the current thread, which holds no lock of Runnel's.
   *
   * @param op the operation
   * @param target what it was done on
   */
  void after(Op op, Object target);

  /**
   * A receive is about to return: comes before {@link #after} of {@link Op#RECEIVE}, {@link
   * Op#TRY_RECEIVE} and {@link Op#RECEIVE_UP_TO}.
   *
   * @param op the operation
   * @param target the channel
   * @param result the value; a list of them for a batch; an {@code Ending} if the channel has
   *     ended; null if there is nothing
   */
  default void received(Op op, Object target, @Nullable Object result) {}

  /**
   * A select has chosen, and is about to make the result: comes before {@link #after} of {@link
   * Op#SELECT}.
   *
   * @param select the select
   * @param choice what it has chosen; null: none of its cases was ready in time
   */
  default void chosen(Object select, @Nullable Choice choice) {}

  /**
   * Something that goroutines can wait for has been made, by the current thread. Called in its
   * constructor, so this must keep its hands off it.
   *
   * @param made the channel, lock, group or promise
   */
  default void made(Object made) {}

  /**
   * Makes a random choice: a select's, or a jitter's.
   *
   * @param bound how many to choose among, at least 1
   * @return from 0 to {@code bound - 1}
   */
  int choose(int bound);
}
