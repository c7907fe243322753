package dev.runnel.internal.select;

/**
 * A case that receives from the nil channel: it never wins.
 *
 * @param <T> the type of the value
 */
public final class NeverReceiving<T> extends Receiving<T> {
  /** Creates a case. */
  public NeverReceiving() {
    super(false);
  }
}
