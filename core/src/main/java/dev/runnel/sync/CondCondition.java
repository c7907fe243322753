package dev.runnel.sync;

import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** A cond as code of {@code java.util.concurrent} wants it. */
record CondCondition(Cond cond) implements Condition {

  @Override
  public void await() throws InterruptedException {
    ensureGuarded();
    cond.await();
  }

  @Override
  public void awaitUninterruptibly() {
    ensureGuarded();
    cond.awaitWhateverComes();
  }

  @Override
  public long awaitNanos(long nanosTimeout) throws InterruptedException {
    ensureGuarded();
    Clock clock = Clock.current();
    long start = clock.nanos();
    boolean signalled = cond.await(Duration.ofNanos(nanosTimeout));
    long left = nanosTimeout - (clock.nanos() - start);
    return signalled ? left : Math.min(left, 0);
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    ensureGuarded();
    return cond.await(Duration.ofNanos(unit.toNanos(time)));
  }

  @Override
  @SuppressWarnings("JavaUtilDate") // the interface has it; toInstant would refuse a java.sql.Date
  public boolean awaitUntil(Date deadline) throws InterruptedException {
    ensureGuarded();
    Instant until = Instant.ofEpochMilli(deadline.getTime());
    return cond.await(Duration.between(Clock.current().now(), until));
  }

  @Override
  public void signal() {
    ensureGuarded();
    cond.signal();
  }

  @Override
  public void signalAll() {
    ensureGuarded();
    cond.broadcast();
  }

  private void ensureGuarded() {
    if (!cond.isGuarded()) {
      throw new IllegalMonitorStateException("the lock of this condition is not held");
    }
  }
}
