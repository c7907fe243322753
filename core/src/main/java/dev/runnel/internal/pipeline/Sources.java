package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.ReceiveChan;
import dev.runnel.pattern.Producer;
import dev.runnel.pipeline.Condition;
import dev.runnel.pipeline.Effect;
import dev.runnel.pipeline.Emitter;
import dev.runnel.pipeline.Next;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.Transform;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Stages that nothing is upstream of. */
public final class Sources {

  private Sources() {}

  /** The values of something that can be iterated over, anew for each run. */
  public static <T> Stage<T> each(Callable<? extends Iterator<? extends T>> values, Label label) {
    return out -> {
      Iterator<? extends T> iterator = label.call(values);
      Pace pace = Pace.current();
      T value;
      do {
        pace.check();
        value = label.next(iterator);
      } while (value != null && out.put(value));
    };
  }

  /** The elements of a stream, made and closed by each run. */
  public static <T> Stage<T> stream(
      Callable<? extends BaseStream<? extends T, ?>> make, Label label) {
    return out -> {
      BaseStream<? extends T, ?> stream = label.call(make);
      new Closing<>(stream, label).around(() -> each(stream::iterator, label).run(out));
    };
  }

  /** Whole numbers in a row. */
  public static Stage<Long> range(long from, long to) {
    return out -> {
      Pace pace = Pace.current();
      for (long n = from; n < to; n++) {
        pace.check();
        if (!out.put(n)) {
          return;
        }
      }
    };
  }

  /** The same as ints. */
  public static Stage<Integer> range(int from, int to) {
    return out -> {
      Pace pace = Pace.current();
      for (int n = from; n < to; n++) {
        pace.check();
        if (!out.put(n)) {
          return;
        }
      }
    };
  }

  /** A value, and what is made of it again and again, as long as a condition holds. */
  public static <T> Stage<T> iterate(
      T first, Condition<? super T> asLongAs, Transform<? super T, ? extends T> next, Label label) {
    return out -> {
      Pace pace = Pace.current();
      for (T value = first; label.test(asLongAs, value); value = label.<T, T>apply(next, value)) {
        pace.check();
        if (!out.put(value)) {
          return;
        }
      }
    };
  }

  /** What a state brings forth, until there is no next one. */
  public static <S, T> Stage<T> unfold(
      S initial,
      Transform<? super S, Optional<? extends Next<? extends S, ? extends T>>> next,
      Label label) {
    return out -> {
      Pace pace = Pace.current();
      S state = initial;
      while (true) {
        pace.check();
        Optional<? extends Next<? extends S, ? extends T>> step = label.apply(next, state);
        if (step.isEmpty() || !out.put(step.get().result())) {
          return;
        }
        state = step.get().state();
      }
    };
  }

  /** What a function returns, for ever. */
  public static <T> Stage<T> generate(Callable<? extends T> make, Label label) {
    return out -> {
      Pace pace = Pace.current();
      do {
        pace.check();
      } while (out.put(label.<T>call(make)));
    };
  }

  /** What is received from a channel until it ends. */
  public static <T> Stage<T> received(ReceiveChan<? extends T> chan, Label label) {
    return out -> {
      Pace pace = Pace.current();
      T value;
      do {
        pace.check();
        value = receive(chan, label);
      } while (value != null && out.put(value));
    };
  }

  private static <T> @Nullable T receive(ReceiveChan<? extends T> chan, Label label)
      throws Exception {
    try {
      return chan.receive();
    } catch (ChannelFailedException e) {
      throw label.failure(Results.reason(e));
    } catch (RuntimeException e) {
      throw label.failure(e);
    }
  }

  /** What code emits on the thread of the run. */
  public static <T> Stage<T> emitted(Effect<? super Emitter<T>> code, Label label) {
    return out -> {
      Pace.current().check();
      Emitting<T> emitter = new Emitting<>(out, label);
      boolean _ = emitter.during(() -> code.accept(emitter));
    };
  }

  /** What a producer sends, from a goroutine that is one value ahead at most. */
  public static <T> Stage<T> produced(Producer<T> producer, Label label) {
    return out -> {
      try (Section section = Section.open()) {
        var chan = Chan.<T>unbuffered();
        section.go(() -> chan.closeAfter(() -> label.run(() -> producer.produce(chan))));
        section.drain(chan, out);
      }
    };
  }

  /** The result of a future. A run that is cut short leaves the future alone. */
  public static <T> Stage<T> future(Future<? extends T> future, Label label) {
    return out -> {
      Pace.current().check();
      out.put(
          label.<T>call(() -> {
            try {
              return future.get();
            } catch (ExecutionException e) {
              throw unwrapped(e);
            }
          }));
    };
  }

  private static Exception unwrapped(ExecutionException e) throws Exception {
    Throwable cause = e.getCause();
    if (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof Exception exception ? exception : e;
  }

  /** A failure, and no value. */
  public static <T> Stage<T> failure(Throwable cause, Label label) {
    return _ -> {
      throw label.failure(cause);
    };
  }

  /** Another pipeline, described anew for each run. */
  public static <T> Stage<T> defer(Callable<? extends Pipeline<? extends T>> make, Label label) {
    return out -> Described.<T>stage(label.call(make)).run(out);
  }
}
