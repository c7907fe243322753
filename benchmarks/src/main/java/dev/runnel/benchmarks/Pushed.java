package dev.runnel.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Stages as lambdas that call each other, and an exception to stop: the plainest way to push values
 * through stages, to compare others with.
 *
 * @param <T> the type of the values
 */
interface Pushed<T> {

  /**
   * Takes a value.
   *
   * @param <T> its type
   */
  interface Receiver<T> {
    void take(T value) throws Exception;
  }

  void run(Receiver<? super T> to) throws Exception;

  static <T> Pushed<T> from(Iterable<T> values) {
    return to -> {
      for (T value : values) {
        to.take(value);
      }
    };
  }

  default <R> Pushed<R> map(Function<? super T, ? extends R> f) {
    return to -> run(value -> to.take(f.apply(value)));
  }

  default Pushed<T> filter(Predicate<? super T> condition) {
    return to ->
        run(value -> {
          if (condition.test(value)) {
            to.take(value);
          }
        });
  }

  default Pushed<T> take(int count) {
    return to -> {
      AtomicInteger taken = new AtomicInteger();
      try {
        run(value -> {
          if (taken.getAndIncrement() >= count) {
            throw new Enough();
          }
          to.take(value);
        });
      } catch (Enough e) {
        // no more is wanted
      }
    };
  }

  /** Ends a run from inside. */
  final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super(null, null, false, false);
    }
  }
}
