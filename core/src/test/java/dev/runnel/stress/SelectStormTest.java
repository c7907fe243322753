package dev.runnel.stress;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Goroutine;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.testkit.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selects that race with one another, with closes and with the ends of contexts. */
class SelectStormTest {

  /** Each selects a receive from its left and a send to its right: all are partners of all. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 50})
  void aRingOfSelectsKeepsTurningAndLosesNothing(int size) throws InterruptedException {
    int turns = Scale.times(100_000) / size;
    List<Chan<Integer>> ring = new ArrayList<>();
    List<Book> books = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ring.add(i % 3 == 2 ? Chan.buffered(1) : Chan.unbuffered());
      books.add(new Book(i, size, size, true));
    }
    AtomicInteger running = new AtomicInteger(size);
    List<Actor> actors = new ArrayList<>();
    try (CancelContext over = Context.background().withCancel()) {
      for (int i = 0; i < size; i++) {
        int me = i;
        Actor.Kind kind = i % 2 == 0 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
        actors.add(
            kind.start(() -> {
              turnAt(ring, me, books.get(me), turns, over, running);
            }));
      }
      for (Actor actor : actors) {
        actor.join();
      }
      assertThat(WhiteBox.waitersOf(over.done())).isZero();
    }
    for (int i = 0; i < size; i++) {
      assertThat(WhiteBox.waitersOf(ring.get(i))).isZero();
      if (ring.get(i).tryReceive() instanceof ReceiveResult.Value<Integer>(Integer value)) {
        books.get(i).received(i, value);
      }
    }
    assertThat(Audit.check(books)).isPositive();
  }

  private static void turnAt(
      List<Chan<Integer>> ring,
      int me,
      Book book,
      int turns,
      CancelContext over,
      AtomicInteger running)
      throws InterruptedException {
    int right = (me + 1) % ring.size();
    var left = ring.get(me).onReceive();
    var send = ring.get(right).onSend(-1);
    var quit = over.onDone();
    var select = Select.of(left, send, quit);
    for (int turn = 0; ; turn++) {
      if (turn == turns && running.decrementAndGet() == 0) {
        over.cancel(); // all have had their turns; until then even the done are needed as partners
      }
      int value = book.fresh();
      send.value(value);
      var winner = select.await();
      if (winner == left) {
        book.received(me, left.value());
      } else if (winner == send) {
        book.sent(value);
      } else {
        return;
      }
    }
  }

  /** Everybody sends and receives on the same channel; nobody may get what it offers itself. */
  @Test
  void noSelectMatchesItselfInACrowd() throws InterruptedException {
    int size = 8;
    int turns = Scale.times(30_000);
    Chan<Integer> meeting = Chan.unbuffered();
    List<Book> books = new ArrayList<>();
    List<Actor> actors = new ArrayList<>();
    AtomicInteger running = new AtomicInteger(size);
    try (CancelContext over = Context.background().withCancel()) {
      for (int i = 0; i < size; i++) {
        Book book = new Book(i, size, 1, true);
        int me = i;
        books.add(book);
        Actor.Kind kind = i % 2 == 0 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
        actors.add(
            kind.start(() -> {
              var in = meeting.onReceive();
              var out = meeting.onSend(-1);
              var quit = over.onDone();
              var select = Select.of(out, in, quit);
              for (int turn = 0; ; turn++) {
                if (turn == turns && running.decrementAndGet() == 0) {
                  over.cancel();
                }
                int value = book.fresh();
                out.value(value);
                var winner = select.await();
                if (winner == in) {
                  assertThat(Book.senderOf(in.value())).isNotEqualTo(me);
                  book.received(0, in.value());
                } else if (winner == out) {
                  book.sent(value);
                } else {
                  return;
                }
              }
            }));
      }
      for (Actor actor : actors) {
        actor.join();
      }
    }
    assertThat(Audit.check(books)).isPositive();
    assertThat(WhiteBox.waitersOf(meeting)).isZero();
  }

  /** Two selects over crossed channels, a close and a cancel, all at the same moment. */
  @Test
  void exactlyOneOfEverythingWinsAtTheSameMoment() throws InterruptedException {
    for (int round = 0; round < Scale.times(15_000); round++) {
      Chan<Integer> a = Chan.unbuffered();
      Chan<Integer> b = Chan.unbuffered();
      CancelContext ctx = Context.background().withCancel();
      AtomicIntegerArray count = new AtomicIntegerArray(2); // sent, received
      StartLine start = new StartLine(4);
      Goroutine sender =
          go(() -> {
            start.await();
            Select.select(
                a.onSend(1, () -> count.incrementAndGet(0)),
                b.onSend(2, () -> count.incrementAndGet(0)),
                ctx.onDone(() -> {}));
          });
      Goroutine receiver =
          go(() -> {
            start.await();
            Select.select(
                b.onReceive(v -> count.addAndGet(1, v - 1), () -> {}),
                a.onReceive(v -> count.addAndGet(1, v), () -> {}),
                ctx.onDone(() -> {}));
          });
      Goroutine third =
          go(() -> {
            start.await();
            Select.select(
                a.onReceive(v -> count.addAndGet(1, v), () -> {}),
                b.onReceive(v -> count.addAndGet(1, v - 1), () -> {}),
                ctx.onDone(() -> {}));
          });
      start.await();
      if (round % 2 == 0) {
        ctx.cancel();
      } else {
        receiver.join(java.time.Duration.ofNanos(round % 64 * 100L));
        ctx.cancel();
      }
      sender.join();
      receiver.join();
      third.join();
      assertThat(sender.failure()).isNull();
      assertThat(receiver.failure()).isNull();
      assertThat(third.failure()).isNull();
      assertThat(count.get(1)).as("received in round %s", round).isEqualTo(count.get(0));
      assertThat(WhiteBox.waitersOf(a) + WhiteBox.waitersOf(b)).isZero();
    }
  }

  /**
   * All who wait when a channel closes learn of it, whether they wait there alone or elsewhere too.
   */
  @Test
  void aCloseReachesEverySelectThatWaits() throws InterruptedException {
    for (int round = 0; round < Scale.times(40); round++) {
      Chan<Integer> closing = Chan.unbuffered();
      Chan<Integer> idle = Chan.unbuffered();
      List<Actor> waiters = new ArrayList<>();
      AtomicInteger told = new AtomicInteger();
      for (int i = 0; i < 200; i++) {
        boolean plain = i % 4 == 0;
        waiters.add(
            Actor.Kind.VIRTUAL.start(() -> {
              if (plain) {
                assertThat(closing.receive()).isNull();
              } else {
                Select.select(
                    idle.onReceive(v -> {}), closing.onReceive(v -> {}, told::incrementAndGet));
              }
            }));
      }
      closing.close();
      for (Actor waiter : waiters) {
        waiter.join();
      }
      assertThat(told.get()).isEqualTo(150);
      assertThat(WhiteBox.waitersOf(idle) + WhiteBox.waitersOf(closing)).isZero();
    }
  }
}
