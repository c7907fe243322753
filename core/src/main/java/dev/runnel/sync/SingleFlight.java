package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.Go;
import dev.runnel.InterruptedIterationException;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.goroutine.Latch;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Calls that would do the same work at the same time share it: the first does it, the others wait
 * for its result.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="single-flight"}
 *
 * <p>A failure is shared like a value. But a leader that is merely told to stop (its own context
 * ends, or it is interrupted) fails nobody else: one of the followers takes over, with its own
 * body.
 *
 * <p>The body that was run <i>happens-before</i> the return of every call that shares its result.
 *
 * <p>Origin in Go: {@code golang.org/x/sync/singleflight}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the results, which may be null
 */
public final class SingleFlight<K, V extends @Nullable Object> {

  /** What a body brought: a value, or a failure. */
  private record Outcome<V extends @Nullable Object>(V value, @Nullable Throwable failure) {}

  /** Work under way for a key. */
  private static final class Flight<V extends @Nullable Object> extends Latch {
    private final Thread leader = Thread.currentThread();
    private @Nullable Outcome<V> outcome;

    /** Ends it with an outcome, or with null if the leader left without one. */
    void land(@Nullable Outcome<V> result) {
      outcome = result;
      open();
    }

    /** Waits for the outcome; null if the leader left without one. */
    @Nullable Outcome<V> await(@Nullable ContextNode ctx) throws InterruptedException {
      if (leader == Thread.currentThread()) {
        throw new IllegalStateException(
            "a body of a SingleFlight asked for its own key: it would wait for itself for ever");
      }
      await(WaitReason.SINGLE_FLIGHT, ctx, Parker.FOREVER);
      return outcome;
    }
  }

  private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

  /** Creates it, with nothing under way. */
  public SingleFlight() {}

  /**
   * Makes the result for a key, or waits for the call that is making it.
   *
   * @param key what the work is for
   * @param body makes the result, on this thread, if nobody else does
   * @return the result
   * @throws ExecutionException if the body that was run threw; fresh for each caller, its cause
   *     shared
   * @throws InterruptedException if the thread is interrupted; if it is the leader, a follower
   *     takes over
   * @throws NullPointerException if an argument is null
   */
  public V run(K key, Callable<V> body) throws InterruptedException, ExecutionException {
    return run(key, body, null);
  }

  /**
   * Makes the result for a key under a context, or waits for the call that is making it.
   *
   * @param key what the work is for
   * @param body makes the result, on this thread, if nobody else does; interrupted when the context
   *     ends
   * @param ctx the context of this call alone
   * @return the result
   * @throws dev.runnel.ContextException if the context has ended or ends; if this is the leader, a
   *     follower takes over
   * @throws ExecutionException if the body that was run threw; fresh for each caller, its cause
   *     shared
   * @throws InterruptedException if the thread is interrupted; if it is the leader, a follower
   *     takes over
   * @throws NullPointerException if an argument is null
   */
  public V run(K key, Callable<V> body, Context ctx)
      throws InterruptedException, ExecutionException {
    return run(key, body, (ContextNode) Objects.requireNonNull(ctx, "ctx"));
  }

  /**
   * Makes the result for a key in a goroutine, or waits there for the call that is making it.
   *
   * @param key what the work is for
   * @param body makes the result if nobody else does
   * @return the result to be; cancelling it with {@code true} does not fail others
   * @throws NullPointerException if an argument is null
   */
  public Future<V> start(K key, Callable<V> body) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(body, "body");
    return Go.call(() -> {
      try {
        return run(key, body, null);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    });
  }

  /**
   * Lets the next call for a key do the work anew, even while an earlier one is under way; those
   * who wait for the earlier one still get its result.
   *
   * @param key what the work is for
   * @throws NullPointerException if the key is null
   */
  public void forget(K key) {
    flights.remove(key);
  }

  private V run(K key, Callable<V> body, @Nullable ContextNode ctx)
      throws InterruptedException, ExecutionException {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(body, "body");
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.SINGLE_FLIGHT, this);
    }
    while (true) {
      if (ctx != null) {
        ctx.check();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Flight<V> mine = new Flight<>();
      Flight<V> flight = flights.putIfAbsent(key, mine);
      if (flight == null) {
        return lead(key, body, ctx, mine);
      }
      Outcome<V> outcome = flight.await(ctx);
      if (outcome != null) {
        if (outcome.failure() != null) {
          throw new ExecutionException(outcome.failure());
        }
        return outcome.value();
      }
      // The leader left without an outcome: try to be the next.
    }
  }

  private V lead(K key, Callable<V> body, @Nullable ContextNode ctx, Flight<V> mine)
      throws InterruptedException, ExecutionException {
    Outcome<V> outcome = null;
    try {
      V value = ctx == null ? body.call() : ctx.call(body);
      outcome = new Outcome<>(value, null);
      return value;
    } catch (InterruptedException | InterruptedIterationException told) {
      throw told;
    } catch (ContextException e) {
      if ((ctx != null && ctx.isEnding()) || Context.current().err() != null) {
        throw e; // this call's own end, nobody else's
      }
      outcome = failed(e);
      throw new ExecutionException(e);
    } catch (Throwable t) {
      outcome = failed(t);
      throw new ExecutionException(t);
    } finally {
      flights.remove(key, mine); // first: a follower that takes over must not find this one again
      mine.land(outcome);
    }
  }

  @SuppressWarnings("NullAway") // nobody asks a failure for its value
  private static <V extends @Nullable Object> Outcome<V> failed(Throwable failure) {
    return new Outcome<>(null, failure);
  }
}
