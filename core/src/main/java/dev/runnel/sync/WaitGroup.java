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
 * One word holds the number of things to wait for and the number of the round: taking the counter
 * to zero begins the next round. Beside it there is a gate: a channel that only ever closes, made
 * when somebody waits. Whoever takes the counter to zero takes the gate away and closes it. A
 * waiter puts the gate up before it looks at the word again, a finisher counts before it looks for
 * the gate, both with volatile accesses: so at least one of them sees the other.
 *
 * <p>Between counting and closing, a finisher may be late: its waiters have seen the zero and gone,
 * the group is in use again, and the gate it closes has new waiters. So a waiter whose gate closes
 * looks at the word once more. Since that tells the round, a waiter that is late itself does not
 * wait for the next round too.
 *
 * <p>{@code CountDownLatch} and {@code Phaser} park by themselves, where no tool could see the
 * waiter, and know no context; the one can't count up, the other counts to 65,535 only.
 */
public final class WaitGroup {
  private static final VarHandle STATE;
  private static final VarHandle GATE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(WaitGroup.class, "state", long.class);
      GATE = lookup.findVarHandle(WaitGroup.class, "gate", Channel.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The round in the upper half, the number of things to wait for in the lower. */
  private volatile long state;

  private volatile @Nullable Channel<Void> gate;

  /** Creates a group with nothing to wait for. */
  public WaitGroup() {
    Hooks.made(this);
  }

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
    if (finished && gate != null && GATE.getAndSet(this, null) instanceof Channel<?> waiters) {
      waiters.end(Ending.CLOSED);
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
    long s = state;
    boolean done = count(s) == 0 || awaitGate(round(s), ctx, nanos);
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.WAIT_GROUP_AWAIT, this);
    }
    return done;
  }

  private boolean awaitGate(int round, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    Clock clock = Clock.current();
    long start = clock.nanos();
    long left = nanos;
    do {
      Channel<Void> waiters = putUpGate();
      if (round(state) != round) {
        return true;
      }
      if (!waiters.awaitEnd(WaitReason.WAIT_GROUP, this, ctx, left)) {
        return false;
      }
      left = nanos == Parker.FOREVER ? nanos : nanos - (clock.nanos() - start);
    } while (round(state) == round); // closed for an earlier round
    return true;
  }

  private Channel<Void> putUpGate() {
    Channel<Void> waiters = gate;
    if (waiters == null) {
      Channel<Void> fresh = new Channel<>(0, Overflow.SUSPEND);
      Object earlier = GATE.compareAndExchange(this, null, fresh);
      waiters = earlier == null ? fresh : gateOf(earlier);
    }
    return waiters;
  }

  @SuppressWarnings("unchecked") // the gate has no other type
  private static Channel<Void> gateOf(Object gate) {
    return (Channel<Void>) gate;
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
