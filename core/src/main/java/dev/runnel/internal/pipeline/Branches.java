package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ReceiveChan;
import dev.runnel.SendChan;
import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.Transform;
import java.util.LinkedHashMap;

/** Stages whose values go more than one way. */
public final class Branches {

  /** How many values a group may be behind. */
  private static final int AHEAD = 16;

  private Branches() {}

  /** All values, after each was sent on a channel, which ends as the stages upstream do. */
  public static <T> Stage<T> alsoTo(Stage<T> up, Label label, SendChan<? super T> chan) {
    return out ->
        ending(
            chan,
            () ->
                up.run(value -> {
                  label.accept(chan::send, value);
                  return out.put(value);
                }));
  }

  /** All values; a channel gets those that it takes at once, and ends as the stages upstream do. */
  public static <T> Stage<T> tryAlsoTo(Stage<T> up, SendChan<? super T> chan) {
    return out ->
        ending(
            chan,
            () ->
                up.run(
                    new Outlet<T>() {
                      private boolean open = true;

                      @Override
                      public boolean put(T value) throws Exception {
                        if (open) {
                          try {
                            chan.trySend(value);
                          } catch (ChannelClosedException ended) {
                            open = false; // by somebody else, whose affair that is
                          }
                        }
                        return out.put(value);
                      }
                    }));
  }

  private interface Run {
    void go() throws Exception;
  }

  /** Runs something, and ends a channel as that ended, unless somebody else has. */
  private static void ending(SendChan<?> chan, Run run) throws Exception {
    try {
      run.go();
    } catch (StageFailure failure) {
      chan.fail(failure.asSeenOutside()); // as the caller sees it, not as the stages do
      throw failure;
    } catch (Throwable t) {
      chan.fail(t);
      throw t;
    }
    try {
      chan.close();
    } catch (ChannelClosedException ended) {
      // By somebody else; the values that came after that have failed to go, if that matters.
    }
  }

  /**
   * The values of a pipeline for each key, which is given the values with that key. So many run at
   * a time; for another, that to which no value went for longest is ended first.
   */
  public static <T, K, R> Stage<R> groupBy(
      Stage<T> up,
      Label label,
      int most,
      Transform<? super T, ? extends K> key,
      Combine<? super K, ? super Pipeline<T>, ? extends Pipeline<? extends R>> f) {
    return out -> {
      Chan<R> results = Chan.buffered(AHEAD);
      Outlet<R> to = Crossings.sendingTo(results);
      try (Section section = Section.open()) {
        section.go(() ->
            results.closeAfter(() -> {
              var open = new LinkedHashMap<K, Group<T>>(16, 0.75f, true); // by their last use
              up.run(value -> {
                K its = label.<T, K>apply(key, value);
                Group<T> group = open.get(its);
                if (group == null) {
                  if (open.size() == most) {
                    open.pollFirstEntry().getValue().end();
                  }
                  Group<T> fresh = new Group<>();
                  section.go(() -> fresh.run(its, label, f, to, results));
                  open.put(its, fresh);
                  group = fresh;
                }
                group.values.send(value);
                return true;
              });
              for (Group<T> group : open.values()) {
                group.values.close();
              }
              for (Group<T> group : open.values()) {
                group.done.receive();
              }
            }));
        section.drain(results, out);
      }
    };
  }

  /** The values of a key on their way to its pipeline. */
  private static final class Group<T> {
    private final Chan<T> values = Chan.buffered(AHEAD);
    private final Chan<Boolean> done = Chan.unbuffered();

    <K, R> void run(
        K key,
        Label label,
        Combine<? super K, ? super Pipeline<T>, ? extends Pipeline<? extends R>> f,
        Outlet<R> to,
        Chan<R> results)
        throws Exception {
      try {
        Pipeline<T> mine = Pipeline.from((ReceiveChan<T>) values);
        Described.<R>stage(label.<K, Pipeline<T>, Pipeline<? extends R>>combine(f, key, mine))
            .run(to);
        values.receiveEach(_ -> {}); // what it did not want
      } catch (Throwable t) {
        results.fail(t);
        throw t;
      } finally {
        done.close();
      }
    }

    /** Ends the values, and waits until the pipeline has done with them. */
    void end() throws InterruptedException {
      values.close();
      done.receive();
    }
  }
}
