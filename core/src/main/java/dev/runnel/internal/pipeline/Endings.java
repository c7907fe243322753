package dev.runnel.internal.pipeline;

import dev.runnel.Task;
import dev.runnel.internal.time.Clock;
import dev.runnel.pattern.Backoff;
import dev.runnel.pipeline.Condition;
import dev.runnel.pipeline.Effect;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.Transform;
import java.time.Duration;

/** Stages that have to do with how the values end. */
public final class Endings {

  private Endings() {}

  /** Something to do before the stages upstream begin. */
  public static <T> Stage<T> onStart(Stage<T> up, Label label, Task task) {
    return out -> {
      Pace.current().check();
      label.run(task);
      up.run(out);
    };
  }

  /** Something to do after the last value, unless downstream wanted no more before. */
  public static <T> Stage<T> onComplete(Stage<T> up, Label label, Task task) {
    return out -> {
      Gate<T> gate = new Gate<>(out);
      up.run(gate);
      if (gate.isOpen()) {
        label.run(task);
      }
    };
  }

  /** Something to do when the stages upstream have ended, in whatever way. */
  public static <T> Stage<T> onDone(Stage<T> up, Label label, Task task) {
    return out -> {
      AutoCloseable done = task::run;
      new Closing<>(done, label).around(() -> up.run(out));
    };
  }

  /** Something to do with a failure upstream, which goes on. */
  public static <T> Stage<T> onError(Stage<T> up, Label label, Effect<? super Throwable> effect) {
    return out -> {
      Gate<T> gate = new Gate<>(out);
      try {
        up.run(gate);
      } catch (StageFailure failure) {
        if (!gate.threw()) {
          try {
            label.accept(effect, failure.reason());
          } catch (Throwable later) {
            failure.addSuppressed(later);
          }
        }
        throw failure;
      }
    };
  }

  /** Other values in place of a failure of a given type upstream. */
  public static <T, X extends Throwable> Stage<T> recover(
      Stage<T> up,
      Label label,
      Class<X> type,
      Transform<? super X, ? extends Pipeline<? extends T>> f) {
    return out -> {
      Gate<T> gate = new Gate<>(out);
      Stage<T> instead;
      try {
        up.run(gate);
        return;
      } catch (StageFailure failure) {
        if (gate.threw() || !gate.isOpen() || !type.isInstance(failure.reason())) {
          throw failure;
        }
        instead =
            Described.stage(label.<X, Pipeline<? extends T>>apply(f, type.cast(failure.reason())));
      }
      instead.run(gate);
    };
  }

  /** The values upstream, from the start again after a failure and a pause. */
  public static <T> Stage<T> retry(
      Stage<T> up,
      Label label,
      int most,
      Backoff backoff,
      Condition<? super Exception> worthwhile) {
    return out -> {
      Gate<T> gate = new Gate<>(out);
      for (int failures = 1; ; failures++) {
        try {
          up.run(gate);
          return;
        } catch (StageFailure failure) {
          if (failures > most
              || gate.threw()
              || !gate.isOpen()
              || !(failure.reason() instanceof Exception reason)
              || !label.test(worthwhile, reason)) {
            throw failure;
          }
          pause(label, backoff, failures, reason);
        }
      }
    };
  }

  private static void pause(Label label, Backoff backoff, int failures, Exception latest)
      throws Exception {
    long nanos = Clock.nanos(label.<Duration>call(() -> backoff.delay(failures, latest)));
    if (nanos > 0) {
      try (Bell bell = Bell.open()) {
        bell.ringIn(nanos);
        bell.channel().receive();
      }
    }
  }
}
