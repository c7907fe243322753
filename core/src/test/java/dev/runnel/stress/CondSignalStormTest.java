package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.CancelContext;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Signals that come as some of those who wait give up, by an interrupt, a context or their time. As
 * many signals are sent as there are waiters who stay: so each must wake exactly one.
 */
@Timeout(120)
class CondSignalStormTest {
  private static final int STAYING = 4;

  private final Mutex mutex = new Mutex();
  private final Cond cond = Cond.of(mutex);
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger woken = new AtomicInteger();
  private final AtomicInteger gaveUp = new AtomicInteger();

  /** How one of them waits; false: its time ran out. */
  private interface Await {
    boolean run() throws InterruptedException;
  }

  private Actor waiter(int number, Await await) {
    Actor.Kind kind = number % 3 == 0 ? Actor.Kind.PLATFORM : Actor.Kind.VIRTUAL;
    return kind.start(() -> {
      mutex.lock();
      waiting.incrementAndGet(); // the mutex is free again when it is in the queue
      boolean signalled = false;
      try {
        signalled = await.run();
      } catch (InterruptedException | ContextException told) {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
      } finally {
        (signalled ? woken : gaveUp).incrementAndGet();
        mutex.unlock();
      }
    });
  }

  @Test
  void eachSignalWakesOneWhateverTheOthersDo() throws InterruptedException {
    Dice dice = Dice.ofTest();
    Turns rounds = Turns.of(1000);
    for (int round = 0; rounds.allow(round); round++) {
      try {
        oneRound(dice);
      } catch (AssertionError e) {
        throw new AssertionError("round " + round + ": " + e.getMessage() + ", with " + dice, e);
      }
    }
  }

  private void oneRound(Dice dice) throws InterruptedException {
    waiting.set(0);
    woken.set(0);
    gaveUp.set(0);
    try (CancelContext ctx = Context.background().withCancel()) {
      List<Actor> all = new ArrayList<>();
      List<Actor> interrupted = new ArrayList<>();
      for (int i = 0; i < 4 * STAYING; i++) {
        switch (i % 4) {
          case 0 ->
              all.add(waiter(i, this::patient)); // first in the queue too: they must be passed
          case 1 -> all.add(waiter(i, () -> watching(ctx)));
          case 2 -> {
            Duration soon = dice.tinyTime();
            all.add(waiter(i, () -> cond.await(soon)));
          }
          default -> {
            Actor victim = waiter(i, this::patient);
            all.add(victim);
            interrupted.add(victim);
          }
        }
      }
      Eventually.that("all in the queue", () -> waiting.get() == all.size());
      mutex.lock(); // the last of them is in it now
      mutex.unlock();
      Actor canceler = Actor.Kind.PLATFORM.start(ctx::cancel);
      Actor interrupter = Actor.Kind.VIRTUAL.start(() -> interrupted.forEach(Actor::interrupt));
      for (int i = 0; i < STAYING; i++) {
        cond.signal();
      }
      canceler.join();
      interrupter.join();
      Eventually.that("each signal has woken one", () -> woken.get() == STAYING);
      cond.broadcast();
      for (Actor actor : all) {
        actor.join();
      }
      assertThat(woken.get() + gaveUp.get()).isEqualTo(all.size());
      assertThat(WhiteBox.inQueueOf(cond)).isZero();
      assertThat(mutex.tryLock()).isTrue();
      mutex.unlock();
    }
  }

  private boolean patient() throws InterruptedException {
    cond.await();
    return true;
  }

  private boolean watching(Context ctx) throws InterruptedException {
    cond.await(ctx);
    return true;
  }
}
