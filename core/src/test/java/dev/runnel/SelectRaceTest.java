package dev.runnel;

import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many selects against one another: each choice is one, and both sides agree on it. */
class SelectRaceTest {

  @ParameterizedTest
  @EnumSource
  void everyValueArrivesOnceBetweenSelectingSendersAndReceivers(Actor.Kind kind)
      throws InterruptedException {
    int each = 3000;
    Chan<Integer> a = Chan.unbuffered();
    Chan<Integer> b = Chan.buffered(2);
    Chan<Integer> c = Chan.unbuffered();
    AtomicIntegerArray arrivals = new AtomicIntegerArray(3 * each);
    List<Actor> actors = new ArrayList<>();
    for (int s = 0; s < 3; s++) {
      int first = s * each;
      actors.add(
          kind.start(() -> {
            for (int i = first; i < first + each; i++) {
              select(a.onSend(i), b.onSend(i), c.onSend(i));
            }
          }));
      actors.add(
          kind.start(() -> {
            for (int i = 0; i < each; i++) {
              arrivals.incrementAndGet(select(c.onReceive(), b.onReceive(), a.onReceive()));
            }
          }));
    }
    for (Actor actor : actors) {
      actor.join();
    }
    for (int i = 0; i < 3 * each; i++) {
      assertThat(arrivals.get(i)).as("value %s", i).isOne();
    }
    for (Chan<Integer> channel : List.of(a, b, c)) {
      assertThat(Queues.waiting(channel)).isZero();
    }
  }

  /** Each select waits on both its neighbours, so the locks and claims form a ring too. */
  @ParameterizedTest
  @EnumSource
  void aRingOfSelectsNeitherDeadlocksNorLosesAValue(Actor.Kind kind) throws InterruptedException {
    int size = 6;
    List<Chan<Integer>> ring = new ArrayList<>();
    List<Actor> actors = new ArrayList<>();
    AtomicIntegerArray balance = new AtomicIntegerArray(size);
    AtomicInteger turns = new AtomicInteger();
    for (int i = 0; i < size; i++) {
      ring.add(Chan.unbuffered());
    }
    try (var ctx = Context.background().withCancel()) {
      for (int i = 0; i < size; i++) {
        int left = i;
        int right = (i + 1) % size;
        actors.add(
            kind.start(() -> {
              var send = ring.get(right).onSend(1);
              var receive = ring.get(left).onReceive();
              var quit = ctx.onDone();
              var select = Select.of(send, receive, quit);
              for (Case<?> won; (won = select.await()) != quit; ) {
                balance.addAndGet(won == send ? right : left, won == send ? 1 : -1);
                if (turns.incrementAndGet() == 20_000) {
                  ctx.cancel();
                }
              }
            }));
      }
      for (Actor actor : actors) {
        actor.join();
      }
    }
    for (int i = 0; i < size; i++) {
      assertThat(balance.get(i)).as("sends less receives on channel %s", i).isZero();
      assertThat(Queues.waiting(ring.get(i))).isZero();
    }
  }

  /**
   * A value and an interrupt race for a waiting select: it is delivered or given up, never both.
   */
  @ParameterizedTest
  @EnumSource
  void aValueThatRacesWithAnInterruptIsDeliveredOrStays(Actor.Kind kind)
      throws InterruptedException {
    Chan<Integer> values = Chan.unbuffered();
    Chan<Integer> idle = Chan.unbuffered();
    for (int i = 0; i < 300; i++) {
      AtomicInteger got = new AtomicInteger(-1);
      Actor actor =
          kind.start(() -> got.set(select(values.onReceive(), idle.onReceive()))).awaitWaiting();
      Actor interrupter = Actor.Kind.PLATFORM.start(actor::interrupt);
      boolean went = values.trySend(i);
      interrupter.join();
      Throwable thrown = actor.joinForFailure();
      if (went) {
        assertThat(thrown).isNull();
        assertThat(got).hasValue(i);
      } else {
        assertThat(thrown).isInstanceOf(InterruptedException.class);
      }
    }
  }
}
