package dev.runnel.internal.select;

import dev.runnel.internal.channel.Ending;
import dev.runnel.spi.Source;

/**
 * A case that receives from a foreign source.
 *
 * @param <T> the type of the value
 */
public final class SourceReceiving<T> extends Receiving<T> implements ForeignArm {
  private final Source<T> source;

  /**
   * Creates a case.
   *
   * @param source where the values come from
   */
  public SourceReceiving(Source<T> source) {
    super(false);
    this.source = source;
  }

  @Override
  public boolean attempt() {
    boolean last = source.closed(); // before the poll: a value may come in, then the end, between
    Object item = source.poll();
    if (item == null && last) {
      Throwable cause = source.cause();
      item = cause == null ? Ending.CLOSED : new Ending(cause);
    }
    received(item);
    return item != null;
  }

  @Override
  public Object foreign() {
    return source;
  }

  @Override
  public void arm(Runnable wake) {
    source.arm(wake);
  }

  @Override
  public void disarm(Runnable wake) {
    source.disarm(wake);
  }
}
