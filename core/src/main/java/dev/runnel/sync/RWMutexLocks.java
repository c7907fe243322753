package dev.runnel.sync;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/** A read-write mutex as code of {@code java.util.concurrent} wants it. */
record RWMutexLocks(RWMutex mutex) implements ReadWriteLock {

  @Override
  public Lock readLock() {
    return new Read(mutex);
  }

  @Override
  public Lock writeLock() {
    return new Write(mutex);
  }

  /** What the two locks share: all that follows from a timed lock. */
  private sealed interface Side extends Lock permits Read, Write {

    @Override
    default void lock() {
      boolean interrupted = false;
      boolean locked = tryLock();
      while (!locked) {
        try {
          lockInterruptibly();
          locked = true;
        } catch (InterruptedException e) {
          interrupted = true; // put back below
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    default Condition newCondition() {
      throw new UnsupportedOperationException(
          "the locks of an RWMutex have no conditions: use Mutex.asLock()");
    }
  }

  /** The readers' side. */
  private record Read(RWMutex mutex) implements Side {

    @Override
    public void lockInterruptibly() throws InterruptedException {
      mutex.readLock();
    }

    @Override
    public boolean tryLock() {
      return mutex.tryReadLock();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
      return mutex.tryReadLock(Duration.ofNanos(unit.toNanos(time)));
    }

    @Override
    public void unlock() {
      if (!mutex.readUnlockIfHeld()) {
        throw new IllegalMonitorStateException("the rwmutex is not locked for reading");
      }
    }
  }

  /** The writer's side. */
  private record Write(RWMutex mutex) implements Side {

    @Override
    public void lockInterruptibly() throws InterruptedException {
      mutex.lock();
    }

    @Override
    public boolean tryLock() {
      return mutex.tryLock();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
      return mutex.tryLock(Duration.ofNanos(unit.toNanos(time)));
    }

    @Override
    public void unlock() {
      if (!mutex.unlockIfHeld()) {
        throw new IllegalMonitorStateException("the rwmutex is not locked for writing");
      }
    }
  }
}
