package dev.runnel.spi;

import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.InterruptedIterationException;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult.Closed;
import dev.runnel.ReceiveResult.Empty;
import dev.runnel.ReceiveResult.Value;
import dev.runnel.SendChan;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.ReceiveForm;
import dev.runnel.testkit.SendForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A queue of java.util.concurrent takes part in channels and select, on both sides. */
@ParameterizedClass
@EnumSource
class ForeignQueueTest {
  private final Actor.Kind kind;
  private final QueueBridge<Integer> queue = new QueueBridge<>(new ArrayBlockingQueue<>(2));
  private final ReceiveChan<Integer> out = ReceiveChan.from(queue);
  private final SendChan<Integer> in = SendChan.to(queue);
  private final Chan<Integer> chan = Chan.unbuffered();

  ForeignQueueTest(Actor.Kind kind) {
    this.kind = kind;
  }

  @AfterEach
  void nobodyIsLeftArmed() {
    assertThat(queue.armed()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void everyReceiveTakesWhatIsThere(ReceiveForm receive) throws Exception {
    queue.put(1);
    queue.put(2);
    assertThat(receive.from(out)).isEqualTo(1);
    assertThat(receive.from(out)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void everyReceiveWaitsForWhatComes(ReceiveForm receive) throws Exception {
    Actor receiver = kind.start(() -> assertThat(receive.from(out)).isEqualTo(7)).awaitWaiting();
    queue.put(7);
    receiver.join();
  }

  @ParameterizedTest
  @EnumSource
  void everyReceiveEndsWithAnInterrupt(ReceiveForm receive) throws Exception {
    Actor receiver = kind.start(() -> receive.from(out)).awaitWaiting();
    receiver.interrupt();
    assertThat(receiver.joinForFailure())
        .isInstanceOf(
            receive.iterates() ? InterruptedIterationException.class : InterruptedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void everySendWaitsForRoom(SendForm form) throws Exception {
    form.send(1, in);
    form.send(2, in);
    Actor sender = kind.start(() -> form.send(3, in)).awaitWaiting();
    assertThat(List.of(queue.take(), queue.take(), queue.take())).containsExactly(1, 2, 3);
    sender.join();
  }

  @ParameterizedTest
  @EnumSource
  void everySendFindsTheEnd(SendForm form) throws Exception {
    form.send(1, in);
    form.send(2, in);
    Actor sender = kind.start(() -> form.send(3, in)).awaitWaiting();
    in.close();
    assertThat(sender.joinForFailure()).isInstanceOf(ChannelClosedException.class);
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> form.send(4, in));
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> in.trySend(4));
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(in::close);
    assertThat(in.fail(new Exception())).isFalse();
  }

  @Test
  void aSelectTakesWhicheverIsReady() throws Exception {
    queue.put(7);
    int fromQueue = select(chan.onReceive(), out.onReceive());
    assertThat(fromQueue).isEqualTo(7);

    Actor sender = kind.start(() -> chan.send(8)).awaitWaiting();
    int fromChan = select(chan.onReceive(), out.onReceive());
    assertThat(fromChan).isEqualTo(8);
    sender.join();

    String none =
        select(
            chan.onReceive().map(_ -> "chan"),
            out.onReceive().map(_ -> "queue"),
            otherwiseGet(() -> "none"));
    assertThat(none).isEqualTo("none");
  }

  @Test
  void aSelectThatWaitsIsWokenByTheQueue() throws Exception {
    Actor selecting = selecting(7);
    queue.put(7);
    selecting.join();
  }

  @Test
  void aSelectThatWaitsIsWokenByTheChannelBesideTheQueue() throws Exception {
    Actor selecting = selecting(8);
    chan.send(8);
    selecting.join();
    assertThat(chan.trySend(9)).as("nobody is left in the channel").isFalse();
  }

  @Test
  void aSelectSendsToTheQueueOnceThereIsRoom() throws Exception {
    queue.put(1);
    queue.put(2);
    List<String> seen = new ArrayList<>();
    Actor selecting =
        kind.start(() -> select(chan.onReceive(_ -> {}), in.onSend(3, () -> seen.add("sent"))))
            .awaitWaiting();
    assertThat(queue.take()).isEqualTo(1);
    selecting.join();
    assertThat(seen).containsExactly("sent");
    assertThat(List.of(queue.take(), queue.take())).containsExactly(2, 3);
  }

  @Test
  void valuesDrainBeforeTheEnd() throws Exception {
    in.sendAll(List.of(1, 2));
    in.close();
    assertThat(out.stream()).containsExactly(1, 2);
    assertThat(out.receive()).isNull();
    assertThat(out.tryReceive()).isEqualTo(new Closed<>(null));
  }

  @Test
  void valuesDrainBeforeTheFailure() throws Exception {
    Exception cause = new Exception("broken");
    in.send(1);
    assertThat(in.fail(cause)).isTrue();
    assertThat(in.fail(new Exception("too late"))).isFalse();
    assertThat(out.receive()).isEqualTo(1);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(out::receive)
        .withCause(cause);
    assertThat(out.tryReceive()).isEqualTo(new Closed<>(cause));
  }

  @Test
  void aContextEndsTheWaitAndWinsOverAReadyValueAndRoom() throws Exception {
    CancelContext ctx = Context.background().withCancel();
    Actor receiver = kind.start(() -> out.receive(ctx)).awaitWaiting();
    ctx.cancel();
    assertThat(receiver.joinForFailure()).isInstanceOf(CanceledException.class);
    queue.put(1);
    assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> out.receive(ctx));
    assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> in.send(2, ctx));
    assertThat(queue.take()).isEqualTo(1);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void anEndedContextWinsOverAPendingInterruptAsWithAnyChannel() throws Exception {
    CancelContext ctx = Context.background().withCancel();
    ctx.cancel();
    kind.start(
            () -> {
              Thread.currentThread().interrupt();
              assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> out.receive(ctx));
              assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> in.send(1, ctx));
              assertThat(Thread.interrupted()).as("still pending").isTrue();
            })
        .join();
    assertThat(queue.poll()).isNull();
  }

  @Test
  void timeEndsTheWait() throws Exception {
    assertThat(out.receive(Duration.ofNanos(1000))).isEqualTo(new Empty<>());
    assertThat(out.receive(Duration.ZERO)).isEqualTo(new Empty<>());
    assertThat(in.send(1, Duration.ZERO)).isTrue();
    assertThat(in.trySend(2)).isTrue();
    assertThat(in.trySend(3)).isFalse();
    assertThat(in.send(3, Duration.ofNanos(1000))).isFalse();
    assertThat(out.receive(Duration.ofSeconds(-1))).isEqualTo(new Value<>(1));
    assertThat(out.tryReceive()).isEqualTo(new Value<>(2));
  }

  @Test
  void aBatchTakesWhatIsThere() throws Exception {
    in.sendAll(List.of(1, 2));
    List<Integer> into = new ArrayList<>();
    assertThat(out.receiveUpTo(10, into)).isEqualTo(2);
    assertThat(into).containsExactly(1, 2);
  }

  @Test
  void aNullIsRefusedAtOnce() {
    assertThatNullPointerException().isThrownBy(() -> in.send(null));
    assertThatNullPointerException().isThrownBy(() -> in.trySend(null));
    assertThatNullPointerException().isThrownBy(() -> in.fail(null));
  }

  @Test
  void nothingIsLostBetweenForeignThreadsAndOurs() throws Exception {
    int count = 5_000;
    Actor producer =
        kind.start(() -> {
          for (int i = 0; i < count; i++) {
            queue.put(i);
          }
        });
    for (int i = 0; i < count; i++) {
      int value = select(out.onReceive(), chan.onReceive());
      assertThat(value).isEqualTo(i);
    }
    producer.join();
  }

  @Test
  void theirNamesTellWhatIsBehind() {
    assertThat(out).hasToString("chan from queue");
    assertThat(in).hasToString("chan to queue");
  }

  private Actor selecting(int expected) {
    return kind.start(
            () -> {
              int value = select(chan.onReceive(), out.onReceive());
              assertThat(value).isEqualTo(expected);
            })
        .awaitWaiting();
  }
}
