package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.Goroutine;
import dev.runnel.Overflow;
import dev.runnel.Task;
import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.channel.Ending;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a number of things to be done.
 *
 * {@snippet class="dev.runnel.snippets.SnippetsTest" region="wait-group"}
 *
 * <p>What a thread did before {@link #done} <i>happens-before</i> the return of the await that this
 * released. The group may be used again once every await has returned.
 *
 * <p>Origin in Go: {@code sync.WaitGroup}.
 *
 * <h2>How it works</h2>
 *
 * One word holds the number of things to wait for and, so that a finisher that is late can't
 * release the waiters of a later round, the number of the round: taking the counter to zero begins
 * the next. Beside it there is a gate: a channel that only ever closes, made when somebody waits,
 * and marked with its round. Whoever takes the counter to zero closes the gate of that round. A
 * waiter puts the gate up before it looks at the word again, a finisher counts before it looks for
 * the gate, both with volatile accesses: so at least one of them sees the other.
 */
public final class WaitGroup {
  private static final VarHandle STATE;
  private static final VarHandle GATE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(WaitGroup.class, "state", long.class);
      GATE = lookup.findVarHandle(WaitGroup.class, "gate", Gate.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What the waiters of one round wait for. */
  private record Gate(int round, Channel<Void> channel) {
    Gate(int round) {
      this(round, new Channel<>(0, Overflow.SUSPEND));
    }

    void open() {
      channel.end(Ending.CLOSED);
    }
  }

  /** The round in the upper half, the number of things to wait for in the lower. */
  private volatile long state;

  private volatile @Nullable Gate gate;

  /** Creates a group with nothing to wait for. */
  public WaitGroup() {}

  /**
   * Adds to the number of things to wait for. Add before the thing is started, not in it.
   *
   * @param delta how many more, or fewer if negative
   * @throws IllegalStateException if the number would become negative; it stays as it was
   */
  public void add(int delta) {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.WAIT_GROUP_ADD, this);
    }
    long before;
    long after;
    boolean finished;
    do {
      before = state;
      int count = count(before);
      int left = count + delta;
      if (left < 0) {
        throw new IllegalStateException(
            delta > 0
                ? "WaitGroup counter overflow"
                : "negative WaitGroup counter: " + -(long) delta + " done of " + count);
      }
      finished = left == 0 && count > 0;
      after = state(finished ? round(before) + 1 : round(before), left);
    } while (!STATE.compareAndSet(this, before, after));
    if (finished) {
      open(round(before));
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.WAIT_GROUP_ADD, this);
    }
  }

  /**
   * One thing is done.
   *
   * @throws IllegalStateException if there was nothing left to be done
   */
  public void done() {
    add(-1);
  }

  /**
   * Starts a goroutine and counts it: done when it ends, however it ends.
   *
   * <p>Origin in Go: {@code WaitGroup.Go}.
   *
   * @param task its body; what it throws goes where {@link Goroutine#failure} says
   * @return the goroutine
   * @throws NullPointerException if the task is null
   */
  public Goroutine go(Task task) {
    Objects.requireNonNull(task, "task");
    add(1);
    boolean started = false;
    try {
      Goroutine goroutine =
          Routine.start(() -> {
            try {
              task.run();
            } finally {
              done();
            }
          });
      started = true;
      return goroutine;
    } finally {
      if (!started) {
        done();
      }
    }
  }

  /**
   * Waits until everything is done.
   *
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   */
  public void await() throws InterruptedException {
    await(null, Parker.FOREVER);
  }

  /**
   * Waits until everything is done, giving up when a context ends.
   *
   * @param ctx the context to watch
   * @throws dev.runnel.ContextException if the context has ended or ends
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the context is null
   */
  public void await(Context ctx) throws InterruptedException {
    await((ContextNode) Objects.requireNonNull(ctx, "ctx"), Parker.FOREVER);
  }

  /**
   * Waits until everything is done, but no longer than a given time.
   *
   * @param atMost how long; zero or negative: not at all
   * @return true if everything is done, false if time ran out
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the duration is null
   */
  public boolean await(Duration atMost) throws InterruptedException {
    return await(null, Clock.nanos(atMost));
  }

  private boolean await(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.WAIT_GROUP_AWAIT, this);
    }
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean done = count(state) == 0 || awaitGate(ctx, nanos);
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.WAIT_GROUP_AWAIT, this);
    }
    return done;
  }

  private boolean awaitGate(@Nullable ContextNode ctx, long nanos) throws InterruptedException {
    while (true) {
      long s = state;
      int round = round(s);
      Gate g = gate;
      if (count(s) == 0 || (g != null && g.round() - round > 0)) {
        return true; // the round that this waits for is over
      }
      if (g == null || g.round() != round) {
        Gate fresh = new Gate(round);
        if (!GATE.compareAndSet(this, g, fresh)) {
          continue;
        }
        if (g != null) {
          g.open(); // of a round long over, whose finisher did not see it
        }
        g = fresh;
      }
      return round(state) != round || g.channel().awaitEnd(WaitReason.WAIT_GROUP, this, ctx, nanos);
    }
  }

  /** Lets those go on who wait for a round that is over. */
  void open(int round) {
    Gate g = gate;
    if (g != null && g.round() == round) {
      GATE.compareAndSet(this, g, null);
      g.open();
    }
  }

  private static int count(long state) {
    return (int) state;
  }

  private static int round(long state) {
    return (int) (state >>> 32);
  }

  private static long state(int round, int count) {
    return ((long) round << 32) | count;
  }

  @Override
  public String toString() {
    return "wait group (" + count(state) + ")";
  }
}
