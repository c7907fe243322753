package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when first asked for, exactly once.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="once-value"}
 *
 * <p>Making the value <i>happens-before</i> the return of every {@link #get}. Once it is made,
 * {@code get} costs one volatile read.
 *
 * <p>A failure is remembered like a value, even if the maker was only interrupted: it has run, and
 * it runs once. Where a canceled caller must not spoil it for others, {@link SingleFlight} is what
 * is wanted.
 *
 * <p>Origin in Go: {@code sync.OnceValue} and {@code sync.OnceValues}.
 *
 * @param <T> the type of the value, which may be null
 */
public final class OnceValue<T extends @Nullable Object> {

  /** What making the value brought. */
  private record Outcome<T extends @Nullable Object>(T value) {}

  private final Once.Gate gate = new Once.Gate(this);
  private @Nullable Callable<? extends T> maker;

  /** Written before the gate opens, and read after it is open. */
  private @Nullable Throwable failure;

  private volatile @Nullable Outcome<T> outcome;

  private OnceValue(Callable<? extends T> maker) {
    this.maker = maker;
    Hooks.made(this);
  }

  /**
   * Creates a value to be made later.
   *
   * @param maker makes it; garbage once it has run
   * @param <T> the type of the value
   * @return the value to be
   * @throws NullPointerException if the maker is null
   */
  public static <T extends @Nullable Object> OnceValue<T> of(Callable<? extends T> maker) {
    return new OnceValue<>(Objects.requireNonNull(maker, "maker"));
  }

  /**
   * The value; makes it if nobody has, or waits while another makes it.
   *
   * @return the value
   * @throws ExecutionException if making it failed: fresh for each caller, with the failure as
   *     cause, for this and every later call. If the maker was interrupted on this thread, the
   *     interrupt flag is set
   * @throws IllegalStateException if called from the maker itself
   * @throws InterruptedException if the thread is interrupted, on entry or later, while another
   *     makes the value
   */
  public T get() throws InterruptedException, ExecutionException {
    Outcome<T> made = outcome;
    return made != null && Hooks.OP == null ? made.value() : makeOrAwait(null);
  }

  /**
   * The value, as {@link #get()}, but waits while another makes it only until a context ends. The
   * context does not reach into the maker: what is made for all must not depend on who came first.
   *
   * @param ctx the context to watch
   * @return the value
   * @throws dev.runnel.ContextException if the context has ended and the value is not made yet, or
   *     ends while another makes it
   * @throws ExecutionException as {@link #get()}
   * @throws IllegalStateException as {@link #get()}
   * @throws InterruptedException as {@link #get()}
   * @throws NullPointerException if the context is null
   */
  public T get(Context ctx) throws InterruptedException, ExecutionException {
    return makeOrAwait((ContextNode) Objects.requireNonNull(ctx, "ctx"));
  }

  private T makeOrAwait(@Nullable ContextNode ctx) throws InterruptedException, ExecutionException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.ONCE, this);
    }
    if (gate.enter(ctx)) {
      try {
        make();
      } finally {
        gate.leave();
      }
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.ONCE, this);
    }
    Outcome<T> made = outcome;
    if (made == null) {
      throw new ExecutionException(failure);
    }
    return made.value();
  }

  private void make() {
    Callable<? extends T> once = Objects.requireNonNull(maker);
    maker = null;
    try {
      outcome = new Outcome<>(once.call());
    } catch (Throwable t) {
      failure = t; // for every caller, this one too
      if (t instanceof InterruptedException) {
        Thread.currentThread().interrupt(); // what it was told goes for this thread, not for all
      }
    }
  }

  @Override
  public String toString() {
    Outcome<T> made = outcome;
    return made != null ? "once value: " + made.value() : "once value (" + gate.state() + ")";
  }
}
