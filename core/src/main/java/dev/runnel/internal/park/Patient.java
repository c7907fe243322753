package dev.runnel.internal.park;

/**
 * Something that goroutines wait for again and again, and that remembers how waiting for it went.
 * The memory is a hint: it is read and written without a lock, and a lost update does no harm.
 */
public interface Patient {

  /** What the {@link Patience} of its waiters noted last; 0 at first. */
  int patience();

  /**
   * Remembers.
   *
   * @param noted what the patience of its waiters notes
   */
  void patience(int noted);
}
