package dev.runnel.internal.goroutine;

/** Those who answer for a goroutine: told of its start, its failure and its end. */
public interface Group {

  /**
   * A goroutine is about to start.
   *
   * @param routine the goroutine
   */
  void started(Routine routine);

  /**
   * Whether the goroutines have been told to stop. What their bodies throw for that reason is an
   * echo, and nobody is told of it.
   *
   * @return true if so
   */
  boolean over();

  /**
   * A goroutine's body threw something that is no echo. Called on the goroutine, instead of its
   * uncaught-exception handler.
   *
   * @param thrown what it threw
   */
  void failed(Throwable thrown);

  /**
   * A goroutine has ended, and does nothing more than tell so.
   *
   * @param routine the goroutine
   */
  void ended(Routine routine);
}
