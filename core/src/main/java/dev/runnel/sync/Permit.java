package dev.runnel.sync;

/**
 * Permits of a {@link Semaphore} that are held, for a {@code try} statement:
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="semaphore"}
 */
public final class Permit implements AutoCloseable {
  private final Semaphore semaphore;
  private long held;

  Permit(Semaphore semaphore, long held) {
    this.semaphore = semaphore;
    this.held = held;
  }

  /** Gives the permits back. Closing again does nothing. */
  @Override
  public void close() {
    long n = held;
    held = 0;
    if (n > 0) {
      semaphore.release(n);
    }
  }
}
