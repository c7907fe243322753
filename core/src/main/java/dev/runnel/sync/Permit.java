package dev.runnel.sync;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Permits of a {@link Semaphore} that are held, for a {@code try} statement:
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="semaphore"}
 *
 * <p>Closing it <i>happens-before</i> what another does after it acquired those permits.
 *
 * <p>Stands for Go's {@code defer s.Release(n)}.
 */
public final class Permit implements AutoCloseable {
  private final Semaphore semaphore;
  private final AtomicLong held;

  Permit(Semaphore semaphore, long held) {
    this.semaphore = semaphore;
    this.held = new AtomicLong(held);
  }

  /** Gives the permits back. Closing again does nothing; any thread may close. */
  @Override
  public void close() {
    long n = held.getAndSet(0);
    if (n > 0) {
      semaphore.release(n);
    }
  }
}
