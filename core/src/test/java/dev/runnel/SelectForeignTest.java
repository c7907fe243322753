package dev.runnel;

import static dev.runnel.Select.after;
import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.spi.Sink;
import dev.runnel.spi.Source;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Queues;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign sources and sinks among the cases of a select. */
class SelectForeignTest {
  private final Pipe pipe = new Pipe();
  private final ReceiveChan<Integer> in = ReceiveChan.from(pipe);
  private final SendChan<Integer> out = SendChan.to(pipe);
  private final Chan<Integer> channel = Chan.unbuffered();

  @Test
  void aReadySourceOrSinkWinsWithoutWaiting() throws InterruptedException {
    assertThat(select(channel.onReceive(), in.onReceive(), otherwiseGet(() -> -1))).isEqualTo(-1);
    select(channel.onReceive(), out.onSend(7));
    assertThat(select(channel.onReceive(), in.onReceive(), otherwiseGet(() -> -1))).isEqualTo(7);
    assertThat(pipe.armed).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aWakeUpEndsTheWaitForASource(Actor.Kind kind) throws InterruptedException {
    AtomicInteger got = new AtomicInteger();
    Actor actor = kind.start(() -> got.set(select(channel.onReceive(), in.onReceive())));
    actor.awaitWaiting();
    assertThat(pipe.armed).hasSize(1);
    pipe.wake(); // for nothing: it goes on waiting
    actor.awaitWaiting();
    assertThat(pipe.offer(7)).isTrue();
    actor.join();
    assertThat(got).hasValue(7);
    assertNoTrace();
  }

  @Test
  void aWakeUpEndsTheWaitForASink() throws InterruptedException {
    pipe.offer(1);
    Actor actor = Actor.Kind.VIRTUAL.start(() -> select(channel.onReceive(), out.onSend(2)));
    actor.awaitWaiting();
    assertThat(pipe.poll()).isEqualTo(1);
    actor.join();
    assertThat(pipe.poll()).isEqualTo(2);
    assertNoTrace();
  }

  @Test
  void aChannelMayWinWhileASourceIsArmed() throws InterruptedException {
    Actor actor = Actor.Kind.VIRTUAL.start(() -> select(channel.onReceive(), in.onReceive()));
    actor.awaitWaiting();
    channel.send(1);
    actor.join();
    assertThat(pipe.offer(2)).isTrue();
    assertThat(in.receive()).isEqualTo(2);
    assertNoTrace();
  }

  @Test
  void theEndOfASourceIsSeenInEveryForm() throws InterruptedException {
    Actor actor =
        Actor.Kind.VIRTUAL.start(
            () -> assertThat(select(channel.onReceive(), in.onReceive())).isNull());
    actor.awaitWaiting();
    pipe.close(null);
    actor.join();
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> select(in.onReceive(v -> {})));
    assertThat(select(in.onReceive().map(v -> "value", () -> "end"))).isEqualTo("end");
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> select(out.onSend(1)));
    assertNoTrace();
  }

  @Test
  void theFailureOfASourceIsThrown() {
    RuntimeException cause = new RuntimeException("boom");
    pipe.offer(1);
    pipe.close(cause);
    var receive = in.onReceive();
    var select = Select.of(receive);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(() -> {
          select.await();
          assertThat(receive.value()).isEqualTo(1);
          select.await();
        })
        .withCause(cause);
  }

  @Test
  void timeAndInterruptsEndTheWaitAndDisarm() throws InterruptedException {
    select(in.onReceive(v -> {}), after(Duration.ofMillis(1), () -> {}));
    assertThat(Select.of(in.onReceive(), channel.onReceive()).await(Duration.ofMillis(1))).isNull();
    Actor actor = Actor.Kind.VIRTUAL.start(() -> select(channel.onReceive(), in.onReceive()));
    actor.awaitWaiting().interrupt();
    assertThat(actor.joinForFailure()).isInstanceOf(InterruptedException.class);
    assertNoTrace();
  }

  /** Wake-ups for nothing are harmless, so they must not keep an interrupt from being seen. */
  @Test
  void aSourceThatAlwaysWakesDoesNotHideAnInterrupt() throws InterruptedException {
    AtomicInteger polls = new AtomicInteger();
    Source<Integer> restless =
        new Pipe() {
          @Override
          public Integer poll() {
            if (polls.incrementAndGet() == 100) {
              Thread.currentThread().interrupt();
            }
            return polls.get() == 1_000_000 ? 1 : null;
          }

          @Override
          public void arm(Runnable wake) {
            wake.run();
          }
        };
    var receive = ReceiveChan.from(restless).onReceive();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> select(receive));
  }

  @Test
  void noWakeUpIsMissedWhenValuesRaceWithArming() throws InterruptedException {
    int values = 20_000;
    Actor sender =
        Actor.Kind.PLATFORM.start(() -> {
          for (int i = 0; i < values; i++) {
            select(channel.onReceive(), out.onSend(i));
          }
        });
    for (int i = 0; i < values; i++) {
      assertThat(select(channel.onReceive(), in.onReceive())).isEqualTo(i);
    }
    sender.join();
    assertNoTrace();
  }

  @Test
  void inOrderPrefersTheFirstWhateverItsKind() throws InterruptedException {
    Chan<Integer> ready = Chan.buffered(1000);
    for (int i = 0; i < 1000; i++) {
      ready.send(i);
    }
    var foreign = in.onReceive();
    var own = ready.onReceive();
    var select = Select.inOrder(foreign, own);
    for (int i = 0; i < 500; i++) {
      assertThat(select.await()).isSameAs(own);
      assertThat(pipe.offer(i)).isTrue();
      assertThat(select.await()).isSameAs(foreign);
    }
  }

  @Test
  void allReadyCasesHaveTheSameChance() throws InterruptedException {
    int turns = 10_000;
    Chan<Integer> closed = Chan.unbuffered();
    closed.close();
    Pipe other = new Pipe();
    pipe.close(null);
    other.close(null);
    int[] wins = new int[3];
    for (int i = 0; i < turns; i++) {
      select(
          in.onReceive(v -> {}, () -> wins[0]++),
          channel.onReceive(v -> {}),
          closed.onReceive(v -> {}, () -> wins[1]++),
          channel.onSend(1, () -> {}),
          ReceiveChan.from(new Pipe()).onReceive(v -> {}),
          ReceiveChan.from(other).onReceive(v -> {}, () -> wins[2]++));
    }
    // A fair count is off by so much less than once in 10^16 runs.
    assertThat(IntStream.of(wins).boxed())
        .allSatisfy(n -> assertThat(n).isBetween(turns / 3 - 400, turns / 3 + 400));
  }

  @Test
  void inOrderStillPrefersTheFirstWhenBothCameWhileItArmed() throws InterruptedException {
    Chan<Integer> preferred = Chan.buffered(1);
    Pipe late =
        new Pipe() {
          @Override
          public void arm(Runnable wake) {
            super.arm(wake);
            preferred.trySend(1);
            offer(2);
          }
        };
    var first = preferred.onReceive();
    var second = ReceiveChan.from(late).onReceive();
    assertThat(Select.inOrder(first, second).await()).isSameAs(first);
    assertThat(late.poll()).isEqualTo(2);
  }

  /** A value is always in one of the two channels, though a source stands between them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void channelsAreStillLookedAtInOneMoment(boolean inOrder) throws InterruptedException {
    Chan<Integer> a = Chan.buffered(2);
    Chan<Integer> b = Chan.buffered(2);
    b.send(0);
    Actor mover =
        Actor.Kind.PLATFORM.start(() -> {
          while (true) {
            a.send(1);
            b.receiveOrThrow();
            b.send(1);
            a.receiveOrThrow();
          }
        });
    var fromA = a.onReceive();
    var fromB = b.onReceive();
    Case<?>[] cases = {fromA, in.onReceive(), fromB};
    Select select = inOrder ? Select.inOrder(cases) : Select.of(cases);
    for (int i = 0; i < 50_000; i++) {
      Case<?> won = select.poll();
      assertThat(won).as("turn %s", i).isNotNull();
      (won == fromA ? a : b).send(1);
    }
    mover.interrupt();
    assertThat(mover.joinForFailure()).isInstanceOf(InterruptedException.class);
  }

  private void assertNoTrace() {
    assertThat(pipe.armed).isEmpty();
    assertThat(Queues.waiting(channel)).isZero();
  }

  /** A foreign queue for one value, both source and sink. */
  private static class Pipe implements Source<Integer>, Sink<Integer> {
    final Collection<Runnable> armed = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> values = new ArrayBlockingQueue<>(1);
    private volatile boolean closed;
    private volatile Throwable cause;

    void wake() {
      armed.forEach(Runnable::run);
    }

    @Override
    public Integer poll() {
      Integer value = values.poll();
      if (value != null) {
        wake();
      }
      return value;
    }

    @Override
    public boolean offer(Integer value) {
      boolean taken = values.offer(value);
      if (taken) {
        wake();
      }
      return taken;
    }

    @Override
    public boolean closed() {
      return closed;
    }

    @Override
    public Throwable cause() {
      return cause;
    }

    @Override
    public void close(Throwable why) {
      cause = why;
      closed = true;
      wake();
    }

    @Override
    public void arm(Runnable wake) {
      armed.add(wake);
    }

    @Override
    public void disarm(Runnable wake) {
      armed.remove(wake);
    }
  }
}
