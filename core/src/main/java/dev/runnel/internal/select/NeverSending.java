package dev.runnel.internal.select;

/**
 * A case that sends to the nil channel: it never wins.
 *
 * @param <T> the type of the value
 */
public final class NeverSending<T> extends Sending<T> {

  /**
   * Creates a case.
   *
   * @param value what it would send
   */
  public NeverSending(T value) {
    super(value);
  }
}
