package dev.runnel.pipeline;

import dev.runnel.SendChan;
import dev.runnel.internal.pipeline.Branches;
import dev.runnel.internal.pipeline.Described;
import java.util.Objects;

/**
 * The operators that send the values another way as well.
 *
 * @param <T> the type of the values
 */
sealed interface Branching<T> permits Pipeline {

  /**
   * Sends each value on a channel too, before it goes on; when the channel is full, upstream waits.
   * The channel ends as this pipeline does: it is closed when there are no more values or no more
   * are wanted, and failed with what ends it otherwise. So there can be one run only.
   *
   * @param chan the channel; if somebody else closes it, the next value is a failure
   * @return a pipeline of the same values
   */
  default Pipeline<T> alsoTo(SendChan<? super T> chan) {
    Objects.requireNonNull(chan, "chan");
    return ((Described<T>) this).then("alsoTo", (up, label) -> Branches.alsoTo(up, label, chan));
  }

  /**
   * Sends those values on a channel too that it takes at once. The channel ends as this pipeline
   * does: it is closed when there are no more values or no more are wanted, and failed with what
   * ends it otherwise.
   *
   * @param chan the channel; that somebody else closes it changes nothing here
   * @return a pipeline of the same values
   */
  default Pipeline<T> tryAlsoTo(SendChan<? super T> chan) {
    Objects.requireNonNull(chan, "chan");
    return ((Described<T>) this).then("tryAlsoTo", (up, _) -> Branches.tryAlsoTo(up, chan));
  }
}
