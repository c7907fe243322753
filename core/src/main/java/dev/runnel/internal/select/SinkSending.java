package dev.runnel.internal.select;

import dev.runnel.internal.channel.Ending;
import dev.runnel.spi.Sink;

/**
 * A case that sends to a foreign sink.
 *
 * @param <T> the type of the value
 */
public final class SinkSending<T> extends Sending<T> implements ForeignArm {
  private final Sink<T> sink;

  /**
   * Creates a case.
   *
   * @param sink where the values go
   * @param value what to send first
   */
  public SinkSending(Sink<T> sink, T value) {
    super(value);
    this.sink = sink;
  }

  @Override
  public boolean attempt() {
    boolean closed = sink.closed();
    ended(closed ? Ending.CLOSED : null);
    return closed || sink.offer(next());
  }

  @Override
  public Object foreign() {
    return sink;
  }

  @Override
  public void arm(Runnable wake) {
    sink.arm(wake);
  }

  @Override
  public void disarm(Runnable wake) {
    sink.disarm(wake);
  }
}
