package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Lock} promises, for every view of ours as one. */
@Timeout(60)
@ParameterizedClass
@EnumSource(JucLockTest.View.class)
@SuppressWarnings("LockNotBeforeTry") // a failed test may leave its own lock locked
class JucLockTest {

  /** The views, and how to keep them locked. */
  enum View {
    MUTEX,
    WRITE_LOCK_BEHIND_A_WRITER,
    WRITE_LOCK_BEHIND_A_READER,
    READ_LOCK
  }

  @Parameter private View view;

  private final Mutex mutex = new Mutex();
  private final ReadWriteLock readWrite = new RWMutex().asReadWriteLock();

  private Lock lock() {
    return switch (view) {
      case MUTEX -> mutex.asLock();
      case WRITE_LOCK_BEHIND_A_WRITER, WRITE_LOCK_BEHIND_A_READER -> readWrite.writeLock();
      case READ_LOCK -> readWrite.readLock();
    };
  }

  /** What keeps the lock from being taken. */
  private Lock obstacle() {
    return switch (view) {
      case MUTEX -> mutex.asLock();
      case WRITE_LOCK_BEHIND_A_WRITER, READ_LOCK -> readWrite.writeLock();
      case WRITE_LOCK_BEHIND_A_READER -> readWrite.readLock();
    };
  }

  private void assertFree() {
    assertThat(obstacle().tryLock()).isTrue();
    obstacle().unlock();
    assertThat(lock().tryLock()).isTrue();
    lock().unlock();
    assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock()::unlock);
  }

  @ParameterizedTest
  @EnumSource(Actor.Kind.class)
  void lockWaits(Actor.Kind kind) throws InterruptedException {
    obstacle().lock();
    Actor locking = kind.start(lock()::lock).awaitWaiting();
    obstacle().unlock();
    locking.join();
    lock().unlock();
    assertFree();
  }

  @ParameterizedTest
  @EnumSource(Actor.Kind.class)
  void lockIsNotCutShortByAnInterruptButKeepsItsFlag(Actor.Kind kind) throws InterruptedException {
    obstacle().lock();
    boolean[] flag = new boolean[1];
    Actor locking =
        kind.start(() -> {
          lock().lock();
          flag[0] = Thread.currentThread().isInterrupted();
        });
    for (int i = 0; i < 3; i++) {
      locking.awaitWaiting().interrupt();
      Eventually.that("the flag is taken down", () -> !locking.thread().isInterrupted());
    }
    locking.awaitWaiting();
    obstacle().unlock();
    locking.join();
    assertThat(flag[0]).isTrue();
    lock().unlock();
    assertFree();
  }

  @Test
  void lockDoesNotMindAPendingInterrupt() {
    Thread.currentThread().interrupt();
    lock().lock();
    assertThat(Thread.interrupted()).isTrue();
    lock().unlock();
    assertFree();
  }

  @ParameterizedTest
  @EnumSource(Actor.Kind.class)
  void lockInterruptiblyIsCutShort(Actor.Kind kind) throws InterruptedException {
    obstacle().lock();
    Actor locking = kind.start(lock()::lockInterruptibly).awaitWaiting();
    locking.interrupt();
    assertThat(locking.joinForFailure()).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(lock()::lockInterruptibly).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    obstacle().unlock();
    lock().lockInterruptibly();
    lock().unlock();
    assertFree();
  }

  @Test
  void tryLockDoesNotWait() {
    obstacle().lock();
    assertThat(lock().tryLock()).isFalse();
    obstacle().unlock();
    Thread.currentThread().interrupt();
    assertThat(lock().tryLock()).as("whatever the flag").isTrue();
    assertThat(Thread.interrupted()).isTrue();
    lock().unlock();
    assertFree();
  }

  @Test
  void timedTryLockWaitsThatLong() throws InterruptedException {
    obstacle().lock();
    assertThat(lock().tryLock(1, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(lock().tryLock(0, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(lock().tryLock(-5, TimeUnit.DAYS)).isFalse();
    Actor locking =
        Actor.Kind.VIRTUAL.start(
            () -> assertThat(lock().tryLock(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue());
    locking.awaitWaiting();
    obstacle().unlock();
    locking.join();
    lock().unlock();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> lock().tryLock(1, TimeUnit.DAYS))
        .isInstanceOf(InterruptedException.class);
    assertFree();
  }

  @Test
  void unlockByWhoDoesNotHoldItIsRefused() {
    assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock()::unlock);
    assertFree();
  }

  @Test
  void itIsTheSameLockSeenTwice() {
    lock().lock();
    assertThat(obstacle().tryLock()).isFalse();
    assertThat(lock()).isEqualTo(lock());
    lock().unlock();
    assertFree();
  }
}
