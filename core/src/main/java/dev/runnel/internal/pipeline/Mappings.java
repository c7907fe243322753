package dev.runnel.internal.pipeline;

import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Condition;
import dev.runnel.pipeline.Effect;
import dev.runnel.pipeline.Expansion;
import dev.runnel.pipeline.Indexed;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.Transform;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Stages that look at one value at a time and remember nothing, or only how many there were. */
public final class Mappings {

  private Mappings() {}

  /** What a function makes of each value. */
  public static <T, R> Stage<R> map(Stage<T> up, Label label, Transform<? super T, ? extends R> f) {
    return out -> up.run(value -> out.put(label.<T, R>apply(f, value)));
  }

  /** What a function makes of each value, where it makes anything. */
  public static <T, R> Stage<R> mapNotNull(
      Stage<T> up, Label label, Transform<? super T, ? extends @Nullable R> f) {
    return out ->
        up.run(value -> {
          R result = label.<T, R>applyOrNull(f, value);
          return result == null || out.put(result);
        });
  }

  /** The values for which a condition holds. */
  public static <T> Stage<T> filter(Stage<T> up, Label label, Condition<? super T> condition) {
    return out -> up.run(value -> !label.test(condition, value) || out.put(value));
  }

  /** The values of a type. */
  public static <T, R> Stage<R> filter(Stage<T> up, Class<R> type) {
    return out -> up.run(value -> !type.isInstance(value) || out.put(type.cast(value)));
  }

  /** All values, after something was done with each. */
  public static <T> Stage<T> tap(Stage<T> up, Label label, Effect<? super T> effect) {
    return out ->
        up.run(value -> {
          label.accept(effect, value);
          return out.put(value);
        });
  }

  /** Several values in place of each. */
  public static <T, R> Stage<R> mapConcat(
      Stage<T> up, Label label, Transform<? super T, ? extends Iterable<? extends R>> f) {
    return out ->
        up.run(value -> {
          var results = label.<Iterable<? extends R>>call(() -> f.apply(value)).iterator();
          for (R result; (result = label.next(results)) != null; ) {
            if (!out.put(result)) {
              return false;
            }
          }
          return true;
        });
  }

  /** The values of a pipeline in place of each. */
  public static <T, R> Stage<R> flatMap(
      Stage<T> up, Label label, Transform<? super T, ? extends Pipeline<? extends R>> f) {
    return out -> {
      Gate<R> gate = new Gate<>(out);
      up.run(value -> {
        Described.<R>stage(label.<T, Pipeline<? extends R>>apply(f, value)).run(gate);
        return gate.isOpen();
      });
    };
  }

  /** Each value with its place. */
  public static <T> Stage<Indexed<T>> zipWithIndex(Stage<T> up) {
    return out ->
        up.run(
            new Outlet<T>() {
              private long index;

              @Override
              public boolean put(T value) throws Exception {
                return out.put(new Indexed<>(index++, value));
              }
            });
  }

  /** Whatever a function puts in place of each value. */
  public static <T, R> Stage<R> mapMulti(Stage<T> up, Label label, Expansion<? super T, R> f) {
    return out -> {
      Emitting<R> emitter = new Emitting<>(out, label);
      up.run(value -> emitter.during(() -> f.expand(value, emitter)));
    };
  }

  /** What a function makes of each value by something that each run opens and closes. */
  public static <T, U, R> Stage<R> mapWithResource(
      Stage<T> up,
      Label label,
      Callable<? extends U> open,
      Combine<? super U, ? super T, ? extends R> f,
      Transform<? super U, Optional<? extends R>> close) {
    return out -> {
      U resource = label.<U>call(open);
      Gate<R> gate = new Gate<>(out);
      try {
        up.run(value -> gate.put(label.<U, T, R>combine(f, resource, value)));
      } catch (Throwable t) {
        try {
          close.apply(resource);
        } catch (Throwable later) {
          t.addSuppressed(later);
        }
        throw t;
      }
      Optional<? extends R> last = label.<U, Optional<? extends R>>apply(close, resource);
      if (last.isPresent()) {
        gate.put(last.get());
      }
    };
  }
}
