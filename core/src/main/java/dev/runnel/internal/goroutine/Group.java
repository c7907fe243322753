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
   * A goroutine's body threw. Called on the goroutine, instead of its uncaught-exception handler.
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
