package dev.runnel.sync;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** A mutex as code of {@code java.util.concurrent} wants it. */
record MutexLock(Mutex mutex) implements Lock {

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
      throw new IllegalMonitorStateException("the mutex is not locked");
    }
  }

  @Override
  public Condition newCondition() {
    return new CondCondition(Cond.of(mutex));
  }
}
