package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.Task;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a signal wakes, and that it is never lost on one who gives up. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Actor.Kind.class)
class CondTest {
  @Parameter private Actor.Kind kind;

  private final Mutex mutex = new Mutex();
  private final Cond cond = Cond.of(mutex);
  private final List<Integer> woken = Collections.synchronizedList(new ArrayList<>());

  /** A goroutine that waits for a signal, and notes its number when it was woken by one. */
  private Actor waiter(int number, Task await) {
    return kind.start(
            () -> {
              mutex.lock();
              try {
                await.run();
                woken.add(number);
              } finally {
                mutex.unlock(); // fails if it is not held
              }
            })
        .awaitWaiting();
  }

  private List<Actor> waiters(int count) {
    List<Actor> waiters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      waiters.add(waiter(i, cond::await));
    }
    return waiters;
  }

  private static void joinAll(List<Actor> actors) throws InterruptedException {
    for (Actor actor : actors) {
      actor.join();
    }
  }

  @Test
  void aSignalWakesTheLongestWaitingOnly() throws InterruptedException {
    List<Actor> waiters = waiters(4);
    for (int i = 0; i < 4; i++) {
      cond.signal();
      waiters.get(i).join();
      for (Actor stillWaiting : waiters.subList(i + 1, 4)) {
        stillWaiting.awaitWaiting();
      }
    }
    assertThat(woken).containsExactly(0, 1, 2, 3);
  }

  @Test
  void aBroadcastWakesAllWhoWaitAndNobodyWhoComesLater() throws InterruptedException {
    List<Actor> waiters = waiters(50);
    cond.broadcast();
    joinAll(waiters);
    Actor later = waiter(99, cond::await);
    later.awaitWaiting();
    cond.broadcast();
    later.join();
  }

  @Test
  void aSignalWithNobodyThereIsNotKept() throws InterruptedException {
    cond.signal();
    cond.broadcast();
    Actor waiter = waiter(0, cond::await);
    waiter.awaitWaiting();
    cond.signal();
    waiter.join();
  }

  @Test
  void signalsGoPastThoseWhoGaveUp() throws InterruptedException {
    try (CancelContext ctx = Context.background().withCancel()) {
      Actor canceled = waiter(0, () -> cond.await(ctx));
      Actor interrupted = waiter(1, cond::await);
      Actor waiting = waiter(2, cond::await);
      mutex.lock(); // so that those who give up can't leave yet, only be decided
      ctx.cancel();
      interrupted.interrupt();
      Eventually.that("both decided", () -> decided(canceled) && decided(interrupted));
      cond.signal();
      mutex.unlock();
      waiting.join();
      assertThat(canceled.joinForFailure()).isInstanceOf(CanceledException.class);
      assertThat(interrupted.joinForFailure()).isInstanceOf(InterruptedException.class);
      assertThat(woken).containsExactly(2);
    }
  }

  /** Whether it waits for the mutex, and no longer for a signal. */
  private boolean decided(Actor actor) {
    return LockSupport.getBlocker(actor.thread()) instanceof Mutex;
  }

  /** As many signals as there are waiters who do not give up, at the same time as those who do. */
  @Test
  void noSignalIsLostOnOneWhoGivesUpAtThatMoment() throws InterruptedException {
    int staying = 4;
    int givingUp = 4;
    for (int round = 0; round < 200; round++) {
      try (CancelContext ctx = Context.background().withCancel()) {
        var signalled = new AtomicInteger();
        List<Actor> waiters = new ArrayList<>();
        for (int i = 0; i < staying + givingUp; i++) {
          Context watched = i % 2 == 0 ? ctx : Context.background();
          waiters.add(
              kind.start(() -> {
                mutex.lock();
                try {
                  cond.await(watched);
                  signalled.incrementAndGet();
                } finally {
                  mutex.unlock();
                }
              }));
        }
        for (Actor waiter : waiters) { // not yet for the mutex only: a signal then comes too early
          Eventually.that(
              "it waits for a signal", () -> LockSupport.getBlocker(waiter.thread()) == cond);
        }
        Actor canceler = kind.start(ctx::cancel);
        for (int i = 0; i < staying; i++) {
          cond.signal();
        }
        canceler.join();
        Eventually.that("every signal has woken one", () -> signalled.get() == staying);
        cond.broadcast();
        for (Actor waiter : waiters) {
          assertThat(waiter.joinForFailure())
              .satisfiesAnyOf(
                  thrown -> assertThat(thrown).isNull(),
                  thrown -> assertThat(thrown).isInstanceOf(CanceledException.class));
        }
      }
    }
  }

  @Test
  void anInterruptThatComesAfterTheSignalIsKept() throws InterruptedException {
    boolean[] flag = new boolean[1];
    Actor waiter =
        waiter(
            0,
            () -> {
              cond.await();
              flag[0] = Thread.currentThread().isInterrupted();
            });
    mutex.lock();
    cond.signal();
    Eventually.that("it wants the mutex", () -> decided(waiter));
    waiter.interrupt();
    mutex.unlock();
    waiter.join();
    assertThat(flag[0]).isTrue();
  }

  @Test
  void timeRunsOutWithTheMutexHeld() throws InterruptedException {
    mutex.lock();
    assertThat(cond.await(Duration.ofNanos(1000))).isFalse();
    assertThat(cond.await(Duration.ZERO)).isFalse();
    assertThat(cond.await(Duration.ofDays(-1))).isFalse();
    assertThat(mutex.tryLock()).as("held").isFalse();
    mutex.unlock();
    Actor patient = waiter(0, () -> assertThat(cond.await(Duration.ofDays(300_000))).isTrue());
    cond.signal();
    patient.join();
  }

  @Test
  void whatEndsItOnEntryLeavesTheMutexHeld() throws InterruptedException {
    mutex.lock();
    try (CancelContext ctx = Context.background().withCancel()) {
      ctx.cancel();
      assertThatThrownBy(() -> cond.await(ctx)).isInstanceOf(CanceledException.class);
      Thread.currentThread().interrupt();
      assertThatThrownBy(cond::await).isInstanceOf(InterruptedException.class);
    }
    assertThat(mutex.tryLock()).isFalse();
    mutex.unlock();
    assertThat(cond).hasToString("cond of mutex (unlocked)");
  }

  /** Without spurious wake-ups, and with nobody in between, an if would do for a while. */
  @Test
  void nobodyIsWokenWithoutASignal() throws InterruptedException {
    List<Actor> waiters = waiters(3);
    for (int i = 0; i < 20; i++) {
      for (Actor waiter : waiters) {
        LockSupport.unpark(waiter.thread()); // as anybody may
      }
    }
    for (Actor waiter : waiters) {
      waiter.awaitWaiting();
    }
    assertThat(woken).isEmpty();
    cond.broadcast();
    joinAll(waiters);
  }
}
