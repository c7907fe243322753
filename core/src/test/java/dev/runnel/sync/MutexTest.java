package dev.runnel.sync;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.testkit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a mutex does, but for its misuse, its fairness and what all that waits has in common. */
@Timeout(60)
class MutexTest {
  private final Mutex mutex = new Mutex();

  @Test
  void oneAtATime() throws InterruptedException {
    int[] counter = new int[1];
    var all = new WaitGroup();
    for (int i = 0; i < 1000; i++) {
      var _ =
          all.go(() -> {
            for (int j = 0; j < 100; j++) {
              mutex.lock();
              counter[0]++; // plain: only the mutex keeps it right
              mutex.unlock();
            }
          });
    }
    all.await();
    assertThat(counter[0]).isEqualTo(100_000);
  }

  @ParameterizedTest
  @EnumSource(Actor.Kind.class)
  void whoeverLockedAnyThreadMayUnlock(Actor.Kind kind) throws InterruptedException {
    mutex.lock();
    Actor waiting = kind.start(mutex::lock).awaitWaiting();
    kind.start(mutex::unlock).join();
    waiting.join(); // holds it, though its thread has ended
    kind.start(mutex::unlock).join();
    assertThat(mutex.tryLock()).isTrue();
  }

  @Test
  void itIsNotReentrant() throws InterruptedException {
    Actor twice =
        Actor.Kind.VIRTUAL.start(() -> {
          mutex.lock();
          assertThat(mutex.tryLock()).isFalse();
          assertThat(mutex.tryLock(Duration.ZERO)).isFalse();
          mutex.lock();
        });
    twice.awaitWaiting();
    mutex.unlock(); // any other may free it
    twice.join();
    assertThat(mutex.tryLock()).as("held from the second lock").isFalse();
  }

  @Test
  void aTryTakesItOnlyIfItIsFree() throws InterruptedException {
    assertThat(mutex.tryLock()).isTrue();
    assertThat(mutex.tryLock()).isFalse();
    mutex.unlock();
    assertThat(mutex.tryLock(Duration.ofSeconds(-1))).as("free: no need to wait").isTrue();
    assertThat(mutex.tryLock(Duration.ofSeconds(-1))).isFalse();
    assertThat(mutex.tryLock(Duration.ofNanos(1))).isFalse();
    mutex.unlock();
    assertThat(mutex.tryLock(Duration.ofDays(300_000))).isTrue();
  }

  @Test
  void aTimedTryGetsItWhenItIsUnlockedInTime() throws InterruptedException {
    mutex.lock();
    Actor patient =
        Actor.Kind.VIRTUAL.start(
            () -> assertThat(mutex.tryLock(Duration.ofDays(300_000))).isTrue());
    patient.awaitWaiting();
    mutex.unlock();
    patient.join();
  }

  @Test
  void aTimedTryThatGivesUpLeavesNoTrace() throws InterruptedException {
    mutex.lock();
    for (int i = 0; i < 100; i++) {
      assertThat(mutex.tryLock(Duration.ofNanos(50_000))).isFalse();
    }
    assertThat(mutex).hasToString("mutex (locked)");
    mutex.unlock();
    assertThat(mutex).hasToString("mutex (unlocked)");
    assertThat(mutex.tryLock()).isTrue();
  }

  @Test
  void aHoldIsGivenBackOnce() throws InterruptedException {
    Held held = mutex.hold();
    assertThat(mutex.tryLock()).isFalse();
    held.close();
    assertThat(mutex.tryLock()).isTrue();
    held.close(); // not somebody else's
    assertThat(mutex.tryLock()).isFalse();
  }

  @Test
  void aHoldThatTwoCloseAtOnceIsGivenBackOnce() throws InterruptedException {
    for (int round = 0; round < 2000; round++) {
      Held held = mutex.hold();
      var both = new WaitGroup();
      var _ = both.go(held::close);
      var _ = both.go(held::close);
      both.await();
      assertThat(mutex.tryLock()).isTrue();
      mutex.unlock();
    }
  }

  @Test
  void aHoldUnderAContextGivesUpWithIt() throws InterruptedException {
    try (var ctx = Context.background().withCancel()) {
      mutex.hold(ctx).close();
      ctx.cancel();
      assertThatThrownBy(() -> mutex.hold(ctx)).isInstanceOf(CanceledException.class);
    }
    assertThat(mutex.tryLock()).isTrue();
  }

  @Test
  void aWaiterWhoIsServedAndInterruptedAtOnceHoldsItOrHasGivenUp() throws InterruptedException {
    for (int round = 0; round < 3000; round++) {
      mutex.lock();
      boolean[] holds = new boolean[1];
      Actor waiter =
          Actor.Kind.VIRTUAL.start(() -> {
            mutex.lock();
            holds[0] = true;
          });
      var unlocker = go(mutex::unlock);
      waiter.interrupt();
      unlocker.join();
      Throwable failure = waiter.joinForFailure();
      assertThat(failure == null).isEqualTo(holds[0]);
      assertThat(mutex.tryLock()).isEqualTo(failure != null);
      mutex.unlock();
    }
  }

  @Test
  void whoWaitsBehindThoseWhoGaveUpIsServed() throws InterruptedException {
    mutex.lock();
    List<Actor> givingUp = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      givingUp.add(
          Actor.Kind.PLATFORM
              .start(() -> {
                mutex.lock();
                mutex.unlock(); // if the unlock comes before the interrupt
              })
              .awaitWaiting());
    }
    Actor last = Actor.Kind.PLATFORM.start(mutex::lock).awaitWaiting();
    givingUp.forEach(Actor::interrupt);
    mutex.unlock(); // some are out of the queue by now, some are not
    last.join();
    for (Actor actor : givingUp) {
      assertThat(actor.joinForFailure())
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isNull(),
              thrown -> assertThat(thrown).isInstanceOf(InterruptedException.class));
    }
    assertThat(mutex.tryLock()).isFalse();
    mutex.unlock();
    assertThat(mutex.tryLock()).isTrue();
  }
}
