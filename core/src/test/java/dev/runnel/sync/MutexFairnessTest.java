package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Newcomers may barge in, but not past a waiter who has waited for a millisecond. */
@Timeout(60)
class MutexFairnessTest {
  private static final long STARVING = TimeUnit.MILLISECONDS.toNanos(1);

  private final Mutex mutex = new Mutex();

  @ParameterizedTest
  @EnumSource(Actor.Kind.class)
  void aWaiterWhoHasWaitedForAMillisecondGetsItHandedOver(Actor.Kind kind)
      throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      mutex.lock();
      Actor starving = kind.start(mutex::lock).awaitWaiting();
      letPass(STARVING);
      mutex.unlock();
      assertThat(mutex.tryLock()).as("a newcomer's try, right after the unlock").isFalse();
      starving.join();
      mutex.unlock();
    }
  }

  @Test
  void thoseWhoStarveAreServedInTheirOrder() throws InterruptedException {
    mutex.lock();
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Actor> starving = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int mine = i;
      starving.add(
          Actor.Kind.PLATFORM
              .start(() -> {
                mutex.lock();
                order.add(mine);
                mutex.unlock();
              })
              .awaitWaiting());
    }
    letPass(STARVING);
    mutex.unlock();
    for (Actor actor : starving) {
      actor.join();
    }
    assertThat(order).isSorted().hasSize(20);
  }

  /**
   * With a waiter in the queue that has waited less, whoever unlocks can lock again at once: the
   * waiter is only just waking up. On a busy machine most rounds take too long to count, and in
   * some the waiter is quicker; but without barging no round could succeed.
   */
  @Test
  void aNewcomerMayBargeInBeforeThat() {
    Eventually.that(
        "an unlock and a lock with a waiter in between",
        () -> {
          try {
            return bargesIn();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private boolean bargesIn() throws InterruptedException {
    mutex.lock();
    Actor waiter = Actor.Kind.PLATFORM.start(mutex::lock);
    Eventually.that("a waiter in the queue", () -> hasWaiters());
    mutex.unlock();
    boolean barged = mutex.tryLock();
    boolean inQueueAgain = barged && waiter.thread().isAlive();
    if (barged) {
      mutex.unlock();
    }
    waiter.join();
    mutex.unlock();
    return inQueueAgain;
  }

  private boolean hasWaiters() {
    try {
      var field = MutexCore.class.getDeclaredField("state");
      field.setAccessible(true);
      return field.getInt(mutex) == 3; // LOCKED and WAITERS
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the field has moved", e);
    }
  }

  /**
   * Handing over takes its time, and a thousand who do it in turn all wait for more than a
   * millisecond. If that counted as starving, they would never leave off.
   */
  @Test
  void handingOverIsNotKeptUpByThoseWhoWaitForIt() throws InterruptedException {
    List<Actor> crowd = new ArrayList<>();
    long[] counter = new long[1];
    mutex.lock();
    for (int i = 0; i < 1000; i++) {
      crowd.add(
          Actor.Kind.VIRTUAL.start(() -> {
            for (int turn = 0; turn < 500; turn++) {
              mutex.lock();
              counter[0]++;
              mutex.unlock();
            }
          }));
    }
    for (Actor actor : crowd) {
      actor.awaitWaiting();
    }
    letPass(STARVING);
    mutex.unlock();
    for (Actor actor : crowd) {
      actor.join(); // within a minute; at a hand-over a turn it would take far longer
    }
    assertThat(counter[0]).isEqualTo(500_000);
  }

  /** A hog locks again right after each unlock, and never waits for anything else. */
  @ParameterizedTest
  @EnumSource(Actor.Kind.class)
  void noHogKeepsTheOthersOut(Actor.Kind kind) throws InterruptedException {
    int others = 4;
    int turns = 50;
    var stop = new AtomicBoolean();
    long[] hogged = new long[1];
    Actor hog =
        Actor.Kind.PLATFORM.start(() -> {
          while (!stop.get()) {
            mutex.lock();
            hogged[0]++;
            mutex.unlock();
          }
        });
    Eventually.that("the hog at work", () -> hogAtWork(hogged));
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < others; i++) {
      actors.add(
          kind.start(() -> {
            for (int turn = 0; turn < turns; turn++) {
              mutex.lock();
              mutex.unlock();
            }
          }));
    }
    for (Actor actor : actors) {
      actor.join();
    }
    stop.set(true);
    hog.join();
  }

  private boolean hogAtWork(long[] hogged) {
    mutex.lockWhateverComes();
    boolean hasLocked = hogged[0] > 0;
    mutex.unlock();
    return hasLocked;
  }

  /** Lets more than a time pass; nothing is measured by it. */
  private static void letPass(long nanos) {
    long start = System.nanoTime();
    Eventually.that("time passes", () -> System.nanoTime() - start > nanos + 1);
  }
}
