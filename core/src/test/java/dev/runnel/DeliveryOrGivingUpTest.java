package dev.runnel;

import static dev.runnel.testkit.Channels.drain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.EveryChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever cuts waits short, a value is never lost and never delivered twice. */
@EveryChannel
record DeliveryOrGivingUpTest(int capacity, Actor.Kind kind) {
  private static final int VALUES = 2_000;
  private static final int ACTORS = 3;
  private static final Duration SHORT = Duration.ofNanos(20_000);

  /** One attempt at sending; false if it gave up. */
  private interface Sending {
    boolean send(int value, Chan<Integer> chan) throws InterruptedException;
  }

  /** One attempt at receiving; null if it gave up, or at the end. */
  private interface Receiving {
    @Nullable Integer receive(Chan<Integer> chan) throws InterruptedException;
  }

  @Test
  void underInterrupts() throws Exception {
    exchange(
        true,
        (value, chan) -> {
          chan.send(value);
          return true;
        },
        Chan::receive);
  }

  @Test
  void underTimeouts() throws Exception {
    exchange(false, (value, chan) -> chan.send(value, SHORT), chan -> chan.receive(SHORT).orNull());
  }

  @Test
  void underContextsThatEnd() throws Exception {
    exchange(
        false,
        (value, chan) -> {
          try (var ctx = Context.background().withTimeout(SHORT)) {
            chan.send(value, ctx);
            return true;
          } catch (ContextException e) {
            return false;
          }
        },
        chan -> {
          try (var ctx = Context.background().withTimeout(SHORT)) {
            return chan.receive(ctx);
          } catch (ContextException e) {
            return null;
          }
        });
  }

  /** Sends each value until it went, and receives until all are there. */
  private void exchange(boolean interrupting, Sending sending, Receiving receiving)
      throws InterruptedException {
    Chan<Integer> chan = Chan.buffered(capacity);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger lastValue = new AtomicInteger();
    ConcurrentLinkedQueue<Integer> received = new ConcurrentLinkedQueue<>();
    List<Actor> senders = new ArrayList<>();
    List<Actor> receivers = new ArrayList<>();
    for (int i = 0; i < ACTORS; i++) {
      senders.add(
          kind.start(() -> {
            for (int v; (v = lastValue.incrementAndGet()) <= VALUES; ) {
              while (!went(v, chan, sending)) {}
            }
          }));
      receivers.add(
          kind.start(() -> {
            while (!over.get()) {
              Integer value = got(chan, receiving);
              if (value != null) {
                received.add(value);
              }
            }
          }));
    }
    while (interrupting && lastValue.get() <= VALUES) {
      senders.forEach(Actor::interrupt);
      receivers.forEach(Actor::interrupt);
      LockSupport.parkNanos(20_000); // or nobody would get past the check on entry
    }
    for (Actor sender : senders) {
      sender.join();
    }
    chan.close();
    over.set(true);
    for (Actor receiver : receivers) {
      receiver.join();
    }
    received.addAll(drain(chan));
    assertThat(received).hasSize(VALUES).doesNotHaveDuplicates();
  }

  private static boolean went(int value, Chan<Integer> chan, Sending sending) {
    try {
      return sending.send(value, chan);
    } catch (InterruptedException e) {
      return false; // the value did not go
    }
  }

  private static @Nullable Integer got(Chan<Integer> chan, Receiving receiving) {
    try {
      return receiving.receive(chan);
    } catch (InterruptedException e) {
      return null; // no value was taken
    }
  }
}
