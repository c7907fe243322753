package dev.runnel.interop;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.InterruptedIterationException;
import dev.runnel.internal.goroutine.Echo;
import dev.runnel.pipeline.Transform;
import java.util.concurrent.CompletionException;
import java.util.stream.Gatherer.Downstream;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a function that run at once, for a stream that passes their results on.
 *
 * <p>There is room for the results of all that run, so that none waits for the stream: if that is
 * left in the middle, they end nevertheless.
 *
 * @param <T> the type of the elements
 * @param <R> the type of the results
 */
final class Calls<T extends @Nullable Object, R extends @Nullable Object> {

  /** What a call came to: a result, which may be null, or a failure. */
  private record Outcome<R extends @Nullable Object>(R result, @Nullable Throwable failure) {}

  private final int most;
  private final Transform<? super T, ? extends R> f;
  private final ErrGroup group = ErrGroup.open();
  private final Chan<Outcome<@Nullable R>> outcomes;
  private int running;

  Calls(int most, Transform<? super T, ? extends R> f) {
    this.most = most;
    this.f = f;
    this.outcomes = Chan.<Outcome<@Nullable R>>buffered(most);
  }

  boolean integrate(T element, Downstream<? super R> downstream) {
    boolean goesOn = false;
    try {
      goesOn = hasRoom(downstream) && start(element);
      return goesOn;
    } finally {
      if (!goesOn) {
        stop(); // also if one of the two threw
      }
    }
  }

  /** Passes results on until one more call may run; false if no more are wanted. */
  private boolean hasRoom(Downstream<? super R> downstream) {
    boolean wanted = true;
    while (wanted && (running == most || outcomes.length() > 0)) {
      wanted = pushNext(downstream);
    }
    return wanted;
  }

  private boolean start(T element) {
    try {
      group.go(() -> outcomes.trySend(call(element))); // there is room
      running++;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIterationException(e);
    }
  }

  private Outcome<@Nullable R> call(T element) {
    try {
      return new Outcome<>(f.apply(element), null);
    } catch (Throwable t) {
      return new Outcome<>(null, t);
    }
  }

  /** Waits for a result and passes it on; false if no more are wanted. */
  @SuppressWarnings("NullAway") // without a failure the result is what the function returned: an R
  private boolean pushNext(Downstream<? super R> downstream) {
    Outcome<@Nullable R> outcome = ConcurrentGatherers.receive(outcomes);
    if (outcome == null) {
      throw new AssertionError("nobody closes the channel");
    }
    running--;
    if (outcome.failure() != null) {
      throw unchecked(outcome.failure());
    }
    return downstream.push(outcome.result());
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (Echo.ofInterrupt(failure)) {
      Context.current().check(); // that is why it was interrupted
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException e ? e : new CompletionException(failure);
  }

  void finish(Downstream<? super R> downstream) {
    try {
      while (running > 0 && !downstream.isRejecting() && pushNext(downstream)) {}
    } finally {
      stop();
    }
  }

  private void stop() {
    running = 0;
    group.cancel();
    group.close();
  }
}
