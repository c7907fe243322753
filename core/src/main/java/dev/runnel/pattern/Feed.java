package dev.runnel.pattern;

import dev.runnel.Context;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose receiver can end it: closing it stops what sends to it.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="feed"}
 *
 * <p>A consumer who receives to the end need not close it, nor one whose context ends after it. A
 * consumer who stops early does one of the two; what sends would wait for it otherwise.
 *
 * <p>Go has no such thing: there, the receiver of a channel must tell its sender by other means
 * that it has had enough.
 *
 * @param <T> the type of the values, which are never null
 */
public abstract sealed class Feed<T> implements ReceiveChan<T>, AutoCloseable
    permits ProducedFeed, PoolResults, Merge, Way, Subscription {
  private final ReceiveChan<T> channel;

  /** Creates one that receives from a channel. */
  Feed(ReceiveChan<T> channel) {
    this.channel = channel;
  }

  /**
   * Stops what sends to this channel, and waits until nothing of it runs any more, whatever
   * interrupts come (their flag is set afterwards). Does nothing if it has ended. What is buffered
   * can still be received.
   *
   * @throws IllegalStateException if called by a goroutine that it would have to wait for
   */
  @Override
  public abstract void close();

  @Override
  public @Nullable T receive() throws InterruptedException {
    return channel.receive();
  }

  @Override
  public @Nullable T receive(Context ctx) throws InterruptedException {
    return channel.receive(ctx);
  }

  @Override
  public ReceiveResult<T> receive(Duration atMost) throws InterruptedException {
    return channel.receive(atMost);
  }

  @Override
  public ReceiveResult<T> tryReceive() {
    return channel.tryReceive();
  }

  @Override
  public int receiveUpTo(int max, Collection<? super T> into) throws InterruptedException {
    return channel.receiveUpTo(max, into);
  }

  @Override
  public ReceiveCase<T> onReceive() {
    return channel.onReceive();
  }

  @Override
  public String toString() {
    return "feed from " + channel;
  }
}
