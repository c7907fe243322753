package dev.runnel.sync;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.goroutine.Echo;
import dev.runnel.internal.goroutine.Group;
import dev.runnel.internal.goroutine.Latch;
import dev.runnel.internal.goroutine.Promise;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
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
 * <h2>How it works</h2>
 *
 * A map from keys to flights. Whoever puts a flight there leads it: it runs its body, takes the
 * flight out of the map, and then lands it, with an outcome or with none. Followers wait for the
 * landing. If it brings none, they agree on an heir, a flight of one of them, which leads it while
 * the others follow; it takes its place in the map unless a newcomer has been quicker, whose
 * outcome it then passes on. {@link #forget} takes a flight out of the map early, which its
 * followers do not notice.
 *
 * <p><b>Memory ordering.</b> The outcome is written before the landing, which is the opening of a
 * {@link Latch}, and read after it.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the results, which may be null
 */
public final class SingleFlight<K, V extends @Nullable Object> {

  /** What a body brought: a value, or a failure. */
  private record Outcome<V extends @Nullable Object>(V value, @Nullable Throwable failure) {

    @SuppressWarnings("NullAway") // nobody asks a failure for its value
    static <V extends @Nullable Object> Outcome<V> failed(Throwable failure) {
      return new Outcome<>(null, failure);
    }

    V get() throws ExecutionException {
      if (failure != null) {
        throw new ExecutionException(failure);
      }
      return value;
    }
  }

  /** Work under way for a key. */
  private static final class Flight<V extends @Nullable Object> extends Latch {
    private static final VarHandle HEIR;

    static {
      try {
        HEIR = MethodHandles.lookup().findVarHandle(Flight.class, "heir", Flight.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private final SingleFlight<?, V> flights;
    private @Nullable Thread leader;
    private @Nullable Outcome<V> outcome;

    /** The flight that its followers go on to, if its leader left without an outcome. */
    private volatile @Nullable Flight<V> heir;

    Flight(SingleFlight<?, V> flights) {
      this.flights = flights;
    }

    void ledBy(Thread thread) {
      leader = thread;
    }

    /** Ends it with an outcome, or with null if the leader left without one. Only once. */
    void land(@Nullable Outcome<V> result) {
      if (!isOpen()) {
        outcome = result;
        open();
      }
    }

    /** Decides, once and for all its followers, which flight they go on to. */
    Flight<V> succeededBy(Flight<V> candidate) {
      return HEIR.compareAndSet(this, null, candidate) ? candidate : Objects.requireNonNull(heir);
    }

    /** Waits for the outcome; null if the leader left without one. */
    @Nullable Outcome<V> await(@Nullable ContextNode ctx) throws InterruptedException {
      if (leader == Thread.currentThread()) { // of another thread, it may be out of date
        throw new IllegalStateException(
            "a body of a SingleFlight asked for its own key: it would wait for itself for ever");
      }
      await(WaitReason.SINGLE_FLIGHT, flights, ctx, Parker.FOREVER);
      return outcome;
    }
  }

  /** Sees to it that a goroutine's flight lands, even if the goroutine never got to run it. */
  private final class Tower implements Group {
    private final K key;
    private final Flight<V> flight;

    Tower(K key, Flight<V> flight) {
      this.key = key;
      this.flight = flight;
    }

    @Override
    public void started(Routine routine) {}

    @Override
    public boolean over() {
      return false;
    }

    @Override
    public void failed(Throwable thrown) {} // its future tells

    @Override
    public void ended(Routine routine) {
      land(key, flight, null);
    }
  }

  private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

  /** Creates it, with nothing under way. */
  public SingleFlight() {
    Hooks.made(this);
  }

  /**
   * Makes the result for a key, or waits for the call that is making it.
   *
   * @param key what the work is for
   * @param body makes the result, on this thread, if nobody else does
   * @return the result
   * @throws ExecutionException if the body that was run threw; fresh for each caller, its cause
   *     shared
   * @throws IllegalStateException if called for the same key from the body itself
   * @throws InterruptedException if the thread is interrupted on entry or while waiting, or the
   *     body throws it; a follower then takes over
   * @throws NullPointerException if an argument is null
   */
  public V run(K key, Callable<V> body) throws InterruptedException, ExecutionException {
    return run(key, body, (ContextNode) null);
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
   * @throws ExecutionException as {@link #run(Object, Callable)}
   * @throws IllegalStateException as {@link #run(Object, Callable)}
   * @throws InterruptedException as {@link #run(Object, Callable)}
   * @throws NullPointerException if an argument is null
   */
  public V run(K key, Callable<V> body, Context ctx)
      throws InterruptedException, ExecutionException {
    return run(key, body, (ContextNode) Objects.requireNonNull(ctx, "ctx"));
  }

  /**
   * Makes the result for a key in a goroutine, or waits there for the call that is making it. Which
   * of the two is decided before this returns.
   *
   * @param key what the work is for
   * @param body makes the result if nobody else does
   * @return the result to be; canceling it with {@code true} interrupts the goroutine, which fails
   *     nobody else
   * @throws NullPointerException if an argument is null
   */
  public Future<V> start(K key, Callable<V> body) {
    return launch(key, body, flight -> flight);
  }

  /**
   * Makes the result for a key as {@link #start} does, and gives it on a channel, for a select.
   *
   * <p>Origin in Go: {@code Group.DoChan}.
   *
   * @param key what the work is for
   * @param body makes the result if nobody else does
   * @return a channel that brings the result and is closed then: just closed if the result is null,
   *     and failed if the body failed. It need not be received from
   * @throws NullPointerException if an argument is null
   */
  public ReceiveChan<V> startChan(K key, Callable<V> body) {
    Chan<V> results = Chan.buffered(1);
    var _ =
        this.<@Nullable Void>launch(
            key,
            body,
            flight ->
                () -> {
                  try {
                    V value = flight.call();
                    if (value != null) {
                      results.trySend(value);
                    }
                    results.close();
                  } catch (Throwable t) {
                    results.fail(t);
                  }
                  return null;
                });
    return results;
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
    checkMayWait(ctx);
    Flight<V> mine = new Flight<>(this);
    Flight<V> earlier = flights.putIfAbsent(key, mine);
    V value = earlier == null ? lead(key, body, ctx, mine) : follow(key, body, ctx, earlier);
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.SINGLE_FLIGHT, this);
    }
    return value;
  }

  private static void checkMayWait(@Nullable ContextNode ctx) throws InterruptedException {
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Leads or follows in a goroutine. */
  private <R extends @Nullable Object> Future<R> launch(
      K key, Callable<V> body, Function<Callable<V>, Callable<R>> then) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(body, "body");
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.SINGLE_FLIGHT, this);
    }
    Flight<V> mine = new Flight<>(this);
    Flight<V> earlier = flights.putIfAbsent(key, mine);
    Callable<V> flight =
        earlier == null
            ? () -> unwrapped(() -> lead(key, body, null, mine))
            : () -> unwrapped(() -> follow(key, body, null, earlier));
    Promise<R> promise = new Promise<>(then.apply(flight), new Tower(key, mine));
    boolean started = false;
    try {
      Routine.start(promise, null, true, promise);
      started = true;
    } finally {
      if (!started) {
        land(key, mine, null);
      }
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.SINGLE_FLIGHT, this);
    }
    return promise;
  }

  /** A failure as it was thrown: the future wraps it again. */
  private static <V extends @Nullable Object> V unwrapped(Callable<V> call) throws Exception {
    try {
      return call.call();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof Exception exception ? exception : e;
    }
  }

  /**
   * Waits for a flight's outcome; if its leader left without one, leads or follows the next. All
   * who followed it go on to the same one, however quickly that lands.
   */
  private V follow(K key, Callable<V> body, @Nullable ContextNode ctx, Flight<V> first)
      throws InterruptedException, ExecutionException {
    for (Flight<V> flight = first; ; ) {
      Outcome<V> outcome = flight.await(ctx);
      if (outcome != null) {
        return outcome.get();
      }
      checkMayWait(ctx);
      Flight<V> mine = new Flight<>(this);
      flight = flight.succeededBy(mine);
      if (flight == mine) {
        return takeOver(key, body, ctx, mine);
      }
    }
  }

  /** Leads what others follow already, or brings them the outcome of a newcomer's flight. */
  private V takeOver(K key, Callable<V> body, @Nullable ContextNode ctx, Flight<V> mine)
      throws InterruptedException, ExecutionException {
    Outcome<V> outcome = null;
    boolean leading = false;
    try {
      Flight<V> newcomers = flights.putIfAbsent(key, mine);
      if (newcomers == null) {
        leading = true;
        return lead(key, body, ctx, mine); // which lands it
      }
      V value = follow(key, body, ctx, newcomers);
      outcome = new Outcome<>(value, null);
      return value;
    } catch (ExecutionException e) { // of lead, too, but that has landed it
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      outcome = wasToldToStop(ctx, cause) ? null : Outcome.failed(cause);
      throw e;
    } finally {
      if (!leading) {
        mine.land(outcome);
      }
    }
  }

  private V lead(K key, Callable<V> body, @Nullable ContextNode ctx, Flight<V> mine)
      throws InterruptedException, ExecutionException {
    mine.ledBy(Thread.currentThread());
    Outcome<V> outcome = null;
    try {
      V value = ctx == null ? body.call() : ctx.call(body);
      outcome = new Outcome<>(value, null);
      return value;
    } catch (Throwable t) {
      boolean told = wasToldToStop(ctx, t);
      if (told && (t instanceof InterruptedException e)) {
        throw e;
      }
      if (told && t instanceof RuntimeException e && Echo.ofEndedContext(t)) {
        throw e;
      }
      if (!told) {
        outcome = Outcome.failed(t);
      }
      throw new ExecutionException(t);
    } finally {
      land(key, mine, outcome);
    }
  }

  /**
   * Whether a leader failed because it, and nobody else, was told to stop. If it was, any failure
   * may come of that; a follower that then does the work once more does no harm.
   */
  private static boolean wasToldToStop(@Nullable ContextNode ctx, Throwable t) {
    return Echo.ofInterrupt(t)
        || Thread.currentThread().isInterrupted()
        || (ctx != null && ctx.isEnding())
        || Context.current().err() != null;
  }

  private void land(K key, Flight<V> flight, @Nullable Outcome<V> outcome) {
    flights.remove(key, flight); // first: a follower that takes over must not find this one again
    flight.land(outcome);
  }

  @Override
  public String toString() {
    return "single flight of " + flights.size();
  }
}
