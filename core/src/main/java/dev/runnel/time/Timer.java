package dev.runnel.time;

import dev.runnel.Chan;
import dev.runnel.ReceiveChan;
import dev.runnel.Task;
import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.goroutine.Captured;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.goroutine.World;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.time.Clock;
import dev.runnel.internal.time.Countdown;
import dev.runnel.internal.time.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something to happen once, later: the time is sent on a channel, or a task is run.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="timer"}
 *
 * <p>After {@link #stop} or {@link #reset} nothing that was set before is received or run. A timer
 * that nobody refers to any more is collected, set or not, unless it is to run a task. To bound one
 * operation, a select's {@link dev.runnel.Select#after} or a timed form costs less.
 *
 * <p>Setting a timer <i>happens-before</i> what it sends or runs.
 *
 * <p>Origin in Go: {@code time.Timer}, as of Go 1.23.
 */
public final class Timer {
  private final ReceiveChan<Instant> channel;
  private final Countdown countdown;

  private Timer(ReceiveChan<Instant> channel, Countdown countdown) {
    this.channel = channel;
    this.countdown = countdown;
  }

  /**
   * A channel on which the time is sent once, later.
   *
   * <p>Origin in Go: {@code time.After}.
   *
   * @param delay how long from now; zero or negative: at once
   * @return the channel, which is never closed
   * @throws NullPointerException if the delay is null
   */
  public static ReceiveChan<Instant> after(Duration delay) {
    return of(delay).channel();
  }

  /**
   * A timer that sends the time on its channel.
   *
   * <p>Origin in Go: {@code time.NewTimer}.
   *
   * @param delay how long from now; zero or negative: at once
   * @return the timer, set
   * @throws NullPointerException if the delay is null
   */
  public static Timer of(Duration delay) {
    return of(delay, Clock.current());
  }

  /** A timer with a clock of its own. */
  static Timer of(Duration delay, Clock clock) {
    long nanos = Clock.nanos(delay);
    Channel<Instant> channel = Pulse.newChannel();
    Timer timer = new Timer(channel, Pulse.on(channel, clock));
    timer.set(nanos);
    return timer;
  }

  /**
   * A timer that runs a task in a goroutine of its own.
   *
   * <p>Origin in Go: {@code time.AfterFunc}.
   *
   * @param delay how long from now; zero or negative: at once
   * @param task what to run
   * @return the timer, set; its channel is the nil channel
   * @throws NullPointerException if an argument is null
   */
  public static Timer run(Duration delay, Task task) {
    return run(delay, task, Clock.current());
  }

  /** A timer that runs a task, with a clock of its own. */
  static Timer run(Duration delay, Task task, Clock clock) {
    long nanos = Clock.nanos(delay);
    Timer timer = new Timer(Chan.nil(), new Later(Objects.requireNonNull(task, "task"), clock));
    timer.set(nanos);
    return timer;
  }

  /**
   * Where the time is sent.
   *
   * @return the channel, which is never closed
   */
  public ReceiveChan<Instant> channel() {
    return channel;
  }

  /**
   * Takes the timer back. Does not wait for a task that has begun.
   *
   * @return true if this call stopped it; false if it had been received or its task begun, or it
   *     was not set
   */
  public boolean stop() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TIMER_STOP, this);
    }
    boolean pending = countdown.stop();
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.TIMER_STOP, this);
    }
    return pending;
  }

  /**
   * Sets the timer anew, whether it was set or not.
   *
   * @param delay how long from now; zero or negative: at once
   * @return true if it had been set, and neither been received nor its task begun
   * @throws NullPointerException if the delay is null
   */
  public boolean reset(Duration delay) {
    return set(Clock.nanos(delay));
  }

  private boolean set(long nanos) {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TIMER_SET, this);
    }
    boolean pending = countdown.once(nanos);
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.TIMER_SET, this);
    }
    return pending;
  }

  /** A task that starts in a goroutine when the time is over. */
  private static final class Later extends Countdown {
    private final Task task;
    private final @Nullable World world = World.current();

    Later(Task task, Clock clock) {
      super(clock);
      this.task = Captured.here(task); // not where it is started: that is a clock
    }

    @Override
    protected boolean happen() {
      return false;
    }

    @Override
    protected void afterwards() {
      Routine.start(task, world);
    }
  }
}
