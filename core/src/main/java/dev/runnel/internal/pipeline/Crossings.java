package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Overflow;
import dev.runnel.pipeline.Condition;
import dev.runnel.pipeline.Effect;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.Transform;
import dev.runnel.sync.Semaphore;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Stages whose upstream runs in a goroutine of its own, or in several. */
public final class Crossings {

  private Crossings() {}

  /** The same values; upstream may be some ahead. */
  public static <T> Stage<T> buffer(Stage<T> up, int capacity, Overflow policy) {
    return policy == Overflow.SUSPEND && SpscBuffer.suits(capacity)
        ? suspending(up, capacity)
        : overChannel(up, capacity, policy);
  }

  private static <T> Stage<T> suspending(Stage<T> up, int capacity) {
    return out -> {
      SpscBuffer<T> buffer = new SpscBuffer<>(capacity);
      try (Section section = Section.open()) {
        buffer.feed(up, section);
        buffer.drain(section, out);
      }
    };
  }

  private static <T> Stage<T> overChannel(Stage<T> up, int capacity, Overflow policy) {
    return out -> {
      Chan<T> chan = Chan.buffered(capacity, policy);
      try (Section section = Section.open()) {
        section.feed(up, chan);
        section.drain(chan, out);
      }
    };
  }

  /**
   * What a function makes of each value, of several at a time, in the order of the values. The
   * results wait in a channel of futures. As many as may run at once are started ahead of that and
   * wait for their turn, so that no time is lost between one and the next.
   */
  public static <T, R> Stage<R> mapParallel(
      Stage<T> up, Label label, int most, Transform<? super T, ? extends R> f) {
    return out -> {
      Turns turns = new Turns(most);
      Chan<Future<R>> results = Chan.buffered(twice(most));
      try (Section section = Section.open()) {
        section.<T>feed(
            up,
            value -> {
              Chan<Void> turn = turns.ask();
              results.send(
                  section.call(() -> {
                    var _ = turn.receive();
                    try {
                      return label.<T, R>apply(f, value);
                    } finally {
                      turns.end();
                    }
                  }));
              return true;
            },
            results);
        section.drain(results, future -> out.put(result(future, section)));
      }
    };
  }

  private static int twice(int most) {
    return (int) Math.min(2L * most, Integer.MAX_VALUE);
  }

  private static <R> R result(Future<R> future, Section section) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException | CancellationException e) {
      throw section.failure(e);
    }
  }

  /** The values for which a condition holds, several of which are looked at at a time. */
  public static <T> Stage<T> filterParallel(
      Stage<T> up, Label label, int most, Condition<? super T> condition) {
    Stage<Optional<T>> kept =
        Crossings.<T, Optional<T>>mapParallel(
            up,
            label,
            most,
            value -> condition.test(value) ? Optional.of(value) : Optional.empty());
    return out -> kept.run(value -> value.isEmpty() || out.put(value.get()));
  }

  /**
   * The values of a pipeline in place of each value, of several pipelines at a time, in the order
   * of the values. Each has a channel of its own, in which some of its values wait for its turn.
   */
  public static <T, R> Stage<R> flatMapParallel(
      Stage<T> up,
      Label label,
      int most,
      int ahead,
      Transform<? super T, ? extends Pipeline<? extends R>> f) {
    return out -> {
      Semaphore free = Semaphore.of(most);
      Chan<Chan<R>> turns = Chan.buffered(most);
      try (Section section = Section.open()) {
        section.<T>feed(
            up,
            value -> {
              free.acquire();
              Chan<R> results = Chan.buffered(ahead);
              section.go(() ->
                  results.closeAfter(() -> {
                    try {
                      pipeline(label, f, value).run(sendingTo(results));
                    } finally {
                      free.release();
                    }
                  }));
              turns.send(results);
              return true;
            },
            turns);
        Gate<R> gate = new Gate<>(out);
        section.drain(
            turns,
            results -> {
              section.drain(results, gate);
              return gate.isOpen();
            });
      }
    };
  }

  private static <T, R> Stage<R> pipeline(
      Label label, Transform<? super T, ? extends Pipeline<? extends R>> f, T value)
      throws Exception {
    return Described.<R>stage(label.<T, Pipeline<? extends R>>apply(f, value));
  }

  /** What a function makes of each value, of several at a time, as the results come. */
  public static <T, R> Stage<R> mapUnordered(
      Stage<T> up, Label label, int most, Transform<? super T, ? extends R> f) {
    return spread(up, most, (value, to) -> to.put(label.<T, R>apply(f, value)));
  }

  /** The values for which a condition holds, several of which are looked at at a time. */
  public static <T> Stage<T> filterUnordered(
      Stage<T> up, Label label, int most, Condition<? super T> condition) {
    return Crossings.<T, T>spread(
        up,
        most,
        (value, to) -> {
          if (label.test(condition, value)) {
            to.put(value);
          }
        });
  }

  /** Nothing, after something was done with each value, with several at a time. */
  public static <T> Stage<T> each(Stage<T> up, Label label, int most, Effect<? super T> effect) {
    return Crossings.<T, T>spread(up, most, (value, _) -> label.accept(effect, value));
  }

  /** The values of a pipeline in place of each value, of several pipelines at a time. */
  public static <T, R> Stage<R> flatMapUnordered(
      Stage<T> up, Label label, int most, Transform<? super T, ? extends Pipeline<? extends R>> f) {
    return spread(up, most, (value, to) -> pipeline(label, f, value).run(to));
  }

  /** What comes of one value. */
  private interface Job<T, R> {
    void run(T value, Outlet<R> to) throws Exception;
  }

  /**
   * A goroutine for each value; all send to one channel. So many run at a time, and as many again
   * wait for their turn.
   */
  private static <T, R> Stage<R> spread(Stage<T> up, int most, Job<T, R> job) {
    return out -> {
      Semaphore started = Semaphore.of(twice(most));
      Turns turns = new Turns(most);
      Chan<R> results = Chan.buffered(most);
      Outlet<R> to = sendingTo(results);
      try (Section section = Section.open()) {
        section.go(() ->
            results.closeAfter(() -> {
              up.run(value -> {
                started.acquire();
                Chan<Void> turn = turns.ask();
                section.go(() -> {
                  try {
                    var _ = turn.receive();
                    try {
                      job.run(value, to);
                    } finally {
                      turns.end();
                    }
                  } catch (Throwable t) {
                    results.fail(t);
                    throw t;
                  } finally {
                    started.release();
                  }
                });
                return true;
              });
              started.acquire(twice(most)); // all have ended
            }));
        section.drain(results, out);
      }
    };
  }

  /**
   * Into a channel with several senders. If another has failed it, or stops because it was told to,
   * nobody wants more: what became of the channel is told by the one that ended it.
   */
  static <T> Outlet<T> sendingTo(Chan<T> chan) {
    return value -> {
      try {
        chan.send(value);
        return true;
      } catch (ChannelClosedException ended) {
        return false;
      }
    };
  }
}
