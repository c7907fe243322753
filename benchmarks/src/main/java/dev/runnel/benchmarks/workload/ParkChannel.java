package dev.runnel.benchmarks.workload;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A channel in the plainest way: a lock, a buffer, two queues of waiters, direct hand-over. Whoever
 * has to wait parks at once, and is woken after the lock has been given back.
 */
@SuppressWarnings("LockNotBeforeTry") // given back in the middle, before somebody is woken
final class ParkChannel {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Integer> buffer = new ArrayDeque<>();
  private final Queue<Waiter> senders = new ArrayDeque<>();
  private final Queue<Waiter> receivers = new ArrayDeque<>();

  /** One that waits, with what it sends or has received. */
  private static final class Waiter {
    private final Thread thread = Thread.currentThread();
    private @Nullable Integer value;
    private volatile boolean served;

    private Waiter(@Nullable Integer value) {
      this.value = value;
    }

    private void await() {
      while (!served) {
        LockSupport.park(this);
      }
    }

    private void serve() {
      served = true;
      LockSupport.unpark(thread);
    }

    private Integer value() {
      Integer there = value;
      if (there == null) {
        throw new IllegalStateException("served without a value");
      }
      return there;
    }
  }

  ParkChannel(int capacity) {
    this.capacity = capacity;
  }

  /** Sends. */
  void send(Integer value) {
    lock.lock();
    Waiter receiver = receivers.poll();
    if (receiver != null) {
      receiver.value = value;
      lock.unlock();
      receiver.serve();
      return;
    }
    if (buffer.size() < capacity) {
      buffer.add(value);
      lock.unlock();
      return;
    }
    Waiter self = new Waiter(value);
    senders.add(self);
    lock.unlock();
    self.await();
  }

  /** Receives. */
  Integer receive() {
    lock.lock();
    Integer value = buffer.poll();
    Waiter sender = senders.poll();
    if (sender != null) {
      if (value == null) {
        value = sender.value();
      } else {
        buffer.add(sender.value());
      }
      lock.unlock();
      sender.serve();
      return value;
    }
    if (value != null) {
      lock.unlock();
      return value;
    }
    Waiter self = new Waiter(null);
    receivers.add(self);
    lock.unlock();
    self.await();
    return self.value();
  }
}
