package dev.runnel.internal.pipeline;

import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Condition;
import dev.runnel.pipeline.Next;
import dev.runnel.pipeline.Transform;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/** Stages that remember something from one value to the next. */
public final class Gatherings {

  private Gatherings() {}

  /** What has been gathered so far: at first, and after each value. */
  public static <T, A> Stage<A> scan(
      Stage<T> up, Label label, A initial, Combine<? super A, ? super T, ? extends A> f) {
    return out -> {
      if (!out.put(initial)) {
        return;
      }
      up.run(
          new Outlet<T>() {
            private A gathered = initial;

            @Override
            public boolean put(T value) throws Exception {
              gathered = label.<A, T, A>combine(f, gathered, value);
              return out.put(gathered);
            }
          });
    };
  }

  /** The first value, and after each other what it and those before it have been combined into. */
  public static <T> Stage<T> scan(
      Stage<T> up, Label label, Combine<? super T, ? super T, ? extends T> f) {
    return out ->
        up.run(
            new Outlet<T>() {
              private @Nullable T gathered;

              @Override
              public boolean put(T value) throws Exception {
                T before = gathered;
                T next = before == null ? value : label.<T, T, T>combine(f, before, value);
                gathered = next;
                return out.put(next);
              }
            });
  }

  /** What a function makes of a state and each value. */
  public static <T, S, R> Stage<R> mapStateful(
      Stage<T> up,
      Label label,
      S initial,
      Combine<? super S, ? super T, ? extends Next<? extends S, ? extends R>> f) {
    return out ->
        up.run(
            new Outlet<T>() {
              private S state = initial;

              @Override
              public boolean put(T value) throws Exception {
                Next<? extends S, ? extends R> next =
                    label.<S, T, Next<? extends S, ? extends R>>combine(f, state, value);
                state = next.state();
                return out.put(next.result());
              }
            });
  }

  /** What a function makes of a state and each value, and what is made of the last state. */
  public static <T, S, R> Stage<R> mapStateful(
      Stage<T> up,
      Label label,
      S initial,
      Combine<? super S, ? super T, ? extends Next<? extends S, ? extends R>> f,
      Transform<? super S, Optional<? extends R>> atEnd) {
    return out -> {
      var each =
          new Outlet<T>() {
            private final Gate<R> gate = new Gate<>(out);
            private S state = initial;

            @Override
            public boolean put(T value) throws Exception {
              Next<? extends S, ? extends R> next =
                  label.<S, T, Next<? extends S, ? extends R>>combine(f, state, value);
              state = next.state();
              return gate.put(next.result());
            }
          };
      up.run(each);
      if (each.gate.isOpen()) {
        Optional<? extends R> last = label.<S, Optional<? extends R>>apply(atEnd, each.state);
        if (last.isPresent()) {
          each.gate.put(last.get());
        }
      }
    };
  }

  /** The several things that a function makes of a state and each value, and of the last state. */
  public static <T, S, R> Stage<R> mapStatefulConcat(
      Stage<T> up,
      Label label,
      S initial,
      Combine<? super S, ? super T, ? extends Next<? extends S, ? extends Iterable<? extends R>>> f,
      Transform<? super S, ? extends Iterable<? extends R>> atEnd) {
    return out -> {
      var each =
          new Outlet<T>() {
            private final Gate<R> gate = new Gate<>(out);
            private S state = initial;

            @Override
            public boolean put(T value) throws Exception {
              var next =
                  label.<S, T, Next<? extends S, ? extends Iterable<? extends R>>>combine(
                      f, state, value);
              state = next.state();
              return putAll(next.result());
            }

            boolean putAll(Iterable<? extends R> results) throws Exception {
              Iterator<? extends R> iterator = label.call(results::iterator);
              for (R result; (result = label.<R>next(iterator)) != null; ) {
                if (!gate.put(result)) {
                  return false;
                }
              }
              return true;
            }
          };
      up.run(each);
      if (each.gate.isOpen()) {
        each.putAll(label.<S, Iterable<? extends R>>apply(atEnd, each.state));
      }
    };
  }

