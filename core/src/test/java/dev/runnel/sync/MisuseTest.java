package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Go's matrix of misuse ({@code misuseTests} of sync/mutex_test.go), and ours: a clear exception
 * that names the thing, after which the thing still works. In Go most of these end the process.
 */
@Timeout(60)
class MisuseTest {
  private final Mutex mutex = new Mutex();
  private final RWMutex rw = new RWMutex();

  @Test
  void mutexUnlock() throws InterruptedException {
    refused("unlock of unlocked mutex", mutex::unlock);
    assertMutexWorks();
  }

  @Test
  void mutexLockUnlockUnlock() throws InterruptedException {
    mutex.lock();
    mutex.unlock();
    refused("unlock of unlocked mutex", mutex::unlock);
    assertMutexWorks();
  }

  @Test
  void mutexUnlockAfterAWaiterGaveUp() throws InterruptedException {
    mutex.lock();
    assertThat(mutex.tryLock(Duration.ofNanos(1))).isFalse();
    mutex.unlock();
    refused("unlock of unlocked mutex", mutex::unlock);
    assertMutexWorks();
  }

  @Test
  void rwMutexUnlock() throws InterruptedException {
    refused("unlock of unlocked rwmutex", rw::unlock);
    assertRwWorks();
  }

  @Test
  void rwMutexReadLockUnlock() throws InterruptedException {
    rw.readLock();
    refused("unlock of unlocked rwmutex", rw::unlock);
    rw.readUnlock();
    assertRwWorks();
  }

  @Test
  void rwMutexLockUnlockUnlock() throws InterruptedException {
    rw.lock();
    rw.unlock();
    refused("unlock of unlocked rwmutex", rw::unlock);
    assertRwWorks();
  }

  @Test
  void rwMutexReadUnlock() throws InterruptedException {
    refused("read-unlock of an rwmutex that is not read-locked", rw::readUnlock);
    assertRwWorks();
  }

  @Test
  void rwMutexLockReadUnlock() throws InterruptedException {
    rw.lock();
    refused("read-unlock of an rwmutex that is not read-locked", rw::readUnlock);
    rw.unlock();
    assertRwWorks();
  }

  @Test
  void rwMutexReadLockReadUnlockReadUnlock() throws InterruptedException {
    rw.readLock();
    rw.readUnlock();
    refused("read-unlock of an rwmutex that is not read-locked", rw::readUnlock);
    assertRwWorks();
  }

  @Test
  void theViewsOfJucSayItInTheWordsOfJuc() throws InterruptedException {
    assertThatExceptionOfType(IllegalMonitorStateException.class)
        .isThrownBy(mutex.asLock()::unlock)
        .withMessage("the mutex is not locked");
    assertThatExceptionOfType(IllegalMonitorStateException.class)
        .isThrownBy(rw.asReadWriteLock().writeLock()::unlock)
        .withMessage("the rwmutex is not locked for writing");
    assertThatExceptionOfType(IllegalMonitorStateException.class)
        .isThrownBy(rw.asReadWriteLock().readLock()::unlock)
        .withMessage("the rwmutex is not locked for reading");
    assertMutexWorks();
    assertRwWorks();
  }

  @Test
  void condWithoutItsMutex() throws InterruptedException {
    Cond cond = Cond.of(mutex);
    refused("Cond.await needs its mutex locked", cond::await);
    refused("Cond.await needs its mutex locked", () -> cond.await(Duration.ofDays(1)));
    cond.signal(); // is no misuse: nobody waits
    cond.broadcast();
    assertMutexWorks();
  }

  @Test
  void semaphore() throws InterruptedException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Semaphore.of(-1))
        .withMessage("a semaphore can't have -1 permits");
    Semaphore semaphore = Semaphore.of(3);
    refused("release of 1 permits of a semaphore of which 0 are held", semaphore::release);
    semaphore.acquire(2);
    refused("release of 3 permits of a semaphore of which 2 are held", () -> semaphore.release(3));
    assertThat(semaphore).as("nothing given back").hasToString("semaphore (1 of 3 free)");
    for (ThrowingCallable negative :
        new ThrowingCallable[] {
          () -> semaphore.acquire(-1),
          () -> semaphore.tryAcquire(-1),
          () -> semaphore.tryAcquire(-1, Duration.ZERO),
          () -> semaphore.hold(-1),
          () -> semaphore.release(-1)
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(negative)
          .withMessage("a number of permits can't be negative: -1");
    }
    semaphore.release(2);
    assertThat(semaphore.tryAcquire(3)).isTrue();
  }

  @Test
  void waitGroup() {
    WaitGroup group = new WaitGroup();
    refused("negative WaitGroup counter: 1 done of 0", group::done);
    group.add(1);
    refused("negative WaitGroup counter: 2 done of 1", () -> group.add(-2));
    refused("negative WaitGroup counter: 2147483648 done of 1", () -> group.add(Integer.MIN_VALUE));
    refused("WaitGroup counter overflow", () -> group.add(Integer.MAX_VALUE));
    assertThat(group).as("as it was").hasToString("wait group (1)");
  }

  @Test
  void onceFromItsOwnTask() throws Exception {
    Once once = new Once();
    once.run(() ->
        refused(
            "a Once was called from its own task: it would wait for itself for ever",
            () -> once.run(() -> {})));
    once.run(() -> {
      throw new AssertionError("done already");
    });
  }

  @Test
  void onceValueFromItsOwnMaker() throws Exception {
    OnceValue<?>[] value = new OnceValue<?>[1];
    value[0] =
        OnceValue.of(() -> {
          refused(
              "a OnceValue was called from its own task: it would wait for itself for ever",
              value[0]::get);
          return 1;
        });
    assertThat(value[0].get()).isEqualTo(1);
  }

  @Test
  void singleFlightFromItsOwnBody() throws Exception {
    SingleFlight<String, Integer> flights = new SingleFlight<>();
    int got =
        flights.run(
            "key",
            () -> {
              refused(
                  "a body of a SingleFlight asked for its own key: it would wait for itself for ever",
                  () -> flights.run("key", () -> 2));
              return flights.run("another", () -> 1);
            });
    assertThat(got).isEqualTo(1);
    assertThat(flights.run("key", () -> 3)).isEqualTo(3);
  }

  private static void refused(String message, ThrowingCallable call) {
    assertThatIllegalStateException().isThrownBy(call).withMessage(message);
  }

  private void assertMutexWorks() throws InterruptedException {
    assertThat(mutex.tryLock()).isTrue();
    assertThat(mutex.tryLock()).isFalse();
    mutex.unlock();
    mutex.lock();
    mutex.unlock();
  }

  private void assertRwWorks() throws InterruptedException {
    assertThat(rw.tryLock()).isTrue();
    assertThat(rw.tryLock()).isFalse();
    assertThat(rw.tryReadLock()).isFalse();
    rw.unlock();
    rw.readLock();
    assertThat(rw.tryReadLock()).isTrue();
    assertThat(rw.tryLock()).isFalse();
    rw.readUnlock();
    rw.readUnlock();
    rw.lock();
    rw.unlock();
  }
}
