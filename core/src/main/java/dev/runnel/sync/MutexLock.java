package dev.runnel.sync;

import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.util.Date;
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
    ensureLocked();
    mutex.unlock();
  }

  @Override
  public Condition newCondition() {
    return new CondCondition(this, Cond.of(mutex));
  }

  private void ensureLocked() {
    if (!mutex.isLocked()) {
      throw new IllegalMonitorStateException("the mutex is not locked");
    }
  }

  /** A cond as a condition. */
  private record CondCondition(MutexLock lock, Cond cond) implements Condition {

    @Override
    public void await() throws InterruptedException {
      lock.ensureLocked();
      cond.await();
    }

    @Override
    public void awaitUninterruptibly() {
      lock.ensureLocked();
      cond.awaitWhateverComes();
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
      lock.ensureLocked();
      Clock clock = Clock.current();
      long start = clock.nanos();
      cond.await(Duration.ofNanos(nanosTimeout));
      return nanosTimeout - (clock.nanos() - start);
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
      lock.ensureLocked();
      return cond.await(Duration.ofNanos(unit.toNanos(time)));
    }

    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
      lock.ensureLocked();
      return cond.await(Duration.between(Clock.current().now(), deadline.toInstant()));
    }

    @Override
    public void signal() {
      lock.ensureLocked();
      cond.signal();
    }

    @Override
    public void signalAll() {
      lock.ensureLocked();
      cond.broadcast();
    }
  }
}
