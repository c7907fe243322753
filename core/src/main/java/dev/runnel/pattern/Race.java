package dev.runnel.pattern;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult.Value;
import dev.runnel.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Attempts of which the first success wins: all at once, or each some time after the last.
 *
 * @param <T> the type of the result
 */
final class Race<T extends @Nullable Object> {

  /** How an attempt ended. */
  private record Finish<T extends @Nullable Object>(
      @Nullable T result, @Nullable Throwable failure) {}

  private final List<? extends Attempt<? extends T, ?>> attempts;
  private final Duration after;
  private final Chan<Finish<T>> finishes;
  private final List<Throwable> failures = new ArrayList<>();
  private int started;

  Race(List<? extends Attempt<? extends T, ?>> attempts, Duration after) {
    if (attempts.isEmpty()) {
      throw new IllegalArgumentException("a race needs at least one attempt");
    }
    this.attempts = attempts;
    this.after = Objects.requireNonNull(after, "after");
    this.finishes = Chan.buffered(attempts.size()); // so that no attempt waits to say how it ended
  }

  T run(Context ctx) throws InterruptedException, ExecutionException {
    Finish<T> winner;
    try (ErrGroup group = ErrGroup.open(ctx)) {
      try {
        winner = firstSuccess(group, ctx);
      } finally {
        group.cancel();
      }
    } catch (ContextException e) {
      winner = successThatCameInTime(e);
    }
    return result(winner);
  }

  private Finish<T> firstSuccess(ErrGroup group, Context ctx)
      throws InterruptedException, ExecutionException {
    start(group);
    while (true) {
      Finish<T> finish = awaitFinish(ctx);
      if (finish != null && finish.failure() == null) {
        return finish;
      }
      if (finish != null) {
        failures.add(finish.failure());
      }
      if (failures.size() == attempts.size()) {
        ctx.check(); // or they failed only because it ended
        throw allFailed();
      }
      if (started < attempts.size()) {
        start(group);
      }
    }
  }

  private void start(ErrGroup group) throws InterruptedException {
    Attempt<? extends T, ?> attempt = attempts.get(started++);
    group.go(() -> {
      Finish<T> finish;
      try {
        finish = new Finish<>(attempt.run(group.context()), null);
      } catch (Throwable t) {
        finish = new Finish<>(null, t);
      }
      finishes.trySend(finish);
    });
  }

  /** Waits for an attempt to end; null if it is time for the next. */
  private @Nullable Finish<T> awaitFinish(Context ctx) throws InterruptedException {
    if (started == attempts.size()) {
      return finishes.receive(ctx);
    }
    ReceiveCase<Finish<T>> finish = finishes.onReceive();
    if (Select.of(finish, ctx.onDone()).await(after) == finish) {
      return finish.value();
    }
    ctx.check();
    return null;
  }

  /** The context has ended, and so have all attempts: one of them may have succeeded before. */
  private Finish<T> successThatCameInTime(ContextException ended) {
    while (finishes.tryReceive() instanceof Value<Finish<T>>(Finish<T> finish)) {
      if (finish.failure() == null) {
        return finish;
      }
    }
    throw ended;
  }

  private ExecutionException allFailed() {
    ExecutionException e = new ExecutionException(failures.getFirst());
    failures.stream().skip(1).forEach(e::addSuppressed);
    return e;
  }

  @SuppressWarnings("NullAway") // the result of a success is a T
  private T result(Finish<T> success) {
    return success.result();
  }
}
