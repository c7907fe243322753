package dev.runnel.internal.pipeline;

import dev.runnel.Context;
import dev.runnel.Task;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.goroutine.Echo;
import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Condition;
import dev.runnel.pipeline.Effect;
import dev.runnel.pipeline.Transform;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A stage's name, and how its functions are called: what they throw gets that name.
 *
 * <p>What a function throws because it was told to stop keeps its type: it is no failure.
 */
public final class Label {
  private final int place;
  private final String name;

  private Label(int place, String name) {
    this.place = place;
    this.name = name;
  }

  /** The label of an operator in its place. */
  static Label of(int place, String operator) {
    return new Label(place, operator + " (" + place + ")");
  }

  /** The label of the operator that comes next. */
  Label next(String operator) {
    return of(place + 1, operator);
  }

  /** The label with a name of the user's. */
  Label named(String given) {
    return new Label(place, given);
  }

  /** Calls a function, which must not make null. */
  <T, R> R apply(Transform<? super T, ? extends R> f, T value) throws Exception {
    R result;
    try {
      result = f.apply(value);
    } catch (Throwable t) {
      throw failure(t);
    }
    if (result == null) {
      throw nothing();
    }
    return result;
  }

  /** Calls a function, which may make null. */
  <T, R> @Nullable R applyOrNull(Transform<? super T, ? extends @Nullable R> f, T value)
      throws Exception {
    try {
      return f.apply(value);
    } catch (Throwable t) {
      throw failure(t);
    }
  }

  /** Calls a function of two, which must not make null. */
  <A, B, R> R combine(Combine<? super A, ? super B, ? extends R> f, A first, B second)
      throws Exception {
    R result;
    try {
      result = f.apply(first, second);
    } catch (Throwable t) {
      throw failure(t);
    }
    if (result == null) {
      throw nothing();
    }
    return result;
  }

  /** Asks a question. */
  <T> boolean test(Condition<? super T> condition, T value) throws Exception {
    try {
      return condition.test(value);
    } catch (Throwable t) {
      throw failure(t);
    }
  }

  /** Does something with a value. */
  <T> void accept(Effect<? super T> effect, T value) throws Exception {
    try {
      effect.accept(value);
    } catch (Throwable t) {
      throw failure(t);
    }
  }

  /** Makes something, but not null. */
  <R> R call(Callable<? extends R> make) throws Exception {
    R made;
    try {
      made = make.call();
    } catch (Throwable t) {
      throw failure(t);
    }
    if (made == null) {
      throw nothing();
    }
    return made;
  }

  /** Does something. */
  void run(Task task) throws Exception {
    try {
      task.run();
    } catch (Throwable t) {
      throw failure(t);
    }
  }

  /** The next value of an iterator; null if there is none. */
  <T> @Nullable T next(Iterator<? extends T> values) throws Exception {
    T value;
    try {
      if (!values.hasNext()) {
        return null;
      }
      value = values.next();
    } catch (Throwable t) {
      throw failure(t);
    }
    if (value == null) {
      throw nothing();
    }
    return value;
  }

  private StageFailure nothing() {
    return new StageFailure(name, new NullPointerException(name + " made null"));
  }

  /** What to throw in place of what this stage's own code threw. */
  Exception failure(Throwable thrown) {
    if (thrown instanceof StageFailure failure) {
      return failure;
    }
    if (thrown instanceof Exception echo && isEcho(thrown)) {
      return echo;
    }
    return new StageFailure(name, thrown);
  }

  /** Whether something was thrown because its thread was told to stop. */
  static boolean isEcho(Throwable thrown) {
    return Echo.ofInterrupt(thrown)
        || (Echo.ofEndedContext(thrown) && ((ContextNode) Context.current()).isEnding());
  }

  @Override
  public String toString() {
    return name;
  }
}
