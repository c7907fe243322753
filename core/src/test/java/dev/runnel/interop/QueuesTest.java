package dev.runnel.interop;

import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Channels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Channels as blocking queues and the other way round. */
@Timeout(60)
@ExtendWith(Accounted.class)
class QueuesTest {
  private final Chan<Integer> chan = Chan.buffered(2);
  private final BlockingQueue<Integer> view = Queues.of(chan);
  private final WatchedQueue<Integer> watched = Queues.watched(new ArrayBlockingQueue<>(2));

  @Test
  void puttingSendsAndTakingReceives() throws Exception {
    view.put(1);
    assertThat(view.offer(2)).isTrue();
    assertThat(view.offer(3)).isFalse();
    assertThat(view.offer(3, 1, TimeUnit.MICROSECONDS)).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> view.add(3)).withMessage("Queue full");
    assertThat(view).hasSize(2);
    assertThat(view.remainingCapacity()).isZero();
    assertThat(chan.receive()).isEqualTo(1);
    assertThat(view.take()).isEqualTo(2);
    assertThat(view.poll()).isNull();
    assertThat(view.poll(1, TimeUnit.MICROSECONDS)).isNull();
    assertThat(view.remainingCapacity()).isEqualTo(2);
    chan.send(4);
    assertThat(view.poll(1, TimeUnit.MINUTES)).isEqualTo(4);
    assertThat(view).isEmpty();
    assertThat(view).hasToString("queue over " + chan);
  }

  @Test
  void waitingInAViewIsWaitingAtTheChannel() throws Exception {
    Actor taker = Actor.Kind.PLATFORM.start(() -> assertThat(view.take()).isEqualTo(1));
    taker.awaitWaiting();
    chan.send(1);
    taker.join();
    Channels.fill(chan);
    Actor putter = Actor.Kind.VIRTUAL.start(() -> view.put(9)).awaitWaiting();
    chan.receive();
    putter.join();
    Actor interrupted = Actor.Kind.VIRTUAL.start(() -> view.put(10)).awaitWaiting();
    interrupted.interrupt();
    assertThat(interrupted.joinForFailure()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aViewDrains() throws Exception {
    Channels.fill(chan);
    List<Integer> into = new ArrayList<>();
    assertThat(view.drainTo(into, 1)).isEqualTo(1);
    assertThat(view.drainTo(into)).isEqualTo(1);
    assertThat(into).containsExactly(0, 1);
    Channels.fill(chan);
    view.clear();
    assertThat(view).hasSize(0);
    assertThatIllegalArgumentException().isThrownBy(() -> view.drainTo(view));
    assertThatNullPointerException().isThrownBy(() -> view.put(null));
  }

  @Test
  void aViewTellsTheEndOfItsChannel() throws Exception {
    chan.send(1);
    chan.close();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> view.put(2));
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> view.offer(2));
    assertThat(view.take()).isEqualTo(1);
    assertThat(view.poll()).isNull();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(view::take);
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> view.poll(1, TimeUnit.MINUTES));

    Chan<Integer> failed = Chan.unbuffered();
    BlockingQueue<Integer> ofFailed = Queues.of(failed);
    failed.fail(new Exception("broken"));
    assertThatExceptionOfType(ChannelFailedException.class).isThrownBy(ofFailed::take);
    assertThatExceptionOfType(ChannelFailedException.class).isThrownBy(ofFailed::poll);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(() -> ofFailed.poll(1, TimeUnit.MINUTES));
  }

  @Test
  void aViewShowsNothingThatIsNotTaken() {
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(view::peek);
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(view::iterator);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> view.contains(1));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> view.remove((Object) 1));
  }

  @Test
  void aThreadPoolWorksOnAChannel() throws Exception {
    AtomicInteger sum = new AtomicInteger();
    Chan<Runnable> tasks = Chan.unbounded();
    try (var pool = new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, Queues.of(tasks))) {
      pool.prestartAllCoreThreads();
      for (int i = 1; i <= 1000; i++) {
        int n = i;
        pool.execute(() -> sum.addAndGet(n));
      }
      tasks.send(() -> sum.addAndGet(1_000_000)); // a task that came over the channel itself
    }
    assertThat(sum).hasValue(1_500_500);
  }

  @Test
  void aWatchedQueueTakesPartInSelect() throws Exception {
    Actor selecting =
        Actor.Kind.VIRTUAL
            .start(() -> {
              int value = select(chan.onReceive(), watched.receiving().onReceive());
              assertThat(value).isEqualTo(7);
            })
            .awaitWaiting();
    watched.put(7);
    selecting.join();

    watched.put(1);
    assertThat(watched.offer(2)).isTrue();
    List<String> sent = new ArrayList<>();
    Actor sending =
        Actor.Kind.VIRTUAL
            .start(() ->
                select(
                    chan.onReceive(_ -> {}), watched.sending().onSend(3, () -> sent.add("sent"))))
            .awaitWaiting();
    assertThat(watched.take()).isEqualTo(1);
    sending.join();
    assertThat(sent).containsExactly("sent");
    assertThat(watched).containsExactly(2, 3);
  }

  @Test
  void everythingThatMakesRoomWakesASender() throws Exception {
    List<Runnable> waysToMakeRoom =
        List.of(
            watched::poll,
            () -> watched.drainTo(new ArrayList<>()),
            () -> watched.remove((Object) 1),
            () -> watched.removeIf(n -> n == 1),
            watched::clear,
            () -> {
              var elements = watched.iterator();
              elements.next();
              elements.remove();
            });
    for (Runnable way : waysToMakeRoom) {
      watched.clear();
      watched.put(1);
      watched.put(2);
      Actor sender = Actor.Kind.VIRTUAL.start(() -> watched.sending().send(3)).awaitWaiting();
      way.run();
      sender.join();
      assertThat(watched).contains(3);
    }
  }

  @Test
  void aWatchedQueueKeepsTheQueuesOrder() throws Exception {
    var byPriority =
        Queues.watched(new PriorityBlockingQueue<Integer>(3, Comparator.reverseOrder()));
    byPriority.sending().sendAll(List.of(1, 3, 2));
    byPriority.sending().close();
    assertThat(byPriority.receiving()).containsExactly(3, 2, 1);
  }

  @Test
  void aWatchedQueueEndsWithItsSendingSide() throws Exception {
    watched.put(1);
    watched.sending().fail(new Exception("broken"));
    assertThatIllegalStateException().isThrownBy(() -> watched.put(2));
    assertThatIllegalStateException().isThrownBy(() -> watched.offer(2));
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> watched.sending().send(2));
    assertThat(watched.receiving().receive()).isEqualTo(1);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(watched.receiving()::receive);
  }

  @Test
  void nothingIsLostBetweenForeignThreadsAndOurs() throws Exception {
    int count = 5_000;
    Actor producer =
        Actor.Kind.PLATFORM.start(() -> {
          for (int i = 0; i < count; i++) {
            watched.put(i);
          }
          watched.sending().close();
        });
    assertThat(watched.receiving())
        .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
    producer.join();
  }
}
