package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.ContextException;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.SendChan;
import dev.runnel.spi.QueueBridge;
import dev.runnel.testkit.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A foreign queue between senders and receivers, beside a channel, with interrupts and timeouts.
 */
class ForeignStormTest {
  private static final int SENDERS = 3;
  private static final int WORKERS = 6;

  private final Dice dice = Dice.ofTest();
  private final Tormentor tormentor = new Tormentor(dice.ofWorker(-1), WORKERS);
  private final List<Book> books = new ArrayList<>();

  /** Where values go: in at one side, out at the other. */
  private record Way(int number, SendChan<Integer> in, ReceiveChan<Integer> out) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void nothingIsLostOnTheWayThroughAForeignQueue(int capacity) throws InterruptedException {
    try {
      assertThat(run(capacity)).isPositive();
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nwith " + dice, e);
    }
  }

  private int run(int capacity) throws InterruptedException {
    QueueBridge<Integer> queue = new QueueBridge<>(new ArrayBlockingQueue<>(capacity));
    Chan<Integer> channel = Chan.buffered(capacity - 1);
    List<Way> ways =
        List.of(
            new Way(0, SendChan.to(queue), ReceiveChan.from(queue)), new Way(1, channel, channel));
    Turns turns = Turns.of(8_000);
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      int me = i;
      Dice its = dice.ofWorker(i);
      Book book = new Book(i, WORKERS, ways.size(), true);
      books.add(book);
      Actor.Kind kind = dice.oneIn(2) ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
      actors.add(
          kind.start(() -> {
            if (me < SENDERS) {
              send(me, its, book, ways, turns);
            } else {
              receive(me, its, book, ways);
            }
            tormentor.interrupts().over(me);
          }));
    }
    tormentor.torment(actors);
    for (int i = 0; i < SENDERS; i++) {
      actors.get(i).join();
    }
    for (Way way : ways) {
      way.in().close();
    }
    for (Actor actor : actors) {
      actor.join();
    }
    tormentor.stop();
    assertThat(queue.armed()).isZero();
    assertThat(WhiteBox.waitersOf(channel)).isZero();
    return Audit.check(books);
  }

  private void send(int me, Dice its, Book book, List<Way> ways, Turns turns) {
    for (int turn = 0; turns.allow(turn); turn++) {
      SendChan<Integer> to = ways.get(its.below(2)).in();
      int value = book.fresh();
      try {
        switch (its.below(6)) {
          case 0 -> {
            to.send(value);
            book.sent(value);
          }
          case 1 -> {
            to.send(value, tormentor.contextFor(me, its));
            book.sent(value);
          }
          case 2 -> {
            if (to.send(value, its.tinyTime())) {
              book.sent(value);
            }
          }
          case 3 -> {
            if (to.trySend(value)) {
              book.sent(value);
            }
          }
          default -> {
            int other = book.fresh();
            Select.select(
                ways.getFirst().in().onSend(value, () -> book.sent(value)),
                ways.getLast().in().onSend(other, () -> book.sent(other)),
                Select.after(its.tinyTime(), () -> {}));
          }
        }
      } catch (InterruptedException interrupt) {
        tormentor.interrupts().seen(me);
      } catch (ContextException canceled) {
        // The value did not go.
      }
    }
  }

  private void receive(int me, Dice its, Book book, List<Way> ways) {
    List<Way> open = new ArrayList<>(ways);
    while (!open.isEmpty()) {
      Way way = open.get(its.below(open.size()));
      try {
        switch (its.below(7)) {
          case 0 -> received(book, open, way, way.out().receive());
          case 1 -> received(book, open, way, way.out().receive(tormentor.contextFor(me, its)));
          case 2 -> received(book, open, way, way.out().receive(its.tinyTime()));
          case 3 -> received(book, open, way, way.out().tryReceive());
          case 4 -> {
            List<Integer> batch = new ArrayList<>();
            if (way.out().receiveUpTo(1 + its.below(5), batch) == 0) {
              open.remove(way);
            }
            batch.forEach(value -> book.received(way.number(), value));
          }
          case 5 -> {
            var one = ways.getFirst().out().onReceive();
            var two = ways.getLast().out().onReceive();
            var won = Select.inOrder(two, one).await(its.tinyTime());
            if (won != null) {
              var in = won == one ? one : two;
              Way its2 = won == one ? ways.getFirst() : ways.getLast();
              received(book, open, its2, in.closed() ? null : in.value());
            }
          }
          default ->
              Select.select(
                  way.out().onReceive(v -> book.received(way.number(), v), () -> open.remove(way)),
                  tormentor.contextFor(me, its).onDone(() -> {}));
        }
      } catch (InterruptedException interrupt) {
        tormentor.interrupts().seen(me);
      } catch (ContextException canceled) {
        // No value was taken.
      }
    }
  }

  private static void received(Book book, List<Way> open, Way way, @Nullable Integer value) {
    if (value == null) {
      open.remove(way);
    } else {
      book.received(way.number(), value);
    }
  }

  private static void received(Book book, List<Way> open, Way way, ReceiveResult<Integer> result) {
    if (!(result instanceof ReceiveResult.Empty<Integer>)) {
      received(book, open, way, result.orNull());
    }
  }
}
