package dev.runnel.internal.pipeline;

import java.util.Objects;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/**
 * Puts values through a gatherer. What the next outlet throws goes through the gatherer's code,
 * which may not throw it as it is, so it is kept and thrown again afterwards.
 *
 * @param <T> the type of the values
 * @param <A> the type of the gatherer's state
 * @param <R> the type of the results
 */
final class Gathered<T, A, R> implements Outlet<T> {

  /** Takes the way through a gatherer's code in place of what was thrown downstream. */
  private static final class Passing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Passing(Throwable thrown) {
      super(null, thrown, false, false);
    }
  }

  private final Gatherer<? super T, A, R> gatherer;
  private final Label label;
  private final Gate<R> gate;
  private final A state;
  private boolean open = true;
  private @Nullable Exception thrownBelow;

  private final Gatherer.Downstream<R> downstream =
      new Gatherer.Downstream<>() {
        @Override
        public boolean push(R result) {
          if (thrownBelow != null) {
            throw new Passing(thrownBelow);
          }
          Objects.requireNonNull(result, "a gatherer's result");
          try {
            return gate.put(result);
          } catch (Exception e) {
            thrownBelow = e;
            throw new Passing(e);
          }
        }

        @Override
        public boolean isRejecting() {
          return !gate.isOpen();
        }
      };

  Gathered(Gatherer<? super T, A, R> gatherer, Label label, Outlet<? super R> out)
      throws Exception {
    this.gatherer = gatherer;
    this.label = label;
    this.gate = new Gate<>(out);
    this.state = gatherersState(gatherer, label);
  }

  /** The default initializer makes null, for gatherers without a state. */
  private static <A> A gatherersState(Gatherer<?, A, ?> gatherer, Label label) throws Exception {
    try {
      return gatherer.initializer().get();
    } catch (Throwable t) {
      throw label.failure(t);
    }
  }

  @Override
  public boolean put(T value) throws Exception {
    try {
      open = gatherer.integrator().integrate(state, value, downstream);
    } catch (Throwable t) {
      throw failure(t);
    }
    throwWhatCameFromBelow();
    return open && gate.isOpen();
  }

  /** Lets the gatherer put what it has held back. */
  void finish() throws Exception {
    try {
      gatherer.finisher().accept(state, downstream);
    } catch (Throwable t) {
      throw failure(t);
    }
    throwWhatCameFromBelow();
  }

  private Exception failure(Throwable thrown) {
    return thrownBelow != null ? thrownBelow : label.failure(thrown);
  }

  private void throwWhatCameFromBelow() throws Exception {
    if (thrownBelow != null) {
      throw thrownBelow;
    }
  }
}
