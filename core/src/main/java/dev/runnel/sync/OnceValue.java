package dev.runnel.sync;

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
 * <p>Origin in Go: {@code sync.OnceValue} and {@code sync.OnceValues}.
 *
 * @param <T> the type of the value, which may be null
 */
public final class OnceValue<T extends @Nullable Object> {

  /** What making the value brought. */
  private record Outcome<T extends @Nullable Object>(T value) {}

  private final Once.Gate gate = new Once.Gate();
  private @Nullable Callable<? extends T> maker;
  private @Nullable Throwable failure;
  private volatile @Nullable Outcome<T> outcome;

  private OnceValue(Callable<? extends T> maker) {
    this.maker = maker;
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
   *     cause, for this and every later call
   * @throws IllegalStateException if called from the maker itself
   * @throws InterruptedException if the thread is interrupted while another makes the value
   */
  public T get() throws InterruptedException, ExecutionException {
    Outcome<T> made = outcome;
    return made != null ? made.value() : makeOrAwait();
  }

  private T makeOrAwait() throws InterruptedException, ExecutionException {
    if (gate.enter()) {
      try {
        make();
      } finally {
        gate.leave();
      }
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
    }
  }
}
