package dev.runnel.pattern;

import dev.runnel.ChannelClosedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.sync.Mutex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Sends every value to all who subscribe, who come and go as they like.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="broadcast"}
 *
 * <p>Each subscriber has a buffer of its own, and says what is to be done {@linkplain WhenFull when
 * it is full}. A subscriber who is slow or has gone without closing never holds up the others,
 * unless it asked for {@link WhenFull#BLOCK}; and even then they get the value before the sender
 * waits. All subscribers get the values in the same order, however many send. There is no goroutine
 * behind it.
 *
 * <p>Sending a value <i>happens-before</i> its receipt from a subscription.
 *
 * <p>Origin in Go: the loop over a list of channels of every chat server. There, one slow
 * subscriber stalls all, or loses values silently; it can't leave, and nobody is told of the end.
 *
 * <h2>How it works</h2>
 *
 * A mutex keeps the senders in order, and is held while one of them waits for a subscriber. Who
 * subscribes and whether this has ended are one immutable state, replaced by compare-and-set; so
 * subscribing, leaving and closing never wait for a sender. If values are kept for replay, a second
 * mutex is held for the moment in which a sender adds its value and looks who subscribes, or a
 * newcomer takes the values and subscribes: it gets a value from the replay or from the sender, and
 * never from both.
 *
 * <p>A value is written once, into a log that all subscribers read who keep up, each from its own
 * place. So a sender has nothing to do for them but to wake who waits. A subscriber who falls
 * behind takes its values out of the log; then its policy decides, value by value.
 *
 * @param <T> the type of the values, which are never null
 */
public final class Broadcaster<T> implements AutoCloseable {

  /**
   * All that changes, but for who sends.
   *
   * @param joined how many have ever subscribed
   */
  private record State<T>(
      List<Subscription<T>> subscriptions,
      long joined,
      boolean ended,
      @Nullable Throwable failure) {

    State<T> with(Subscription<T> fresh) {
      List<Subscription<T>> all = new ArrayList<>(subscriptions);
      all.add(fresh);
      return new State<>(all, joined + 1, ended, failure);
    }

    State<T> without(Subscription<T> gone) {
      List<Subscription<T>> others = new ArrayList<>(subscriptions);
      return others.remove(gone) ? new State<>(others, joined, ended, failure) : this;
    }

    State<T> ended(@Nullable Throwable cause) {
      return new State<>(List.of(), joined, true, cause);
    }
  }

  private final Mutex sending = new Mutex();
  private final Delivery<T> delivery = new Delivery<>();
  private final AtomicReference<State<T>> state =
      new AtomicReference<>(new State<>(List.of(), 0, false, null));
  private final int replay;

  /** Held when {@code latest} and those who subscribe must fit together. */
  private final Lock replaying = new Mutex().asLock();

  /** The values to be replayed. */
  private final ArrayDeque<T> latest = new ArrayDeque<>();

  /** What those missed who are no longer subscribed. */
  private final LongAdder missedByFormer = new LongAdder();

  private Broadcaster(int replay) {
    this.replay = replay;
  }

  /**
   * Creates a broadcaster; who subscribes gets what is sent from then on.
   *
   * @param <T> the type of the values
   * @return the broadcaster
   */
  public static <T> Broadcaster<T> create() {
    return new Broadcaster<>(0);
  }

  /**
   * Creates a broadcaster; who subscribes gets the latest values first. For these its buffer has
   * additional room.
   *
   * @param values how many
   * @param <T> the type of the values
   * @return the broadcaster
   * @throws IllegalArgumentException if the number is negative
   */
  public static <T> Broadcaster<T> replaying(int values) {
    if (values < 0) {
      throw new IllegalArgumentException("can't replay " + values + " values");
    }
    return new Broadcaster<>(values);
  }

  /**
   * Subscribes. When the buffer is full the subscriber misses new values, which are {@linkplain
   * Subscription#dropped counted}.
   *
   * @param buffer how many values may wait for the subscriber; 0: it gets only those for which it
   *     is waiting
   * @return the subscription, to be closed; one to a broadcaster that has ended has ended, too,
   *     after what is replayed
   * @throws IllegalArgumentException if the number is negative
   */
  public Subscription<T> subscribe(int buffer) {
    return subscribe(buffer, WhenFull.DROP_NEWEST);
  }

  /**
   * Subscribes.
   *
   * @param buffer how many values may wait for the subscriber
   * @param whenFull what to do when so many wait
   * @return the subscription, to be closed; one to a broadcaster that has ended has ended, too,
   *     after what is replayed
   * @throws IllegalArgumentException if the number is negative, or 0 with {@link
   *     WhenFull#DROP_OLDEST}
   * @throws NullPointerException if {@code whenFull} is null
   */
  public Subscription<T> subscribe(int buffer, WhenFull whenFull) {
    Objects.requireNonNull(whenFull, "whenFull");
    if (replay == 0) {
      return add(Subscription.of(this, delivery.log(), buffer, whenFull, List.of()));
    }
    replaying.lock();
    try {
      return add(Subscription.of(this, delivery.log(), buffer, whenFull, latest));
    } finally {
      replaying.unlock();
    }
  }

  private Subscription<T> add(Subscription<T> fresh) {
    while (true) {
      State<T> now = state.get();
      if (now.ended()) {
        fresh.end(now.failure());
        return fresh;
      }
      if (state.compareAndSet(now, now.with(fresh))) {
        return fresh;
      }
    }
  }

  /**
   * Sends a value to all who subscribe, waiting for those who asked for that. If nobody does, the
   * value is gone (but for a replay).
   *
   * @param value the value
   * @throws ChannelClosedException if this has ended
   * @throws InterruptedException if the thread is interrupted on entry or while waiting. If it was
   *     waiting for a subscriber, the others may have got the value
   * @throws NullPointerException if the value is null
   */
  public void send(T value) throws InterruptedException {
    Objects.requireNonNull(value, "value");
    sending.lock();
    try {
      deliver(value, null);
    } finally {
      sending.unlock();
    }
  }

  /**
   * Sends a value to all who subscribe, giving up when a context ends.
   *
   * @param value the value
   * @param ctx the context to watch
   * @throws ChannelClosedException if this has ended
   * @throws ContextException if the context has ended, or ends while this waits. If it was waiting
   *     for a subscriber, the others may have got the value
   * @throws InterruptedException as {@link #send(Object)}
   * @throws NullPointerException if an argument is null
   */
  public void send(T value, Context ctx) throws InterruptedException {
    Objects.requireNonNull(value, "value");
    sending.lock(ctx);
    try {
      deliver(value, ctx);
    } finally {
      sending.unlock();
    }
  }

  private void deliver(T value, @Nullable Context ctx) throws InterruptedException {
    State<T> now = admit(value);
    for (Subscription<T> full : delivery.send(value, now.subscriptions(), now.joined())) {
      full.send(value, ctx);
    }
  }

  /** Keeps a value for replay; who is to get it. */
  private State<T> admit(T value) {
    if (replay == 0) {
      return open();
    }
    replaying.lock();
    try {
      State<T> now = open();
      if (latest.size() == replay) {
        latest.removeFirst();
      }
      latest.addLast(value);
      return now;
    } finally {
      replaying.unlock();
    }
  }

  private State<T> open() {
    State<T> now = state.get();
    if (now.ended()) {
      throw new ChannelClosedException("send on closed broadcaster");
    }
    return now;
  }

  /** Takes one out, if it is there. */
  void remove(Subscription<T> gone) {
    State<T> now;
    State<T> then;
    do {
      now = state.get();
      then = now.without(gone);
    } while (now != then && !state.compareAndSet(now, then));
    if (now != then) {
      missedByFormer.add(gone.dropped());
    }
  }

  /**
   * How many subscribe now.
   *
   * @return the number
   */
  public int subscribers() {
    return state.get().subscriptions().size();
  }

  /**
   * How many values subscribers have missed, those who have left included.
   *
   * @return the number of values, each counted as often as it was missed
   */
  public long dropped() {
    long missed = missedByFormer.sum();
    for (Subscription<T> subscription : state.get().subscriptions()) {
      missed += subscription.dropped();
    }
    return missed;
  }

  /**
   * Ends all subscriptions: subscribers get what is buffered, and then the end. A sender that waits
   * for one goes on. Does nothing if this has ended.
   */
  @Override
  public void close() {
    end(null);
  }

  /**
   * Ends all subscriptions with a failure.
   *
   * @param cause what went wrong: subscribers get what is buffered, and then this as the cause of a
   *     {@link dev.runnel.ChannelFailedException}
   * @return true if this call ended it, false if it had ended
   * @throws NullPointerException if the cause is null
   */
  public boolean fail(Throwable cause) {
    return end(Objects.requireNonNull(cause, "cause"));
  }

  private boolean end(@Nullable Throwable cause) {
    State<T> before = state.getAndUpdate(now -> now.ended() ? now : now.ended(cause));
    for (Subscription<T> subscription : before.subscriptions()) {
      subscription.end(cause);
      missedByFormer.add(subscription.dropped());
    }
    return !before.ended();
  }

  @Override
  public String toString() {
    State<T> now = state.get();
    return "broadcaster to " + now.subscriptions().size() + (now.ended() ? " (ended)" : "");
  }
}
