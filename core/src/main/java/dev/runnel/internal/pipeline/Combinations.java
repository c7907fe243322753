package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Transform;
import dev.runnel.pipeline.Until;
import dev.runnel.sync.Semaphore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stages that have several stages upstream of them, which run at once. */
public final class Combinations {

  /**
   * How many values a stage may be ahead, so that not each of them costs a change of goroutines.
   */
  private static final int AHEAD = 16;

  private Combinations() {}

  /** The values of several stages as they come, until as many of them have ended as it takes. */
  public static <T> Stage<T> merge(List<? extends Stage<? extends T>> stages, Until until) {
    return out -> {
      int size = stages.size();
      Semaphore ended = Semaphore.of(Math.max(size, 1));
      Chan<T> all = Chan.buffered(AHEAD);
      Outlet<T> to = Crossings.sendingTo(all);
      try (Section section = Section.open()) {
        ended.acquire(size);
        for (int i = 0; i < size; i++) {
          Stage<? extends T> stage = stages.get(i);
          boolean counts = counts(until, i, size);
          section.go(() -> {
            try {
              stage.run(to);
            } catch (Throwable t) {
              all.fail(t);
              throw t;
            }
            if (counts) {
              ended.release();
            }
          });
        }
        int enough = until == Until.ALL_END ? size : Math.min(size, 1);
        section.go(() -> all.closeAfter(() -> ended.acquire(enough)));
        section.drain(all, out);
      }
    };
  }

  /** Whether it matters when one of several has ended. */
  private static boolean counts(Until until, int index, int size) {
    return switch (until) {
      case ALL_END, ANY_ENDS -> true;
      case FIRST_ENDS -> index == 0;
      case LAST_ENDS -> index == size - 1;
    };
  }

  /** One thing made of one value each of two stages, until one ends. */
  public static <A, B, R> Stage<R> zip(
      Stage<? extends A> first,
      Stage<? extends B> second,
      Label label,
      Combine<? super A, ? super B, ? extends R> f) {
    return out -> {
      Chan<B> chan = Chan.buffered(AHEAD);
      try (Section section = Section.open()) {
        section.<B>feed(second, Crossings.sendingTo(chan), chan);
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
      Chan<B> chan = Chan.buffered(AHEAD);
      try (Section section = Section.open()) {
        section.<B>feed(second, Crossings.sendingTo(chan), chan);
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

  /** So many values of each stage in turn, until as many have ended as it takes. */
  public static <T> Stage<T> interleave(
      List<? extends Stage<? extends T>> stages, int segment, Until until) {
    int size = stages.size();
    return out -> {
      List<@Nullable Chan<T>> chans = new ArrayList<>();
      Gate<T> gate = new Gate<>(out);
      try (Section section = Section.open()) {
        for (Stage<? extends T> stage : stages) {
          Chan<T> chan = Chan.buffered(AHEAD);
          section.<T>feed(stage, Crossings.sendingTo(chan), chan);
          chans.add(chan);
        }
        int left = size;
        for (int turn = 0; left > 0; turn = (turn + 1) % size) {
          Chan<T> chan = chans.get(turn);
          if (chan != null && !take(segment, chan, section, gate)) {
            if (!gate.isOpen() || (until != Until.ALL_END && counts(until, turn, size))) {
              return;
            }
            chans.set(turn, null);
            left--;
          }
        }
      }
    };
  }

  /** Takes so many values from a channel; whether there may be more, and more are wanted. */
  private static <T> boolean take(int count, Chan<T> chan, Section section, Gate<T> gate)
      throws Exception {
    for (int i = 0; i < count; i++) {
      T value = section.receive(chan);
      if (value == null || !gate.put(value)) {
        return false;
      }
    }
    return true;
  }

  /** A value, and which of several stages it comes from. */
  private record From<T>(int index, T value) {}

  /** One thing made of the latest value of each stage, whenever one brings a new one. */
  public static <T, R> Stage<R> combineLatest(
      List<? extends Stage<? extends T>> stages,
      Label label,
      Transform<? super List<T>, ? extends R> f) {
    List<Stage<From<T>>> tagged = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      int index = i;
      Stage<? extends T> stage = stages.get(i);
      tagged.add(out -> stage.run(value -> out.put(new From<T>(index, value))));
    }
    Stage<From<T>> all = Combinations.<From<T>>merge(tagged, Until.ALL_END);
    return out ->
        all.run(
            new Outlet<From<T>>() {
              private final @Nullable Object[] latest = new @Nullable Object[stages.size()];
              private int missing = stages.size();

              @Override
              public boolean put(From<T> from) throws Exception {
                if (latest[from.index] == null) {
                  missing--;
                }
                latest[from.index] = from.value;
                return missing > 0 || out.put(label.<List<T>, R>apply(f, snapshot()));
              }

              @SuppressWarnings("unchecked") // only values of the stages are put into it
              private List<T> snapshot() {
                return (List<T>) List.of(latest.clone());
              }
            });
  }
}
