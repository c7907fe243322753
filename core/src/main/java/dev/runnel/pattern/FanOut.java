package dev.runnel.pattern;

import dev.runnel.CancelContext;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.ReceiveChan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Distributes the values of one channel to several.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="fan-out"}
 *
 * <p>All ways end when the input does; if that failed, they fail likewise, after the values sent
 * before. They also fail if the function or the key of a value fails, or the context ends. One that
 * is {@linkplain Ways#way closed} alone is left out. When all are closed, nothing more is taken
 * from the input. The value that a goroutine has in its hands when it is told to stop is lost.
 *
 * <p>Receiving a value from the input <i>happens-before</i> its receipt from a way.
 *
 * <p>Origin in Go: the fan-out of <i>Go Concurrency Patterns</i>. There, a consumer who stops early
 * strands those who send to it, and errors have no way through.
 */
public final class FanOut {
  private final int size;
  private final int buffer;

  private FanOut(int size, int buffer) {
    this.size = size;
    this.buffer = buffer;
  }

  /**
   * A fan-out to a number of ways, each without a buffer.
   *
   * @param ways how many, at least 1
   * @return the fan-out, immutable
   * @throws IllegalArgumentException if it is less than 1
   */
  public static FanOut to(int ways) {
    if (ways < 1) {
      throw new IllegalArgumentException("a fan-out needs at least 1 way, not " + ways);
    }
    return new FanOut(ways, 0);
  }

  /**
   * Sets how many values may wait in each way.
   *
   * @param values how many; 0: each is handed over
   * @return a fan-out that does so
   * @throws IllegalArgumentException if it is negative
   */
  public FanOut buffer(int values) {
    if (values < 0) {
      throw new IllegalArgumentException("a way's buffer can't be negative: " + values);
    }
    return new FanOut(size, values);
  }

  /**
   * Whichever way is free takes the next value: {@link #compete(ReceiveChan, Worker, Context)}.
   *
   * @param ways how many, at least 1
   * @param in the input
   * @param worker what is done with a value; on as many goroutines as there are ways
   * @param ctx the context
   * @param <T> the type of the values
   * @param <R> the type of the results
   * @return the ways
   */
  public static <T, R> Ways<R> compete(
      int ways, ReceiveChan<? extends T> in, Worker<? super T, ? extends R> worker, Context ctx) {
    return to(ways).compete(in, worker, ctx);
  }

  /**
   * Whichever way is free takes the next value: {@link #compete(ReceiveChan, Context)}.
   *
   * @param ways how many, at least 1
   * @param in the input
   * @param ctx the context
   * @param <T> the type of the values
   * @return the ways
   */
  public static <T> Ways<T> compete(int ways, ReceiveChan<? extends T> in, Context ctx) {
    return to(ways).compete(in, ctx);
  }

  /**
   * The ways take turns: {@link #roundRobin(ReceiveChan, Context)}.
   *
   * @param ways how many, at least 1
   * @param in the input
   * @param ctx the context
   * @param <T> the type of the values
   * @return the ways
   */
  public static <T> Ways<T> roundRobin(int ways, ReceiveChan<? extends T> in, Context ctx) {
    return to(ways).roundRobin(in, ctx);
  }

  /**
   * The same key goes the same way: {@link #byKey(ReceiveChan, Function, Context)}.
   *
   * @param ways how many, at least 1
   * @param in the input
   * @param key tells the key of a value
   * @param ctx the context
   * @param <T> the type of the values
   * @return the ways
   */
  public static <T> Ways<T> byKey(
      int ways, ReceiveChan<? extends T> in, Function<? super T, ?> key, Context ctx) {
    return to(ways).byKey(in, key, ctx);
  }

  /**
   * Every value goes every way: {@link #broadcast(ReceiveChan, Context)}.
   *
   * @param ways how many, at least 1
   * @param in the input
   * @param ctx the context
   * @param <T> the type of the values
   * @return the ways
   */
  public static <T> Ways<T> broadcast(int ways, ReceiveChan<? extends T> in, Context ctx) {
    return to(ways).broadcast(in, ctx);
  }

  /**
   * Whichever way is free takes the next value, and sends what a function makes of it.
   *
   * @param in the input
   * @param worker what is done with a value; on as many goroutines as there are ways
   * @param ctx the context; its end stops all, and the ways fail with its exception
   * @param <T> the type of the values
   * @param <R> the type of the results
   * @return the ways
   * @throws NullPointerException if an argument is null
   */
  public <T, R> Ways<R> compete(
      ReceiveChan<? extends T> in, Worker<? super T, ? extends R> worker, Context ctx) {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(worker, "worker");
    return start(
        ctx,
        (group, ways) -> {
          for (Way<R> way : ways) {
            group.go(() -> workFor(way, in, worker));
          }
        });
  }

  private static <T, R> void workFor(
      Way<R> way, ReceiveChan<? extends T> in, Worker<? super T, ? extends R> worker)
      throws Exception {
    Context group = Context.current();
    try (CancelContext context = group.withCancel()) {
      way.workUnder(context);
      context.run(() -> {
        for (T value; (value = take(in, way)) != null; ) {
          R result = worker.work(value);
          context.check(); // the worker may have swallowed the interrupt
          way.out().send(Objects.requireNonNull(result, "a worker returned null"));
        }
      });
      way.end(null); // now: who receives from one way after the other waits for this
    } catch (Exception e) {
      if (!way.isClosed() || group.err() != null) {
        throw e;
      }
      // Its consumer has closed it: what it did is of no use to anybody.
    }
  }

  /** The next value; null if none comes. If the input has failed, so has the way then. */
  private static <T> @Nullable T take(ReceiveChan<? extends T> in, Way<?> way)
      throws InterruptedException {
    try {
      return in.receive();
    } catch (ChannelFailedException e) {
      way.end(Failures.reason(e, Context.current()));
      return null;
    }
  }

  /**
   * Whichever way is free takes the next value.
   *
   * @param in the input
   * @param ctx the context; its end stops all, and the ways fail with its exception
   * @param <T> the type of the values
   * @return the ways
   * @throws NullPointerException if an argument is null
   */
  public <T> Ways<T> compete(ReceiveChan<? extends T> in, Context ctx) {
    return this.<T, T>compete(in, value -> value, ctx);
  }

  /**
   * The ways take turns: the first value goes the first way, the second the second, and so on. So a
   * way whose buffer is full holds up all; where that must not be, let them {@link #compete}.
   *
   * @param in the input
   * @param ctx the context; its end stops all, and the ways fail with its exception
   * @param <T> the type of the values
   * @return the ways
   * @throws NullPointerException if an argument is null
   */
  public <T> Ways<T> roundRobin(ReceiveChan<? extends T> in, Context ctx) {
    return distribute(in, ctx, ways -> new Turns<>(ways));
  }

  /**
   * The same key always goes the same way, so that values of one key stay in their order. A value
   * whose way has been closed is dropped.
   *
   * @param in the input
   * @param key tells the key of a value; two keys are the same if {@code equals} and {@code
   *     hashCode} say so, and null is one, too
   * @param ctx the context; its end stops all, and the ways fail with its exception
   * @param <T> the type of the values
   * @return the ways
   * @throws NullPointerException if an argument is null
   */
  public <T> Ways<T> byKey(ReceiveChan<? extends T> in, Function<? super T, ?> key, Context ctx) {
    Objects.requireNonNull(key, "key");
    return distribute(
        in, ctx, ways -> value -> ways.get(wayOf(key.apply(value), ways.size())).give(value));
  }

  private static int wayOf(@Nullable Object key, int ways) {
    int hash = Objects.hashCode(key) * 0x9E3779B9; // hash codes often differ in a few low bits only
    return Math.floorMod(hash ^ (hash >>> 16), ways);
  }

  /**
   * Every value goes every way, so the slowest sets the pace. A {@link Broadcaster} has other
   * policies, and lets consumers come and go.
   *
   * @param in the input
   * @param ctx the context; its end stops all, and the ways fail with its exception
   * @param <T> the type of the values
   * @return the ways
   * @throws NullPointerException if an argument is null
   */
  public <T> Ways<T> broadcast(ReceiveChan<? extends T> in, Context ctx) {
    return distribute(
        in,
        ctx,
        ways ->
            value -> {
              for (Way<T> way : ways) {
                way.give(value);
              }
            });
  }

  /** Where a value goes. */
  private interface Route<T> {
    void send(T value) throws InterruptedException;
  }

  /** Sends each value to the way after the last, but for those that are closed. */
  private static final class Turns<T> implements Route<T> {
    private final List<Way<T>> ways;
    private int next;

    Turns(List<Way<T>> ways) {
      this.ways = ways;
    }

    @Override
    public void send(T value) throws InterruptedException {
      boolean sent = false;
      for (int tries = 0; !sent && tries < ways.size(); tries++) {
        sent = ways.get(next).give(value);
        next = (next + 1) % ways.size();
      }
    }
  }

  /** Sends to the ways on one goroutine, which alone receives from the input. */
  private <T> Ways<T> distribute(
      ReceiveChan<? extends T> in, Context ctx, Function<List<Way<T>>, Route<T>> routing) {
    Objects.requireNonNull(in, "in");
    return start(
        ctx,
        (group, ways) -> {
          Route<T> route = routing.apply(ways);
          group.go(() -> {
            for (T value; isWanted(ways) && (value = in.receive()) != null; ) {
              route.send(value);
            }
          });
        });
  }

  private static boolean isWanted(List<? extends Way<?>> ways) {
    for (Way<?> way : ways) {
      if (!way.isClosed()) {
        return true;
      }
    }
    return false;
  }

  /** Starts what sends to the ways. */
  private interface Start<T> {
    void in(ErrGroup group, List<Way<T>> ways) throws Exception;
  }

  private <T> Ways<T> start(Context ctx, Start<T> start) {
    Objects.requireNonNull(ctx, "ctx");
    List<Way<T>> ways = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ways.add(Way.of(buffer));
    }
    Production production =
        Production.start(
            ctx, group -> start.in(group, ways), failure -> ways.forEach(way -> way.end(failure)));
    return new Ways<>(ways, production);
  }
}
