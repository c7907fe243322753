package dev.runnel.interop;

import dev.runnel.Chan;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;

/**
 * Channels as blocking queues, and blocking queues as channels.
 *
 * {@snippet class="dev.runnel.snippets.InteropSnippetsTest" region="queues"}
 *
 * <p>A blocking queue that foreign code keeps to itself can only be waited for by a goroutine, see
 * {@link dev.runnel.pattern.Generators#from(BlockingQueue, dev.runnel.Context)}.
 */
public final class Queues {

  private Queues() {}

  /**
   * A channel as a blocking queue: putting sends, taking receives.
   *
   * <p>After the channel's end what adds throws {@link dev.runnel.ChannelClosedException}, an
   * {@link IllegalStateException}. When it is drained, too, what waits for an element throws that
   * as well, and what does not wait finds none; if it failed, all of them throw {@link
   * dev.runnel.ChannelFailedException}.
   *
   * <p>An element can only be had by taking it: {@code peek}, {@code element}, {@code contains},
   * {@code remove(Object)} and iteration throw {@link UnsupportedOperationException}. The size is
   * that of the buffer; of an unbuffered channel it is always 0.
   *
   * @param chan the channel
   * @param <T> the type of the values
   * @return a view of it
   * @throws NullPointerException if the channel is null
   */
  public static <T> BlockingQueue<T> of(Chan<T> chan) {
    return new ChannelQueue<>(Objects.requireNonNull(chan, "chan"));
  }

  /**
   * Watches a blocking queue, so that it can take part in channels and select. Foreign code has to
   * use the watched queue in its place from now on, as a queue tells nobody when it changes.
   *
   * @param queue the queue, of whatever order and bound
   * @param <T> the type of the elements
   * @return the same elements, and two channels over them
   * @throws NullPointerException if the queue is null
   */
  public static <T> WatchedQueue<T> watched(BlockingQueue<T> queue) {
    return new WatchedQueue<>(Objects.requireNonNull(queue, "queue"));
  }
}
