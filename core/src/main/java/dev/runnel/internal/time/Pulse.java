package dev.runnel.internal.time;

import dev.runnel.Overflow;
import dev.runnel.internal.channel.Channel;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Instant;

/**
 * Sends the time on a channel: once, or again and again. What timers and tickers are made of.
 *
 * <p>The channel holds one value. A tick that finds it full is dropped, so a slow receiver loses
 * ticks and never holds up the clock. Setting or stopping takes an unreceived value back, so that
 * nothing stale is received afterwards, as in Go since 1.23.
 *
 * <p>The clock holds this pulse, but this pulse holds its channel by a weak reference. When nobody
 * else knows the channel, nobody can receive from it any more: it is collected, and the alarm is
 * cancelled by whoever next sets a pulse or is rung. A goroutine that waits at the channel keeps it
 * alive, since its stack refers to it.
 */
public final class Pulse extends Countdown {
  private static final ReferenceQueue<Channel<Instant>> UNREACHABLE = new ReferenceQueue<>();

  /** The channel, and the way back to its pulse when it is gone. */
  private static final class Ref extends WeakReference<Channel<Instant>> {
    final Pulse pulse;

    Ref(Channel<Instant> channel, Pulse pulse) {
      super(channel, UNREACHABLE);
      this.pulse = pulse;
    }
  }

  private final Ref channel;

  /** How often, in nanoseconds; 0: once. */
  private long period;

  /** When the next tick is due, by the clock. */
  private long due;

  private Pulse(Channel<Instant> channel) {
    this.channel = new Ref(channel, this);
  }

  /**
   * A channel for a pulse.
   *
   * @return the channel, which nobody else sends on
   */
  public static Channel<Instant> newChannel() {
    return new Channel<>(1, Overflow.DROP_LATEST);
  }

  /**
   * A pulse on a channel.
   *
   * @param channel the channel, to be kept by whoever wants to receive
   * @return the pulse, not set
   */
  public static Pulse on(Channel<Instant> channel) {
    return new Pulse(channel);
  }

  /**
   * Sends once.
   *
   * @param nanos when, from now
   * @return whether it had been set, and nothing had been received of that
   */
  public boolean once(long nanos) {
    forgetUnreachable();
    return set(nanos);
  }

  /**
   * Sends again and again.
   *
   * @param nanos how often, more than 0
   */
  public void every(long nanos) {
    forgetUnreachable();
    stop();
    lock();
    period = nanos;
    due = clock().nanos() + nanos;
    unlock();
    set(nanos);
  }

  private static void forgetUnreachable() {
    for (Reference<?> ref; (ref = UNREACHABLE.poll()) != null; ) {
      if (ref instanceof Ref gone) {
        gone.pulse.stop();
      }
    }
  }

  @Override
  protected long happen() {
    Channel<Instant> open = channel.get();
    if (open == null) {
      return NEVER;
    }
    open.lock();
    try {
      open.offer(clock().now());
    } finally {
      open.release();
    }
    return period == 0 ? NEVER : untilNextTick();
  }

  /** Ticks that are due already have been missed, and are left out. */
  private long untilNextTick() {
    long now = clock().nanos(); // read once: what is returned must not be negative
    due += period * (Math.max(now - due, 0) / period + 1);
    return due - now;
  }

  @Override
  protected void afterwards() {
    forgetUnreachable();
  }

  @Override
  protected boolean takeBack() {
    Channel<Instant> open = channel.get();
    if (open == null) {
      return false;
    }
    open.lock();
    boolean unreceived = open.poll() != null;
    open.unlock();
    return unreceived;
  }
}
