package dev.runnel;

import dev.runnel.internal.park.Parker;
import dev.runnel.internal.select.After;
import dev.runnel.internal.select.Arms;
import dev.runnel.internal.select.Otherwise;
import dev.runnel.internal.select.Selection;
import dev.runnel.internal.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for whichever of several things is ready.
 *
 * <p>The one-shot form takes cases with handlers, or with mappings that make its result:
 *
 * {@snippet class="dev.runnel.snippets.SnippetsTest" region="select"}
 *
 * <p>The reusable form is for loops. It allocates nothing for a turn that need not wait, and leaves
 * the loop's {@code return}, {@code break} and {@code continue} to the language:
 *
 * {@snippet class="dev.runnel.snippets.SnippetsTest" region="select-loop"}
 *
 * <p><b>Choice.</b> All channels are looked at in one moment. Among the cases that are ready then,
 * each has the same chance, whatever the others (the same channel twice counts twice); with {@link
 * #inOrder} the first wins. {@link #otherwise} wins only if none is ready. {@link #after} with a
 * duration of zero or less wins at once, but only if none is ready. Exactly one case takes effect;
 * the others leave no trace. A select never matches itself. With no cases, or only those of the nil
 * channel, it waits for ever. Foreign {@linkplain dev.runnel.spi sources and sinks} take part,
 * without the promise of one moment.
 *
 * <p><b>Ended channels.</b> A receive from a closed and drained channel is ready, and so is a send
 * on a closed channel; the latter throws {@link ChannelClosedException}. A receive from a
 * {@linkplain SendChan#fail failed} one throws {@link ChannelFailedException}.
 *
 * <p><b>Happens-before.</b> As for the send or receive that was chosen.
 *
 * <p>Origin in Go: the {@code select} statement.
 */
public final class Select {
  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(Select.class, "busy", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Case<?>[] cases;
  private final Selection selection;

  @SuppressWarnings("unused") // through BUSY
  private boolean busy;

  private Select(Case<?>[] cases, boolean inOrder) {
    this.cases = cases.clone();
    for (Case<?> c : this.cases) {
      if (Arms.isMapped(c)) {
        throw new IllegalArgumentException(
            "a reusable Select has no result to give, so it takes no mapped case: use the case"
                + " itself and its value()");
      }
    }
    this.selection = new Selection(this.cases, inOrder, true);
  }

  /**
   * Waits until one of the cases can go, lets it go, and gives its result.
   *
   * @param cases what to wait for; cases of no reusable Select
   * @param <R> the type of the result
   * @return the result of the case that won: the received value (null if closed) or what its
   *     mapping made; null for cases with handlers
   * @throws IllegalStateException if a case belongs to a reusable Select or is in use by another
   *     select, or stands here twice
   * @throws IllegalArgumentException if there is more than one {@link #otherwise}
   * @throws NullPointerException if a case is null
   * @throws ChannelClosedException if the winner sends and its channel has ended, or its handler or
   *     mapping has nothing for a closed channel
   * @throws ChannelFailedException if the winner receives and its channel was failed
   * @throws InterruptedException if the thread is interrupted on entry (even if a case is ready) or
   *     while waiting, or the winner's handler throws it
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the cases are only read, as what they are
  public static <R extends @Nullable Object> R select(Case<? extends R>... cases)
      throws InterruptedException {
    Selection selection = new Selection(cases, false, false);
    int winner;
    try {
      winner = selection.choose(Parker.FOREVER);
    } finally {
      selection.giveBack();
    }
    return Arms.<R>resultOf(cases[winner]);
  }

  /**
   * The case that wins if no other is ready: select then does not wait.
   *
   * <p>Origin in Go: {@code default}.
   *
   * @param then what to do
   * @return the case
   * @throws NullPointerException if {@code then} is null
   */
  public static Case<Void> otherwise(Step then) {
    return new Otherwise<>(Arms.step(then));
  }

  /**
   * The case that wins if no other is ready, with a result.
   *
   * @param then makes the result
   * @param <R> the type of the result
   * @return the case
   * @throws NullPointerException if {@code then} is null
   */
  public static <R extends @Nullable Object> Case<R> otherwiseGet(Supply<? extends R> then) {
    return new Otherwise<>(then);
  }

  /**
   * A case that wins when a time has passed since the select began to wait; in a reusable Select
   * the time starts anew each turn. Starts no thread.
   *
   * <p>Origin in Go: {@code case <-time.After(d)}, without its garbage.
   *
   * @param delay how long; zero or negative: at once, if no other case is ready
   * @param then what to do
   * @return the case
   * @throws NullPointerException if an argument is null
   */
  public static Case<Void> after(Duration delay, Step then) {
    return new After<>(delay, Arms.step(then));
  }

  /**
   * A case that wins when a time has passed, with a result.
   *
   * @param delay how long; zero or negative: at once, if no other case is ready
   * @param then makes the result
   * @param <R> the type of the result
   * @return the case
   * @throws NullPointerException if an argument is null
   */
  public static <R extends @Nullable Object> Case<R> afterGet(
      Duration delay, Supply<? extends R> then) {
    return new After<>(delay, then);
  }

  /**
   * Creates a reusable select, for one goroutine at a time.
   *
   * @param cases what to wait for: fresh cases, without mappings, which belong to it from now on
   * @return the select
   * @throws IllegalStateException if a case belongs to another select, or stands here twice
   * @throws IllegalArgumentException if a case is mapped, or there is more than one {@link
   *     #otherwise}
   * @throws NullPointerException if a case is null
   */
  public static Select of(Case<?>... cases) {
    return new Select(cases, false);
  }

  /**
   * Creates a reusable select that prefers earlier cases: of those that are ready, the first wins.
   * Go has no such thing.
   *
   * @param cases what to wait for, the most important first
   * @return the select
   * @throws IllegalStateException if a case belongs to another select, or stands here twice
   * @throws IllegalArgumentException if a case is mapped, or there is more than one {@link
   *     #otherwise}
   * @throws NullPointerException if a case is null
   */
  public static Select inOrder(Case<?>... cases) {
    return new Select(cases, true);
  }

  /**
   * Waits until one of the cases can go, lets it go, and runs its handler if it has one.
   *
   * @return the case that won, as it was given to {@link #of}
   * @throws IllegalStateException if another thread is using this select
   * @throws ChannelClosedException if the winner sends and its channel has ended, or its handler
   *     has nothing for a closed channel
   * @throws ChannelFailedException if the winner receives and its channel was failed
   * @throws InterruptedException if the thread is interrupted on entry (even if a case is ready) or
   *     while waiting, or the winner's handler throws it
   */
  public Case<?> await() throws InterruptedException {
    Case<?> winner = turn(Parker.FOREVER);
    if (winner == null) {
      throw new AssertionError("a select without a deadline came back without a case");
    }
    return winner;
  }

  /**
   * Lets one of the cases go if one is ready, as {@link #await()} but without waiting.
   *
   * @return the case that won; null if none was ready
   * @throws IllegalStateException if another thread is using this select
   * @throws ChannelClosedException as {@link #await()}
   * @throws ChannelFailedException as {@link #await()}
   * @throws InterruptedException if the thread is interrupted on entry, or the winner's handler
   *     throws it
   */
  public @Nullable Case<?> poll() throws InterruptedException {
    return turn(0);
  }

  /**
   * Waits as {@link #await()}, but no longer than a given time.
   *
   * @param atMost how long; zero or negative: not at all
   * @return the case that won; null if time ran out
   * @throws IllegalStateException if another thread is using this select
   * @throws ChannelClosedException as {@link #await()}
   * @throws ChannelFailedException as {@link #await()}
   * @throws InterruptedException as {@link #await()}
   */
  public @Nullable Case<?> await(Duration atMost) throws InterruptedException {
    return turn(Clock.nanos(atMost));
  }

  private @Nullable Case<?> turn(long nanos) throws InterruptedException {
    if (!BUSY.compareAndSet(this, false, true)) {
      throw new IllegalStateException(
          "this Select is in use: a reusable Select belongs to one goroutine at a time, and its"
              + " handlers can't use it");
    }
    try {
      int winner = selection.choose(nanos);
      if (winner < 0) {
        return null;
      }
      Arms.<@Nullable Object>resultOf(cases[winner]);
      return cases[winner];
    } finally {
      BUSY.setRelease(this, false);
    }
  }
}
