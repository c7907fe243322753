package dev.runnel.interop;

import dev.runnel.Go;
import dev.runnel.Outside;
import dev.runnel.ReceiveChan;
import dev.runnel.spi.Source;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber whose values are received from a channel: for what takes a {@link Subscriber}, such
 * as the body handlers of {@code java.net.http}. Where there is a publisher at hand, {@link
 * Publishers#receive} and {@link Publishers#pipeline} are simpler.
 *
 * {@snippet class="dev.runnel.snippets.InteropSnippetsTest" region="subscriber"}
 *
 * <p>It asks for no more values than it has room for, and for more as they are received. There is
 * no goroutine behind it. The publisher's completion closes the channel, its error fails it.
 *
 * <p>What the publisher did before it signalled a value <i>happens-before</i> what follows the
 * value's receipt.
 *
 * <h2>How it works</h2>
 *
 * Values wait in a queue; whoever takes one counts it, and asks for more when half of the room is
 * free. A subscription must not be called by two threads at once, so {@code turns} counts who has
 * something to tell it: the first does so, also for those who come meanwhile.
 *
 * @param <T> the type of the values
 */
public final class ReceivingSubscriber<T> implements Subscriber<T>, AutoCloseable {
  private final int room;

  /** How many must have been received before more are asked for. */
  private final int batch;

  private final Queue<T> values = new ConcurrentLinkedQueue<>();
  private final Set<Runnable> armed = ConcurrentHashMap.newKeySet();
  private final ReceiveChan<T> channel = ReceiveChan.from(new Values());
  private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
  private final AtomicInteger turns = new AtomicInteger();

  /** Values that have been received since more were asked for. */
  private final AtomicInteger received = new AtomicInteger();

  /** Values that have been asked for and have not come. */
  private final AtomicInteger expected = new AtomicInteger();

  /** Set once, by whichever comes first: the publisher's last signal, or {@link #close}. */
  private final AtomicReference<@Nullable End> end = new AtomicReference<>();

  /** Until the end, whoever waits for a value is not deadlocked. */
  private final Outside outside = Go.outside();

  private record End(@Nullable Throwable cause, boolean ours) {}

  private ReceivingSubscriber(int room) {
    this.room = room;
    this.batch = room - room / 2;
  }

  /**
   * Creates a subscriber.
   *
   * @param room how many values may wait to be received, at least 1
   * @param <T> the type of the values
   * @return the subscriber, for one subscription
   * @throws IllegalArgumentException if there is room for less than one
   */
  public static <T> ReceivingSubscriber<T> create(int room) {
    checkRoom(room);
    return new ReceivingSubscriber<>(room);
  }

  static void checkRoom(int room) {
    if (room < 1) {
      throw new IllegalArgumentException("a subscriber needs room for 1 value, not " + room);
    }
  }

  /**
   * Where the values are received.
   *
   * @return the channel, which several goroutines may use; it is closed or failed as the publisher
   *     says, and failed with a {@link CancellationException} after {@link #close}
   */
  public ReceiveChan<T> channel() {
    return channel;
  }

  /**
   * Cancels the subscription, now or when it comes. What has come can still be received. Does
   * nothing if the publisher has ended, or this has been closed.
   */
  @Override
  public void close() {
    stop(new CancellationException("the subscription was cancelled"));
  }

  private void stop(Throwable cause) {
    if (end(new End(cause, true)) && subscription.get() != null) {
      tell();
    }
  }

  private boolean end(End how) {
    boolean first = end.compareAndSet(null, how);
    if (first) {
      wakeAll();
      outside.close(); // last: those who wait are awake
    }
    return first;
  }

  private void wakeAll() {
    armed.forEach(Runnable::run);
  }

  @Override
  public void onSubscribe(Subscription its) {
    Objects.requireNonNull(its, "subscription");
    if (subscription.compareAndSet(null, its)) {
      received.set(room); // as if that many had been received
      tell();
    } else {
      its.cancel(); // one is enough
    }
  }

  @Override
  public void onNext(T value) {
    Objects.requireNonNull(value, "value");
    if (end.get() != null) {
      return; // it was on its way when this was closed
    }
    if (expected.getAndDecrement() <= 0) {
      stop(new IllegalStateException("the publisher sent more than was asked for"));
      return;
    }
    values.add(value);
    wakeAll();
  }

  @Override
  public void onError(Throwable cause) {
    end(new End(Objects.requireNonNull(cause, "cause"), false));
  }

  @Override
  public void onComplete() {
    end(new End(null, false));
  }

  /** Tells the subscription what there is to tell, unless another thread is at it. */
  private void tell() {
    if (turns.getAndIncrement() != 0) {
      return;
    }
    Subscription its = Objects.requireNonNull(subscription.get());
    int seen = 1;
    while (seen != 0) {
      try {
        tell(its);
      } catch (RuntimeException | Error e) {
        end(new End(e, false)); // it breaks its contract: there is no more to expect
      }
      seen = turns.addAndGet(-seen);
    }
  }

  private void tell(Subscription its) {
    End how = end.get();
    if (how != null) {
      if (how.ours()) {
        its.cancel();
      }
      return;
    }
    int n = received.getAndUpdate(count -> count < batch ? count : 0);
    if (n >= batch) {
      expected.addAndGet(n);
      its.request(n);
    }
  }

  @Override
  public String toString() {
    return "subscriber with room for " + room;
  }

  /** The receiving side. */
  private final class Values implements Source<T> {

    @Override
    public @Nullable T poll() {
      T value = values.poll();
      if (value != null && received.incrementAndGet() >= batch) {
        tell();
      }
      return value;
    }

    @Override
    public boolean closed() {
      return end.get() != null;
    }

    @Override
    public @Nullable Throwable cause() {
      End how = end.get();
      return how == null ? null : how.cause();
    }

    @Override
    public void arm(Runnable wake) {
      armed.add(wake);
    }

    @Override
    public void disarm(Runnable wake) {
      armed.remove(wake);
    }

    @Override
    public String toString() {
      return ReceivingSubscriber.this.toString();
    }
  }
}
