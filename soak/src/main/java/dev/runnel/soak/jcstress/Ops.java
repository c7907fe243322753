package dev.runnel.soak.jcstress;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.SendChan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Channel operations whose every outcome is a word, or the value received. */
final class Ops {
  /** So short that it often runs out while the other side is on its way. */
  static final Duration SOON = Duration.ofNanos(5_000);

  static final String SENT = "sent";
  static final String CLOSED = "closed";
  static final String END = "end";
  static final String FAILED = "failed";
  static final String FULL = "full";
  static final String EMPTY = "empty";
  static final String TIMEOUT = "timeout";
  static final String INTERRUPTED = "interrupted";
  static final String CANCELED = "canceled";
  static final String OTHERWISE = "otherwise";

  /** An operation that may wait. */
  interface Blocking {
    Object run() throws InterruptedException;
  }

  private Ops() {}

  /** The word for what an operation threw, or what it brought. */
  static Object outcome(Blocking op) {
    try {
      return op.run();
    } catch (InterruptedException e) {
      return INTERRUPTED;
    } catch (ContextException e) {
      return CANCELED;
    } catch (ChannelFailedException e) {
      return FAILED;
    } catch (ChannelClosedException e) {
      return CLOSED;
    }
  }

  static Object send(SendChan<Integer> chan, int value) {
    return outcome(() -> {
      chan.send(value);
      return SENT;
    });
  }

  static Object send(SendChan<Integer> chan, int value, Context ctx) {
    return outcome(() -> {
      chan.send(value, ctx);
      return SENT;
    });
  }

  static Object sendSoon(SendChan<Integer> chan, int value) {
    return outcome(() -> chan.send(value, SOON) ? SENT : TIMEOUT);
  }

  static Object trySend(SendChan<Integer> chan, int value) {
    return outcome(() -> chan.trySend(value) ? SENT : FULL);
  }

  static Object receive(ReceiveChan<Integer> chan) {
    return outcome(() -> orEnd(chan.receive()));
  }

  static Object receive(ReceiveChan<Integer> chan, Context ctx) {
    return outcome(() -> orEnd(chan.receive(ctx)));
  }

  static Object receiveSoon(ReceiveChan<Integer> chan) {
    return outcome(() -> word(chan.receive(SOON), TIMEOUT));
  }

  static Object tryReceive(ReceiveChan<Integer> chan) {
    return outcome(() -> word(chan.tryReceive(), EMPTY));
  }

  /** Tries until there is a value or the end. */
  static Object pollReceive(ReceiveChan<Integer> chan) {
    for (Object got; ; pause()) {
      got = tryReceive(chan);
      if (!got.equals(EMPTY)) {
        return got;
      }
    }
  }

  /** Tries until the value has gone. */
  static Object pollSend(SendChan<Integer> chan, int value) {
    for (Object went; ; pause()) {
      went = trySend(chan, value);
      if (!went.equals(FULL)) {
        return went;
      }
    }
  }

  static Object close(SendChan<Integer> chan) {
    return outcome(() -> {
      chan.close();
      return "closes";
    });
  }

  static Object fail(SendChan<Integer> chan) {
    return chan.fail(new IllegalStateException("the sender failed")) ? "fails" : CLOSED;
  }

  /** Receives from either channel, without bound. */
  static Object selectReceive(Chan<Integer> a, Chan<Integer> b) {
    return outcome(() ->
        Select.<Object>select(
            a.onReceive().map(v -> (Object) v, () -> END),
            b.onReceive().map(v -> (Object) v, () -> END)));
  }

  /** Receives from either channel, if a value comes soon. */
  static Object selectReceiveSoon(Chan<Integer> a, Chan<Integer> b) {
    return outcome(() ->
        Select.<Object>select(
            a.onReceive().map(v -> (Object) v, () -> END),
            b.onReceive().map(v -> (Object) v, () -> END),
            Select.afterGet(SOON, () -> TIMEOUT)));
  }

  /** Sends one of two values, whichever is taken soon; gives it. */
  static Object selectSendSoon(Chan<Integer> a, int toA, Chan<Integer> b, int toB) {
    return outcome(() ->
        Select.<Object>select(
            a.onSend(toA).map(() -> "sent " + toA),
            b.onSend(toB).map(() -> "sent " + toB),
            Select.afterGet(SOON, () -> TIMEOUT)));
  }

  /** The other actor is on its way: lets it run if there are fewer processors than actors. */
  @SuppressWarnings("ThreadPriorityCheck") // a courtesy; nothing depends on it
  static void pause() {
    Thread.onSpinWait();
    Thread.yield();
  }

  static Object orEnd(@Nullable Integer value) {
    return value == null ? END : value;
  }

  static Object word(ReceiveResult<Integer> result, String none) {
    return switch (result) {
      case ReceiveResult.Value<Integer>(Integer value) -> value;
      case ReceiveResult.Closed<Integer>(Throwable cause) -> cause == null ? END : FAILED;
      case ReceiveResult.Empty<Integer>() -> none;
    };
  }
}
