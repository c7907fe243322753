package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Storms of interrupts, contexts and timeouts over every form of waiting: nobody is let in beside
 * another, nothing is lost, and nothing is left behind.
 */
@Timeout(120)
@SuppressWarnings({"ThreadPriorityCheck", "LockNotBeforeTry"}) // yields, so that others come
class SyncStormTest {
  private static final int TURNS = 20_000;

  @Test
  void aMutexIsHeldByOneAtATimeAndIsFreeInTheEnd() throws InterruptedException {
    Mutex mutex = new Mutex();
    int[] counter = new int[2]; // plain: only the mutex keeps them right
    SyncStorm storm =
        SyncStorm.of(
            TURNS,
            (dice, ctx) -> {
              Runnable giveBack = lock(mutex, dice, ctx);
              if (giveBack == null) {
                return false;
              }
              counter[0]++;
              if (dice.oneIn(8)) {
                Thread.yield();
              }
              counter[1]++;
              assertThat(counter[0]).as("alone").isEqualTo(counter[1]);
              giveBack.run();
              return true;
            });
    assertThat(storm.had()).isEqualTo(counter[0]).isPositive();
    assertLeftAlone(mutex);
  }

  private static @Nullable Runnable lock(Mutex mutex, Dice dice, Context ctx)
      throws InterruptedException {
    Lock view = mutex.asLock();
    return switch (dice.below(8)) {
      case 0 -> mutex.hold()::close;
      case 1, 2 -> mutex.hold(ctx)::close;
      case 3 -> mutex.tryLock() ? mutex::unlock : null;
      case 4 -> mutex.tryLock(dice.tinyTime()) ? mutex::unlock : null;
      case 5 -> {
        view.lock();
        yield mutex::unlock;
      }
      case 6 -> {
        view.lockInterruptibly();
        yield mutex::unlock;
      }
      default ->
          view.tryLock(dice.tinyTime().toNanos(), TimeUnit.NANOSECONDS) ? mutex::unlock : null;
    };
  }

  @Test
  void anRwMutexKeepsWritersAloneAndIsFreeInTheEnd() throws InterruptedException {
    RWMutex mutex = new RWMutex();
    int[] counter = new int[2]; // plain
    AtomicLong writes = new AtomicLong();
    SyncStorm storm =
        SyncStorm.of(
            TURNS,
            (dice, ctx) -> {
              boolean writing = dice.oneIn(4);
              Runnable giveBack =
                  writing ? writeLock(mutex, dice, ctx) : readLock(mutex, dice, ctx);
              if (giveBack == null) {
                return false;
              }
              int before = counter[0];
              if (writing) { // a reader must not even add 0
                counter[0]++;
              }
              if (dice.oneIn(8)) {
                Thread.yield();
              }
              if (writing) {
                counter[1]++;
              }
              assertThat(counter[0]).isEqualTo(counter[1]).isEqualTo(before + (writing ? 1 : 0));
              giveBack.run();
              writes.addAndGet(writing ? 1 : 0);
              return true;
            });
    assertThat(writes.get()).isEqualTo(counter[0]).isPositive();
    assertThat(storm.had()).isGreaterThan(writes.get());
    assertLeftAlone(mutex);
  }

  private static @Nullable Runnable writeLock(RWMutex mutex, Dice dice, Context ctx)
      throws InterruptedException {
    return switch (dice.below(6)) {
      case 0 -> mutex.hold()::close;
      case 1, 2 -> mutex.hold(ctx)::close;
      case 3 -> mutex.tryLock() ? mutex::unlock : null;
      case 4 -> mutex.tryLock(dice.tinyTime()) ? mutex::unlock : null;
      default -> {
        mutex.asReadWriteLock().writeLock().lock();
        yield mutex::unlock;
      }
    };
  }

  private static @Nullable Runnable readLock(RWMutex mutex, Dice dice, Context ctx)
      throws InterruptedException {
    return switch (dice.below(6)) {
      case 0 -> mutex.readHold()::close;
      case 1, 2 -> mutex.readHold(ctx)::close;
      case 3 -> mutex.tryReadLock() ? mutex::readUnlock : null;
      case 4 -> mutex.tryReadLock(dice.tinyTime()) ? mutex::readUnlock : null;
      default -> {
        mutex.asReadWriteLock().readLock().lock();
        yield mutex::readUnlock;
      }
    };
  }

