package dev.runnel.sync;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A lock that is held, for a {@code try} statement:
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="hold"}
 *
 * <p>Closing it <i>happens-before</i> what another does after it locks.
 *
 * <p>Stands for Go's {@code defer mu.Unlock()}.
 */
public final class Held implements AutoCloseable {
  private final AtomicReference<@Nullable Runnable> unlock;

  Held(Runnable unlock) {
    this.unlock = new AtomicReference<>(unlock);
  }

  /** Gives the lock back. Closing again does nothing; any thread may close. */
  @Override
  public void close() {
    Runnable once = unlock.getAndSet(null);
    if (once != null) {
      once.run();
    }
  }
}