  /** Lists of values that weigh so much together, and what is left. */
  public static <T> Stage<List<T>> grouped(
      Stage<T> up, Label label, long weight, Transform<? super T, Long> weigh) {
    return out -> {
      var group =
          new Outlet<T>() {
            private List<T> values = new ArrayList<>();
            private long gathered;
            private boolean open = true;

            @Override
            public boolean put(T value) throws Exception {
              gathered += weighed(label, weigh, value);
              values.add(value);
              return gathered < weight || flush();
            }

            boolean flush() throws Exception {
              List<T> full = values;
              values = new ArrayList<>();
              gathered = 0;
              open = out.put(full);
              return open;
            }
          };
      up.run(group);
      if (group.open && !group.values.isEmpty()) {
        group.flush();
      }
    };
  }

  /** What a value weighs: not less than nothing. */
  static <T> long weighed(Label label, Transform<? super T, Long> weigh, T value) throws Exception {
    long weight = label.<T, Long>apply(weigh, value);
    if (weight < 0) {
      throw label.failure(new IllegalArgumentException("a weight can't be negative: " + weight));
    }
    return weight;
  }

  /** Lists of so many values in a row, each starting some values after the last. */
  public static <T> Stage<List<T>> sliding(Stage<T> up, int size, int step) {
    return out -> {
      var window =
          new Outlet<T>() {
            private final ArrayDeque<T> values = new ArrayDeque<>();
            private int skip;
            private boolean fresh;
            private boolean open = true;

            @Override
            public boolean put(T value) throws Exception {
              if (skip > 0) {
                skip--;
                return true;
              }
              values.addLast(value);
              fresh = true;
              if (values.size() == size) {
                open = out.put(List.copyOf(values));
                fresh = false;
                for (int i = 0; i < step && !values.isEmpty(); i++) {
                  values.removeFirst();
                }
                skip = Math.max(step - size, 0);
              }
              return open;
            }
          };
      up.run(window);
      if (window.open && window.fresh) {
        out.put(List.copyOf(window.values));
      }
    };
  }

  /** The runs of values between those for which a condition holds, which are left out. */
  public static <T> Stage<List<T>> split(Stage<T> up, Label label, Condition<? super T> delimiter) {
    return out -> {
      var run =
          new Outlet<T>() {
            private List<T> values = new ArrayList<>();
            private boolean open = true;

            @Override
            public boolean put(T value) throws Exception {
              if (!label.test(delimiter, value)) {
                values.add(value);
                return true;
              }
              List<T> whole = values;
              values = new ArrayList<>();
              open = out.put(whole);
              return open;
            }
          };
      up.run(run);
      if (run.open && !run.values.isEmpty()) {
        out.put(run.values);
      }
    };
  }

  /** The runs of values between occurrences of a row of values, which are left out. */
  public static <T> Stage<List<T>> splitOn(Stage<T> up, List<T> delimiter) {
    int length = delimiter.size();
    return out -> {
      var run =
          new Outlet<T>() {
            private List<T> values = new ArrayList<>();
            private boolean open = true;

            @Override
            public boolean put(T value) throws Exception {
              values.add(value);
              int start = values.size() - length;
              if (start < 0 || !values.subList(start, values.size()).equals(delimiter)) {
                return true;
              }
              List<T> whole = values;
              values = new ArrayList<>();
              whole.subList(start, whole.size()).clear();
              open = out.put(whole);
              return open;
            }
          };
      up.run(run);
      if (run.open && !run.values.isEmpty()) {
        out.put(run.values);
      }
    };
  }

  /** Whatever a gatherer of {@code java.util.stream} makes of the values, one after another. */
  public static <T, A, R> Stage<R> gather(
      Stage<T> up, Label label, Gatherer<? super T, A, R> gatherer) {
    return out -> {
      Gathered<T, A, R> gathered = new Gathered<>(gatherer, label, out);
      up.run(gathered);
      gathered.finish();
    };
  }
}
