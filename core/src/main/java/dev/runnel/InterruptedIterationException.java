package dev.runnel;

/**
 * An interrupt that arrived inside an iterator or a stream over a channel, whose methods can't
 * throw {@link InterruptedException}. The thread's interrupt flag has been set again.
 *
 * <p>Goroutines, groups and {@link Context#run} treat it as the interrupt it stands for.
 */
public class InterruptedIterationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param cause the interrupt
   */
  public InterruptedIterationException(InterruptedException cause) {
    super("interrupted while receiving", cause);
  }
}
