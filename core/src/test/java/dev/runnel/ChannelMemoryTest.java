package dev.runnel;

import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A channel's memory is that of what it holds, not of what it might. */
class ChannelMemoryTest {
  private static final int MANY = 1000;

  @Test
  void anIdleChannelIsAsSmallWithAHugeCapacityAsWithNone() {
    long none = bytesPer(Chan::unbuffered);
    assertThat(none).isLessThan(200);
    assertThat(bytesPer(() -> Chan.buffered(1_000_000))).isEqualTo(none);
    assertThat(bytesPer(Chan::unbounded)).isEqualTo(none);
  }

  @Test
  void aFewValuesInAHugeBufferCostLittle() {
    assertThat(
            bytesPer(() -> {
              Chan<Integer> chan = Chan.buffered(1_000_000);
              chan.trySend(1);
              return chan;
            }))
        .isLessThan(400);
  }

  @Test
  void aReceivedValueIsNotHeldOnTo() throws Exception {
    Chan<Object> chan = Chan.buffered(10);
    WeakReference<Object> gone = passOne(chan);
    Eventually.that(
        "collection of the value",
        () -> {
          System.gc();
          return gone.refersTo(null);
        });
    assertThat(chan.length()).isZero(); // the channel has lived till here
  }

  /** Its node stays for the next wait, but nothing of it. */
  @Test
  void neitherTheValueNorTheThreadOfAWaitThatIsOverIsHeldOnTo() throws Exception {
    for (boolean receiverLast : List.of(true, false)) {
      waitBothWays(receiverLast);
    }
  }

  private static void waitBothWays(boolean receiverLast) throws InterruptedException {
    Chan<Object> chan = Chan.unbuffered();
    List<WeakReference<?>> gone = new ArrayList<>();
    sendToAWaitingReceiver(chan, gone);
    receiveFromAWaitingSender(chan, gone);
    if (receiverLast) {
      sendToAWaitingReceiver(chan, gone);
    }
    Eventually.that(
        "collection of values and threads",
        () -> {
          System.gc();
          return gone.stream().allMatch(reference -> reference.refersTo(null));
        });
    assertThat(chan.length()).isZero();
  }

  private static void sendToAWaitingReceiver(Chan<Object> chan, List<WeakReference<?>> gone)
      throws InterruptedException {
    Object value = new Object();
    Actor receiver = Actor.Kind.VIRTUAL.start(chan::receive).awaitWaiting();
    gone.add(new WeakReference<>(receiver.thread()));
    gone.add(new WeakReference<>(value));
    chan.send(value);
    receiver.join();
  }

  private static void receiveFromAWaitingSender(Chan<Object> chan, List<WeakReference<?>> gone)
      throws InterruptedException {
    Object value = new Object();
    Actor sender = Actor.Kind.VIRTUAL.start(() -> chan.send(value)).awaitWaiting();
    gone.add(new WeakReference<>(sender.thread()));
    gone.add(new WeakReference<>(value));
    assertThat(chan.receive()).isSameAs(value);
    sender.join();
  }

  /** How a send can come to nothing. */
  enum GivingUp {
    OUT_OF_TIME,
    INTERRUPTED,
    CONTEXT_ENDS,
    LOSING_A_SELECT
  }

  /** No receiver comes by who would tidy up. */
  @ParameterizedTest
  @EnumSource
  void aValueThatWasNotSentIsNotHeldOnTo(GivingUp how) throws Exception {
    Chan<Object> chan = Chan.buffered(1);
    chan.send("full");
    WeakReference<Object> gone = giveUp(chan, how);
    Eventually.that(
        "collection of the value",
        () -> {
          System.gc();
          return gone.refersTo(null);
        });
    assertThat(chan.length()).isOne();
  }

  private static WeakReference<Object> giveUp(Chan<Object> chan, GivingUp how) throws Exception {
    CancelContext ctx = Context.background().withCancel();
    Chan<Integer> other = Chan.unbuffered();
    Chan<WeakReference<Object>> made = Chan.buffered(1);
    Actor sender =
        Actor.Kind.VIRTUAL.start(() -> {
          Object value = new Object();
          made.send(new WeakReference<>(value));
          try {
            switch (how) {
              case OUT_OF_TIME -> {
                assertThat(chan.send(value, Duration.ofNanos(1))).isFalse();
              }
              case INTERRUPTED -> chan.send(value);
              case CONTEXT_ENDS -> chan.send(value, ctx);
              case LOSING_A_SELECT -> {
                int got = select(chan.onSend(value).map(() -> 0), other.onReceive().map(v -> v));
                assertThat(got).isOne();
              }
            }
          } catch (InterruptedException | ContextException asPlanned) {
            assertThat(how).isIn(GivingUp.INTERRUPTED, GivingUp.CONTEXT_ENDS);
          }
        });
    switch (how) {
      case OUT_OF_TIME -> {}
      case INTERRUPTED -> {
        sender.awaitWaiting();
        sender.interrupt();
      }
      case CONTEXT_ENDS -> {
        sender.awaitWaiting();
        ctx.cancel();
      }
      case LOSING_A_SELECT -> other.send(1);
    }
    sender.join();
    return made.receiveOrThrow();
  }

  private static WeakReference<Object> passOne(Chan<Object> chan) throws InterruptedException {
    chan.send(new Object());
    return new WeakReference<>(chan.receiveOrThrow());
  }

  /** The least of several measurements: what the JVM itself allocates meanwhile only adds. */
  private static long bytesPer(Supplier<Chan<Integer>> make) {
    return LongStream.generate(() -> measure(make)).limit(10).min().getAsLong();
  }

  private static long measure(Supplier<Chan<Integer>> make) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Object[] kept = new Object[MANY]; // so that no allocation is optimised away
    kept[0] = make.get(); // loads classes
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MANY; i++) {
      kept[i] = make.get();
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(kept).doesNotContainNull();
    return bytes / MANY;
  }
}
