package dev.runnel;

import static dev.runnel.testkit.Channels.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.internal.channel.Channel;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.EveryChannel;
import dev.runnel.testkit.Queues;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The end of a context ends a wait under it without loss. */
@EveryChannel
record ChannelContextTest(int capacity, Actor.Kind kind) {

  @Test
  void anEndedContextWinsOverAReadyValue() throws Exception {
    Chan<Integer> chan = full(capacity);
    Actor sender = kind.start(() -> chan.send(capacity)).awaitWaiting();
    assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> chan.receive(canceled()));
    for (int i = 0; i <= capacity; i++) {
      assertThat(chan.receive()).isEqualTo(i);
    }
    sender.join();
  }

  @Test
  void anEndedContextWinsOverRoomAndOverAWaitingReceiver() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Actor receiver = kind.start(() -> assertThat(chan.receive()).isEqualTo(7)).awaitWaiting();
    assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> chan.send(1, canceled()));
    chan.send(7);
    receiver.join();
    assertThat(chan.length()).isZero();
  }

  @Test
  void itWinsOverTheEndOfTheChannelToo() {
    Chan<Integer> chan = Chan.buffered(capacity);
    chan.close();
    assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> chan.receive(canceled()));
    assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> chan.send(1, canceled()));
  }

  @Test
  void aReceiverWhoseContextEndsLeavesNoTrace() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    CancelContext ctx = Context.background().withCancel();
    Actor receiver = kind.start(() -> chan.receive(ctx)).awaitWaiting();
    ctx.cancel(new Exception("enough"));
    assertThat(receiver.joinForFailure())
        .isInstanceOf(CanceledException.class)
        .hasRootCauseMessage("enough");
    assertThat(Queues.waiting(chan)).isZero();
    assertThat(chan.trySend(1)).as("only a buffer takes it").isEqualTo(capacity > 0);
  }

  @Test
  void aSenderWhoseContextEndsLeavesNoTrace() throws Exception {
    Chan<Integer> chan = full(capacity);
    CancelContext ctx = Context.background().withCancel();
    Actor sender = kind.start(() -> chan.send(-1, ctx)).awaitWaiting();
    ctx.cancel();
    assertThat(sender.joinForFailure()).isInstanceOf(CanceledException.class);
    assertThat(Queues.waiting(chan)).isZero();
    chan.close();
    assertThat(chan.stream()).hasSize(capacity).doesNotContain(-1);
  }

  @Test
  void aDeadlineEndsTheWait() throws Exception {
    Chan<Integer> chan = full(capacity);
    Chan<Integer> empty = Chan.buffered(capacity);
    Context ctx = Context.background().withTimeout(Duration.ofMillis(1));
    assertThatExceptionOfType(DeadlineExceededException.class).isThrownBy(() -> chan.send(1, ctx));
    assertThatExceptionOfType(DeadlineExceededException.class).isThrownBy(() -> empty.receive(ctx));
  }

  @Test
  void anInterruptEndsTheWaitUnderAContextToo() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Context ctx = Context.background().withCancel();
    Actor receiver = kind.start(() -> chan.receive(ctx)).awaitWaiting();
    receiver.interrupt();
    assertThat(receiver.joinForFailure()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aValueDeliveredBeforeTheContextEndsIsReceived() throws Exception {
    Channel<Integer> chan = (Channel<Integer>) Chan.<Integer>buffered(capacity);
    CancelContext ctx = Context.background().withCancel();
    AtomicInteger got = new AtomicInteger();
    Actor receiver = kind.start(() -> got.set(chan.receive(ctx))).awaitWaiting();
    // Under the lock the receiver is chosen but not yet woken: the context ends between.
    chan.lock();
    assertThat(chan.offer(7)).isTrue();
    ctx.cancel();
    chan.release();
    receiver.join();
    assertThat(got).hasValue(7);
  }

  @Test
  void aValueTakenBeforeTheContextEndsIsSent() throws Exception {
    Channel<Integer> chan = (Channel<Integer>) full(capacity);
    CancelContext ctx = Context.background().withCancel();
    Actor sender = kind.start(() -> chan.send(capacity, ctx)).awaitWaiting();
    chan.lock();
    assertThat(chan.poll()).isEqualTo(0);
    ctx.cancel();
    chan.release();
    sender.join();
    assertThat(chan.length()).isEqualTo(capacity);
  }

  @Test
  void aServedWaitLeavesNothingInItsContext() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    Context ctx = Context.background().withCancel();
    WeakReference<Thread> gone = receiveOneUnder(ctx, chan);
    Eventually.that(
        "collection of the thread that waited",
        () -> {
          System.gc();
          return gone.refersTo(null);
        });
    ctx.check(); // the context has lived till here
  }

  private WeakReference<Thread> receiveOneUnder(Context ctx, Chan<Integer> chan)
      throws InterruptedException {
    Actor receiver = kind.start(() -> chan.receive(ctx)).awaitWaiting();
    chan.send(1);
    receiver.join();
    return new WeakReference<>(receiver.thread());
  }

  private static Context canceled() {
    CancelContext ctx = Context.background().withCancel();
    ctx.cancel();
    return ctx;
  }
}
