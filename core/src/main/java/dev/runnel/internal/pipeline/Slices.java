package dev.runnel.internal.pipeline;

import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Condition;
import dev.runnel.pipeline.Transform;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stages that let a part of the values through. */
public final class Slices {

  private Slices() {}

  /** The first so many values. */
  public static <T> Stage<T> take(Stage<T> up, long count) {
    if (count == 0) {
      return _ -> {};
    }
    return out ->
        up.run(
            new Outlet<T>() {
              private long left = count;

              @Override
              public boolean put(T value) throws Exception {
                left--;
                return out.put(value) && left > 0;
              }
            });
  }

  /** The values before the first for which a condition does not hold, maybe with that. */
  public static <T> Stage<T> takeWhile(
      Stage<T> up, Label label, Condition<? super T> condition, boolean withThat) {
    return out ->
        up.run(value -> {
          if (label.test(condition, value)) {
            return out.put(value);
          }
          if (withThat) {
            out.put(value);
          }
          return false;
        });
  }

  /** The last so many values. */
  public static <T> Stage<T> takeLast(Stage<T> up, int count) {
    if (count == 0) {
      return out -> up.run(_ -> true);
    }
    return out -> {
      ArrayDeque<T> last = new ArrayDeque<>();
      up.run(value -> {
        if (last.size() == count) {
          last.removeFirst();
        }
        last.addLast(value);
        return true;
      });
      new Gate<T>(out).putAll(last);
    };
  }

  /** All but the first so many values. */
  public static <T> Stage<T> drop(Stage<T> up, long count) {
    return out ->
        up.run(
            new Outlet<T>() {
              private long left = count;

              @Override
              public boolean put(T value) throws Exception {
                if (left > 0) {
                  left--;
                  return true;
                }
                return out.put(value);
              }
            });
  }

  /** All but the last so many values. */
  public static <T> Stage<T> dropLast(Stage<T> up, int count) {
    return out -> {
      ArrayDeque<T> held = new ArrayDeque<>();
      up.run(value -> {
        held.addLast(value);
        return held.size() <= count || out.put(held.removeFirst());
      });
    };
  }

  /** The values from the first for which a condition does not hold. */
  public static <T> Stage<T> dropWhile(Stage<T> up, Label label, Condition<? super T> condition) {
    return out ->
        up.run(
            new Outlet<T>() {
              private boolean dropping = true;

              @Override
              public boolean put(T value) throws Exception {
                if (dropping) {
                  dropping = label.test(condition, value);
                }
                return dropping || out.put(value);
              }
            });
  }

  /** The values whose key is not that of the value before. */
  public static <T, K> Stage<T> distinctUntilChanged(
      Stage<T> up, Label label, Transform<? super T, ? extends K> key) {
    return out ->
        up.run(
            new Outlet<T>() {
              private @Nullable K last;

              @Override
              public boolean put(T value) throws Exception {
                K its = label.<T, K>apply(key, value);
                if (its.equals(last)) {
                  return true;
                }
                last = its;
                return out.put(value);
              }
            });
  }

  /** The values that are not the same as the last that went through. */
  public static <T> Stage<T> distinctUntilChanged(
      Stage<T> up, Label label, Combine<? super T, ? super T, Boolean> same) {
    return out ->
        up.run(
            new Outlet<T>() {
              private @Nullable T last;

              @Override
              public boolean put(T value) throws Exception {
                T before = last;
                if (before != null && label.<T, T, Boolean>combine(same, before, value)) {
                  return true;
                }
                last = value;
                return out.put(value);
              }
            });
  }

  /** The last of each so many values. */
  public static <T> Stage<T> everyNth(Stage<T> up, long n) {
    return out ->
        up.run(
            new Outlet<T>() {
              private long seen;

              @Override
              public boolean put(T value) throws Exception {
                seen++;
                if (seen < n) {
                  return true;
                }
                seen = 0;
                return out.put(value);
              }
            });
  }

  /** The values whose key was not seen before. */
  public static <T, K> Stage<T> distinct(
      Stage<T> up, Label label, Transform<? super T, ? extends K> key) {
    return out -> {
      Set<K> seen = new HashSet<>();
      up.run(value -> !seen.add(label.<T, K>apply(key, value)) || out.put(value));
    };
  }
}
