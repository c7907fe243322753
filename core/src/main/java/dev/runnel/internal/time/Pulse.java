package dev.runnel.internal.time;

import dev.runnel.Overflow;
import dev.runnel.internal.channel.Channel;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
 * alive, since its stack refers to it, and the JDK keeps all threads (unless it is told not to, by
 * {@code -Djdk.trackAllThreads=false}: a goroutine that nobody knows then goes with its channel).
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

  /** The channel, while its lock is held; null if it is gone. */
  private @Nullable Channel<Instant> locked;

  private Pulse(Channel<Instant> channel, Clock clock) {
    super(clock);
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
   * @param clock where the time comes from
   * @return the pulse, not set
   */
  public static Pulse on(Channel<Instant> channel, Clock clock) {
    return new Pulse(channel, clock);
  }

  @Override
  public boolean once(long nanos) {
    stopUnreachable();
    return super.once(nanos);
  }

  @Override
  public void every(long nanos) {
    stopUnreachable();
    super.every(nanos);
  }

  private static void stopUnreachable() {
    for (Reference<?> ref; (ref = UNREACHABLE.poll()) != null; ) {
      if (ref instanceof Ref gone) {
        gone.pulse.stop();
      }
    }
  }

  /**
   * Takes the channel's lock too. Nobody may leave the processor with the one while waiting for the
   * other: the clock's thread, which needs both, would have to wait for that.
   */
  @Override
  protected void enter() {
    Channel<Instant> open = channel.get();
    lock();
    while (open != null && !open.tryLock()) {
      unlock();
      open.lock(); // waits without holding any
      open.unlock();
      lock();
    }
    locked = open;
  }

  @Override
  protected void exit() {
    Channel<Instant> open = locked;
    locked = null;
    unlock();
    if (open != null) {
      open.release();
    }
  }

  @Override
  protected boolean happen() {
    if (locked == null) {
      return false;
    }
    locked.offer(clock().now());
    return true;
  }

  @Override
  protected boolean takeBack() {
    return locked != null && locked.poll() != null;
  }

  @Override
  protected void afterwards() {
    stopUnreachable();
  }
}
