package dev.runnel.internal.pipeline;

import dev.runnel.Context;
import dev.runnel.ContextKey;
import dev.runnel.ReceiveChan;
import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.time.Clock;
import dev.runnel.internal.time.Pulse;
import java.time.Instant;

/**
 * Rings when a time is over: what stages wait by. It sends the time on a channel, and what is set
 * anew or stopped has not rung.
 */
public final class Bell implements AutoCloseable {

  /** The clock of a run, if its context says so: how tests move the time. */
  public static final ContextKey<Clock> CLOCK = ContextKey.of("clock of a pipeline");

  private final Clock clock;
  private final Channel<Instant> channel = Pulse.newChannel();
  private final Pulse pulse;

  private Bell(Clock clock) {
    this.clock = clock;
    this.pulse = Pulse.on(channel, clock);
  }

  /** A bell of the current run, not set. */
  static Bell open() {
    Clock given = Context.current().value(CLOCK);
    return new Bell(given == null ? Clock.current() : given);
  }

  /** Sets it to ring once, that many nanoseconds from now. */
  void ringIn(long nanos) {
    pulse.once(nanos);
  }

  /** Sets it to ring again and again. */
  void ringEvery(long nanos) {
    pulse.every(nanos);
  }

  /** Takes back what it was set to. */
  void stop() {
    pulse.stop();
  }

  /** Where it rings. */
  ReceiveChan<Instant> channel() {
    return channel;
  }

  /** The time that it goes by, in nanoseconds from some start. */
  long nanos() {
    return clock.nanos();
  }

  @Override
  public void close() {
    stop();
  }
}
