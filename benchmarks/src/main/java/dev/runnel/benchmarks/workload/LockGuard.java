package dev.runnel.benchmarks.workload;

import java.util.concurrent.locks.ReentrantLock;

/** The JDK's lock. */
final class LockGuard implements Guard {
  private final ReentrantLock lock = new ReentrantLock();

  @Override
  public void lock() throws InterruptedException {
    lock.lockInterruptibly();
  }

  @Override
  public void unlock() {
    lock.unlock();
  }
}
