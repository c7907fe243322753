package dev.runnel.time;

import dev.runnel.ReceiveChan;
import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.time.Clock;
import dev.runnel.internal.time.Pulse;
import java.time.Duration;
import java.time.Instant;

/**
 * Sends the time on a channel at regular intervals, until it is closed.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="ticker"}
 *
 * <p>The channel holds one tick. A receiver that is late loses ticks; it gets no burst of them
 * afterwards, and the ticks that follow keep to the rhythm. After {@link #close} or {@link #reset}
 * nothing of before is received. A ticker that nobody refers to any more is collected.
 *
 * <p>Starting or resetting a ticker <i>happens-before</i> the receive of what it sends.
 *
 * <p>Origin in Go: {@code time.Ticker}, as of Go 1.23.
 */
public final class Ticker implements AutoCloseable {
  private final Channel<Instant> channel = Pulse.newChannel();
  private final Pulse pulse;

  private Ticker(Clock clock) {
    this.pulse = Pulse.on(channel, clock);
  }

  /**
   * Starts a ticker.
   *
   * @param period how often, more than zero
   * @return the ticker
   * @throws IllegalArgumentException if the period is zero or negative
   * @throws NullPointerException if the period is null
   */
  public static Ticker every(Duration period) {
    return every(period, Clock.current());
  }

  /** A ticker with a clock of its own. */
  static Ticker every(Duration period, Clock clock) {
    Ticker ticker = new Ticker(clock);
    ticker.reset(period);
    return ticker;
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
   * Starts anew with a period, the first tick one period from now; also after {@link #close}.
   *
   * @param period how often, more than zero
   * @throws IllegalArgumentException if the period is zero or negative
   * @throws NullPointerException if the period is null
   */
  public void reset(Duration period) {
    long nanos = Clock.nanos(period);
    if (nanos == 0) {
      throw new IllegalArgumentException("a ticker's period must be more than zero, not " + period);
    }
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TIMER_SET, this);
    }
    pulse.every(nanos);
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.TIMER_SET, this);
    }
  }

  /** Stops ticking. The channel stays open, so that a receiver does not take the end for a tick. */
  @Override
  public void close() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.TIMER_STOP, this);
    }
    pulse.stop();
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.TIMER_STOP, this);
    }
  }
}