  @Test
  void aSemaphoreNeverGivesMoreThanItHasAndHasThemAllInTheEnd() throws InterruptedException {
    int size = 5;
    Semaphore semaphore = Semaphore.of(size);
    AtomicLong held = new AtomicLong();
    SyncStorm storm =
        SyncStorm.of(
            TURNS,
            (dice, ctx) -> {
              int n = dice.oneIn(200) ? size + 1 : dice.below(size + 1);
              if (n > size) {
                semaphore.acquire(n, ctx);
                throw new AssertionError("more than there are");
              }
              Runnable giveBack = acquire(semaphore, n, dice, ctx);
              if (giveBack == null) {
                return false;
              }
              assertThat(held.addAndGet(n)).isLessThanOrEqualTo(size);
              if (dice.oneIn(8)) {
                Thread.yield();
              }
              held.addAndGet(-n);
              giveBack.run();
              return true;
            });
    assertThat(storm.had()).isPositive();
    assertThat(semaphore).hasToString("semaphore (5 of 5 free)");
    assertNobodyWaits(semaphore);
  }

  private static @Nullable Runnable acquire(Semaphore semaphore, int n, Dice dice, Context ctx)
      throws InterruptedException {
    return switch (dice.below(5)) {
      case 0 -> semaphore.hold(n)::close;
      case 1, 2 -> semaphore.hold(n, ctx)::close;
      case 3 -> semaphore.tryAcquire(n) ? () -> semaphore.release(n) : null;
      default -> semaphore.tryAcquire(n, dice.tinyTime()) ? () -> semaphore.release(n) : null;
    };
  }

  /** Where the signals go, {@link CondSignalStormTest} shows. */
  @Test
  void whoeverLeavesACondHoldsItsMutexAndNobodyIsLeftInIt() throws InterruptedException {
    Mutex mutex = new Mutex();
    Cond cond = Cond.of(mutex);
    int[] counter = new int[2]; // plain: only the mutex keeps them right
    AtomicInteger waiting = new AtomicInteger();
    SyncStorm storm =
        SyncStorm.of(
            TURNS,
            (dice, ctx) -> {
              mutex.asLock().lock();
              try {
                counter[0]++;
                counter[1]++;
                if (waiting.get() == 0 || dice.oneIn(2)) {
                  waiting.incrementAndGet();
                  try {
                    return await(cond, dice, ctx);
                  } finally {
                    waiting.decrementAndGet();
                    assertThat(counter[0]).as("alone, however it ended").isEqualTo(counter[1]);
                  }
                }
                cond.signal();
                return true;
              } finally {
                mutex.unlock(); // fails if it is not held
              }
            });
    assertThat(storm.had() + storm.gaveUp()).isPositive();
    assertThat(waiting).hasValue(0);
    assertNobodyWaits(cond);
    assertLeftAlone(mutex);
  }

  /** The forms that somebody ends in any case: a context or a time. */
  private static boolean await(Cond cond, Dice dice, Context ctx) throws InterruptedException {
    if (dice.oneIn(3)) {
      return cond.await(dice.tinyTime());
    }
    cond.await(ctx);
    return true;
  }

  private static void assertLeftAlone(Mutex mutex) {
    assertThat(WhiteBox.read(mutex, "state")).as("of " + mutex).isEqualTo(0);
    assertNobodyWaits(mutex);
  }

  private static void assertLeftAlone(RWMutex mutex) {
    assertThat(WhiteBox.read(mutex, "state")).as("of " + mutex).isEqualTo(0);
    assertNobodyWaits(mutex);
    Object writers = WhiteBox.read(mutex, "writers");
    assertThat(WhiteBox.read(writers, "state")).as("of its writers").isEqualTo(0);
    assertNobodyWaits(writers);
    assertThat(WhiteBox.read(mutex, "draining")).isNull();
  }

  private static void assertNobodyWaits(Object thing) {
    assertThat(WhiteBox.inQueueOf(thing)).as("in the queue of " + thing).isZero();
  }
}
