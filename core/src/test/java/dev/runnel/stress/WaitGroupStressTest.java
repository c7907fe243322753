package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Go;
import dev.runnel.internal.channel.Channel;
import dev.runnel.internal.channel.Ending;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wait groups that are used round after round, by many at once. */
class WaitGroupStressTest {

  @ParameterizedTest
  @EnumSource(Actor.Kind.class)
  void everyRoundWaitsForItsOwn(Actor.Kind kind) throws InterruptedException {
    int finishers = 3;
    Turns rounds = Turns.of(20_000);
    WaitGroup work = new WaitGroup();
    AtomicInteger done = new AtomicInteger();
    Chan<Integer> turns = Chan.buffered(1);
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < finishers; i++) {
      actors.add(
          kind.start(() -> {
            for (int _ : turns) {
              done.incrementAndGet();
              work.done();
            }
          }));
    }
    for (int round = 1; rounds.allow(round); round++) {
      work.add(1);
      turns.send(round);
      work.await();
      assertThat(done.get()).isEqualTo(round);
    }
    turns.close();
    for (Actor actor : actors) {
      actor.join();
    }
  }

  @Test
  void aThousandWaitersAllWakeInEveryRound() throws InterruptedException {
    int waiters = 1000;
    Turns rounds = Turns.of(30);
    for (int round = 0; rounds.allow(round); round++) {
      WaitGroup work = new WaitGroup();
      WaitGroup awake = new WaitGroup();
      work.add(10);
      for (int i = 0; i < waiters; i++) {
        boolean timed = i % 3 == 0;
        awake.go(() -> {
          if (timed) {
            assertThat(work.await(Duration.ofHours(1))).isTrue();
          } else {
            work.await();
          }
        });
      }
      for (int i = 0; i < 10; i++) {
        Go.go(work::done);
      }
      awake.await();
    }
  }

  /**
   * Whoever brings the counter to zero may be late in opening the gate: a waiter has seen the zero
   * and gone, and the next round's waiter stands at the same gate.
   */
  @Test
  void aFinisherWhoIsLateDoesNotReleaseTheNextRound() throws Exception {
    WaitGroup work = new WaitGroup();
    work.add(1);
    Actor waiter = Actor.Kind.VIRTUAL.start(work::await).awaitWaiting();
    Channel<?> gate = (Channel<?>) WhiteBox.take(work, "gate"); // what the late finisher does
    gate.end(Ending.CLOSED);
    waiter.awaitWaiting();
    assertThat(waiter.thread().isAlive()).isTrue();
    work.done();
    waiter.join();
  }
}
