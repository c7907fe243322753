package dev.runnel.sync;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lock that is held, for a {@code try} statement:
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="hold"}
 */
public final class Held implements AutoCloseable {
  private @Nullable Runnable unlock;

  Held(Runnable unlock) {
    this.unlock = Objects.requireNonNull(unlock);
  }

  /** Gives the lock back. Closing again does nothing. */
  @Override
  public void close() {
    Runnable once = unlock;
    unlock = null;
    if (once != null) {
      once.run();
    }
  }
}
