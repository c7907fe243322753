package dev.runnel.pattern;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ReceiveChan;
import java.util.Objects;

/**
 * A merge of channels, to which more can be added while it runs.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="merge-open"}
 *
 * <p>It ends when {@link #complete} has been called and all its channels have ended.
 *
 * @param <T> the type of the values
 */
public final class Merge<T> extends Feed<T> {
  private final Chan<ReceiveChan<? extends T>> inputs;
  private final Production production;

  Merge(Chan<T> merged, Chan<ReceiveChan<? extends T>> inputs, Production production) {
    super(merged);
    this.inputs = inputs;
    this.production = production;
  }

  /**
   * Adds a channel.
   *
   * @param input the channel
   * @return this merge
   * @throws IllegalStateException if this has been completed, or has ended
   * @throws NullPointerException if the channel is null
   */
  public Merge<T> add(ReceiveChan<? extends T> input) {
    Objects.requireNonNull(input, "input");
    try {
      inputs.trySend(input); // there is always room
    } catch (ChannelClosedException e) {
      throw new IllegalStateException("this merge takes no more channels", e);
    }
    return this;
  }

  /**
   * Says that no more channels will be added. Saying it again does nothing.
   *
   * @return this merge
   */
  public Merge<T> complete() {
    Production.end(inputs, null);
    return this;
  }

  @Override
  public void close() {
    production.stop();
  }
}
