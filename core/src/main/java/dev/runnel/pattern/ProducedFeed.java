package dev.runnel.pattern;

import dev.runnel.ReceiveChan;

/**
 * A feed with a production behind it, and nothing more to say.
 *
 * @param <T> the type of the values
 */
final class ProducedFeed<T> extends Feed<T> {
  private final Production production;

  ProducedFeed(ReceiveChan<T> channel, Production production) {
    super(channel);
    this.production = production;
  }

  @Override
  public void close() {
    production.stop();
  }
}
