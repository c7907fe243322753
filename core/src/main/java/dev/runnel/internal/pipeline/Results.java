package dev.runnel.internal.pipeline;

import dev.runnel.ChannelFailedException;
import dev.runnel.SendChan;
import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Condition;
import dev.runnel.pipeline.Effect;
import dev.runnel.pipeline.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** What terminal calls make of a stage's values. */
public final class Results {

  private Results() {}

  /** All values. */
  public static <T> List<T> toList(Stage<T> stage) throws Exception {
    List<T> list = new ArrayList<>();
    stage.run(value -> list.add(value));
    return list;
  }

  /** All different values. */
  public static <T> Set<T> toSet(Stage<T> stage) throws Exception {
    Set<T> set = new LinkedHashSet<>();
    stage.run(value -> {
      set.add(value);
      return true;
    });
    return set;
  }

  /** Keys and what belongs to them; a key that comes twice is a failure. */
  public static <T, K, V> Map<K, V> toMap(
      Stage<T> stage,
      Label label,
      Transform<? super T, ? extends K> key,
      Transform<? super T, ? extends V> content)
      throws Exception {
    Map<K, V> map = new LinkedHashMap<>();
    stage.run(value -> {
      K its = label.<T, K>apply(key, value);
      if (map.putIfAbsent(its, label.<T, V>apply(content, value)) != null) {
        throw label.failure(new IllegalStateException("two values have the key " + its));
      }
      return true;
    });
    return map;
  }

  /** What has been gathered when all values have been added. */
  public static <T, A> A fold(
      Stage<T> stage, Label label, A initial, Combine<? super A, ? super T, ? extends A> f)
      throws Exception {
    var folded =
        new Outlet<T>() {
          private A gathered = initial;

          @Override
          public boolean put(T value) throws Exception {
            gathered = label.<A, T, A>combine(f, gathered, value);
            return true;
          }
        };
    stage.run(folded);
    return folded.gathered;
  }

  /** The values combined into one. */
  public static <T> Optional<T> reduce(
      Stage<T> stage, Label label, Combine<? super T, ? super T, ? extends T> f) throws Exception {
    var reduced =
        new Outlet<T>() {
          private @Nullable T gathered;

          @Override
          public boolean put(T value) throws Exception {
            T before = gathered;
            gathered = before == null ? value : label.<T, T, T>combine(f, before, value);
            return true;
          }
        };
    stage.run(reduced);
    return Optional.ofNullable(reduced.gathered);
  }

  /** What a collector makes of the values. */
  public static <T, A, R> R collect(
      Stage<T> stage, Label label, Collector<? super T, A, R> collector) throws Exception {
    A container = label.<A>call(() -> collector.supplier().get());
    var accumulator = collector.accumulator();
    stage.run(value -> {
      label.accept(v -> accumulator.accept(container, v), value);
      return true;
    });
    return label.<R>call(() -> collector.finisher().apply(container));
  }

  /** How many values there are. */
  public static <T> long count(Stage<T> stage) throws Exception {
    var counted =
        new Outlet<T>() {
          private long count;

          @Override
          public boolean put(T value) {
            count++;
            return true;
          }
        };
    stage.run(counted);
    return counted.count;
  }

  /** The first value. */
  public static <T> Optional<T> first(Stage<T> stage) throws Exception {
    Last<T> last = new Last<>(false);
    stage.run(last);
    return Optional.ofNullable(last.value);
  }

  /** The last value. */
  public static <T> Optional<T> last(Stage<T> stage) throws Exception {
    Last<T> last = new Last<>(true);
    stage.run(last);
    return Optional.ofNullable(last.value);
  }

  /** The only value. */
  public static <T> T single(Stage<T> stage, Label label) throws Exception {
    var only =
        new Outlet<T>() {
          private @Nullable T value;

          @Override
          public boolean put(T next) throws Exception {
            if (value != null) {
              throw label.failure(new IllegalStateException("there is more than one value"));
            }
            value = next;
            return true;
          }
        };
    stage.run(only);
    if (only.value == null) {
      throw label.failure(new NoSuchElementException("there is no value"));
    }
    return only.value;
  }

  private static final class Last<T> implements Outlet<T> {
    private final boolean more;
    private @Nullable T value;

    Last(boolean more) {
      this.more = more;
    }

    @Override
    public boolean put(T next) {
      value = next;
      return more;
    }
  }

  /** Whether there is a value for which a condition's answer is a given one. */
  public static <T> boolean any(
      Stage<T> stage, Label label, Condition<? super T> condition, boolean answer)
      throws Exception {
    var search =
        new Outlet<T>() {
          private boolean found;

          @Override
          public boolean put(T value) throws Exception {
            found = label.test(condition, value) == answer;
            return !found;
          }
        };
    stage.run(search);
    return search.found;
  }

  /** Something done with each value. */
  public static <T> void forEach(Stage<T> stage, Label label, Effect<? super T> effect)
      throws Exception {
    stage.run(value -> {
      label.accept(effect, value);
      return true;
    });
  }

  /**
   * All values sent on a channel, which ends as the stage does. If it was closed or failed by
   * somebody else, that is a failure of this call.
   */
  public static <T> void sendTo(Stage<T> stage, Label label, SendChan<? super T> chan)
      throws Exception {
    chan.closeAfter(() -> {
      try {
        stage.run(value -> {
          label.accept(chan::send, value);
          return true;
        });
      } catch (StageFailure failure) {
        chan.fail(failure.asSeenOutside()); // as the caller sees it, not as the stages do
        throw failure;
      }
    });
  }

  /** The reason a channel failed. */
  static Throwable reason(ChannelFailedException e) {
    Throwable cause = e.getCause();
    return cause == null ? e : cause;
  }
}
