package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Overflow;
import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.Transform;
import dev.runnel.sync.Semaphore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Stages whose upstream runs in a goroutine of its own, or in several. */
public final class Crossings {

  private Crossings() {}

  /** The same values; upstream may be some ahead. */
  public static <T> Stage<T> buffer(Stage<T> up, int capacity, Overflow policy) {
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
   * results wait in a channel of futures; as many as may run may also wait for one that takes long.
   */
  public static <T, R> Stage<R> mapParallel(
      Stage<T> up, Label label, int most, Transform<? super T, ? extends R> f) {
    return out -> {
      Semaphore free = Semaphore.of(most);
      Chan<Future<R>> results = Chan.buffered(most);
      try (Section section = Section.open()) {
        section.<T>feed(
            up,
            value -> {
              free.acquire();
              results.send(
                  section.call(() -> {
                    try {
                      return label.<T, R>apply(f, value);
                    } finally {
                      free.release();
                    }
                  }));
              return true;
            },
            results);
        section.drain(results, future -> out.put(result(future, section)));
      }
    };
  }

  private static <R> R result(Future<R> future, Section section) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException | CancellationException e) {
      throw section.failure(e);
    }
  }

  /** What a function makes of each value, of several at a time, as the results come. */
  public static <T, R> Stage<R> mapUnordered(
      Stage<T> up, Label label, int most, Transform<? super T, ? extends R> f) {
    return spread(up, most, (value, to) -> to.put(label.<T, R>apply(f, value)));
  }

  /** The values of a pipeline in place of each value, of several pipelines at a time. */
  public static <T, R> Stage<R> flatMapUnordered(
      Stage<T> up, Label label, int most, Transform<? super T, ? extends Pipeline<? extends R>> f) {
    return spread(
        up,
        most,
        (value, to) -> Described.<R>stage(label.<T, Pipeline<? extends R>>apply(f, value)).run(to));
  }

  /** What comes of one value. */
  private interface Job<T, R> {
    void run(T value, Outlet<R> to) throws Exception;
  }

  /** A goroutine for each value, so many at a time; all send to one channel. */
  private static <T, R> Stage<R> spread(Stage<T> up, int most, Job<T, R> job) {
    return out -> {
      Semaphore free = Semaphore.of(most);
      Chan<R> results = Chan.buffered(most);
      Outlet<R> to = sendingTo(results);
      try (Section section = Section.open()) {
        section.go(() ->
            results.closeAfter(() -> {
              up.run(value -> {
                free.acquire();
                section.go(() -> {
                  try {
                    job.run(value, to);
                  } catch (Throwable t) {
                    results.fail(t);
                    throw t;
                  } finally {
                    free.release();
                  }
                });
                return true;
              });
              free.acquire(most); // all have ended
            }));
        section.drain(results, out);
      }
    };
  }

  /**
   * Into a channel with several senders. If another has failed it, or stops because it was told to,
   * nobody wants more: what became of the channel is told by the one that ended it.
   */
  private static <T> Outlet<T> sendingTo(Chan<T> chan) {
    return value -> {
      try {
        chan.send(value);
        return true;
      } catch (ChannelClosedException ended) {
        return false;
      }
    };
  }

  /** The values of several stages that run at once, as they come. */
  public static <T> Stage<T> merge(List<Stage<? extends T>> stages) {
    return out -> {
      Semaphore running = Semaphore.of(stages.size());
      Chan<T> all = Chan.unbuffered();
      Outlet<T> to = sendingTo(all);
      try (Section section = Section.open()) {
        running.acquire(stages.size());
        for (Stage<? extends T> stage : stages) {
          section.go(() -> {
            try {
              stage.run(to);
            } catch (Throwable t) {
              all.fail(t);
              throw t;
            } finally {
              running.release();
            }
          });
        }
        section.go(() -> all.closeAfter(() -> running.acquire(stages.size())));
        section.drain(all, out);
      }
    };
  }

  /** One thing made of one value each of two stages, until one ends. */
  public static <A, B, R> Stage<R> zip(
      Stage<? extends A> first,
      Stage<? extends B> second,
      Label label,
      Combine<? super A, ? super B, ? extends R> f) {
    return out -> {
      Chan<B> chan = Chan.unbuffered();
      try (Section section = Section.open()) {
        section.<B>feed(second, sendingTo(chan), chan);
        first.run(a -> {
          B b = section.receive(chan);
          return b != null && out.put(label.<A, B, R>combine(f, a, b));
        });
      }
    };
  }

  /** One thing made of one value each of two stages, until both have ended. */
  public static <A, B, R> Stage<R> zipAll(
      Stage<? extends A> first,
      Stage<? extends B> second,
      A noFirst,
      B noSecond,
      Label label,
      Combine<? super A, ? super B, ? extends R> f) {
    return out -> {
      Gate<R> gate = new Gate<>(out);
      Chan<B> chan = Chan.unbuffered();
      try (Section section = Section.open()) {
        section.<B>feed(second, sendingTo(chan), chan);
        first.run(a -> {
          B b = section.receive(chan);
          return gate.put(label.<A, B, R>combine(f, a, b == null ? noSecond : b));
        });
        if (gate.isOpen()) {
          section.drain(chan, b -> gate.put(label.<A, B, R>combine(f, noFirst, b)));
        }
      }
    };
  }

  /** So many values of each stage in turn; those of the others when one has ended. */
  public static <T> Stage<T> interleave(List<Stage<? extends T>> stages, int segment) {
    return out -> {
      List<Chan<T>> chans = new ArrayList<>();
      try (Section section = Section.open()) {
        for (Stage<? extends T> stage : stages) {
          Chan<T> chan = Chan.unbuffered();
          section.<T>feed(stage, sendingTo(chan), chan);
          chans.add(chan);
        }
        while (!chans.isEmpty()) {
          for (Iterator<Chan<T>> turns = chans.iterator(); turns.hasNext(); ) {
            Chan<T> turn = turns.next();
            for (int i = 0; i < segment; i++) {
              T value = section.receive(turn);
              if (value == null) {
                turns.remove();
                break;
              }
              if (!out.put(value)) {
                return;
              }
            }
          }
        }
      }
    };
  }
}
