package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait group may be used again as soon as await has returned, however late its finisher is. */
@Timeout(60)
@SuppressWarnings("ThreadPriorityCheck") // yields, so that busy machines get on
class WaitGroupReuseTest {
  private static final int ROUNDS = 20_000;

  @Test
  void awaitersOfEveryRoundAreReleased() throws InterruptedException {
    var group = new WaitGroup();
    for (int round = 0; round < 3; round++) {
      group.add(2);
      Actor one = Actor.Kind.VIRTUAL.start(group::await).awaitWaiting();
      Actor two = Actor.Kind.PLATFORM.start(group::await).awaitWaiting();
      group.done();
      one.awaitWaiting();
      group.done();
      one.join();
      two.join();
    }
  }

  @Test
  void addingNothingReleasesNobodyAndCountsNoRound() throws InterruptedException {
    var group = new WaitGroup();
    group.add(0);
    group.await();
    group.add(1);
    Actor waiter = Actor.Kind.VIRTUAL.start(group::await).awaitWaiting();
    group.add(0);
    waiter.awaitWaiting();
    group.done();
    waiter.join();
  }

  @Test
  void aLateFinisherOfOneRoundDoesNotReleaseTheNext() throws InterruptedException {
    var group = new WaitGroup();
    var round = new AtomicInteger();
    var finished = new AtomicInteger();
    Actor[] workers = new Actor[3];
    for (int w = 0; w < workers.length; w++) {
      int mine = w;
      workers[w] =
          Actor.Kind.PLATFORM.start(() -> {
            for (int r = 1 + mine; r <= ROUNDS; r += workers.length) {
              while (round.get() < r) {
                Thread.yield();
              }
              finished.set(r);
              group.done();
            }
          });
    }
    int early = 0;
    for (int r = 1; r <= ROUNDS; r++) {
      group.add(1);
      round.set(r);
      group.await();
      if (finished.get() < r) {
        early++;
        while (finished.get() < r) {
          Thread.yield();
        }
        group.await();
      }
    }
    for (Actor worker : workers) {
      worker.join();
    }
    assertThat(early).as("awaits that returned before their round was done").isZero();
  }
}
