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

  /** The readers' side. */
  private record Read(RWMutex mutex) implements Lock {

    @Override
    public void lock() {
      mutex.readLockWhateverComes();
    }

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

    @Override
    public Condition newCondition() {
      throw new UnsupportedOperationException("a read lock has no conditions");
    }
  }

  /** The writer's side. */
  private record Write(RWMutex mutex) implements Lock {

    @Override
    public void lock() {
      mutex.lockWhateverComes();
    }

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

    @Override
    public Condition newCondition() {
      return new CondCondition(new Cond(mutex.guard()));
    }
  }
}
