package dev.runnel.interop;

import dev.runnel.Go;
import dev.runnel.Outside;
import dev.runnel.spi.Source;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The result of a future as a source: one value, then the end.
 *
 * <p><b>Memory ordering.</b> The result is written before {@code done}, which is volatile, and that
 * before looking who is armed; who arms looks at {@code done} after it: at least one sees the
 * other.
 *
 * @param <T> the type of the result
 */
final class FutureSource<T> implements Source<T> {
  private final Set<Runnable> armed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean taken = new AtomicBoolean();

  /** Until it completes, whoever waits for it is not deadlocked. */
  private final Outside outside = Go.outside();

  private @Nullable T value;
  private @Nullable Throwable failure;
  private volatile boolean done;

  /** Completes it, as futures tell of it: with a value or a failure. */
  void complete(@Nullable T result, @Nullable Throwable thrown) {
    value = result;
    failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    done = true;
    armed.forEach(Runnable::run);
    outside.close(); // last: those who wait are awake
  }

  @Override
  public @Nullable T poll() {
    return done && value != null && taken.compareAndSet(false, true) ? value : null;
  }

  @Override
  public boolean closed() {
    return done;
  }

  @Override
  public @Nullable Throwable cause() {
    return done ? failure : null;
  }

  @Override
  public void arm(Runnable wake) {
    armed.add(wake);
  }

  @Override
  public void disarm(Runnable wake) {
    armed.remove(wake);
  }

  @Override
  public String toString() {
    return done ? "a completed future" : "a future";
  }
}
