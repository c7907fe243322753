package dev.runnel.benchmarks.workload;

import dev.runnel.benchmarks.workload.ParkWait.Place;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A channel in the plainest way: a lock, a buffer, two queues of waiters, direct hand-over. Whoever
 * has to wait parks at once, and is woken after the lock has been given back.
 */
@SuppressWarnings("LockNotBeforeTry") // given back in the middle, before somebody is woken
final class ParkChannel {
  private static final AtomicLong COUNT = new AtomicLong();

  private final long number = COUNT.incrementAndGet();
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Integer> buffer = new ArrayDeque<>();
  private final Queue<Place> senders = new ArrayDeque<>();
  private final Queue<Place> receivers = new ArrayDeque<>();

  ParkChannel(int capacity) {
    this.capacity = capacity;
  }

  /** Sends. */
  void send(Integer value) {
    lock.lock();
    Place receiver = next(receivers);
    if (receiver != null || buffer.size() < capacity) {
      give(receiver, value);
      return;
    }
    ParkWait wait = new ParkWait();
    senders.add(wait.place(value));
    lock.unlock();
    var _ = wait.await();
  }

  /** Sends if that is possible at once. */
  boolean trySend(Integer value) {
    lock.lock();
    Place receiver = next(receivers);
    if (receiver != null || buffer.size() < capacity) {
      give(receiver, value);
      return true;
    }
    lock.unlock();
    return false;
  }

  /** Receives. */
  Integer receive() {
    lock.lock();
    Place sender = next(senders);
    Integer value = buffer.poll();
    if (sender != null || value != null) {
      return take(sender, value);
    }
    ParkWait wait = new ParkWait();
    receivers.add(wait.place(null));
    lock.unlock();
    return wait.await().value();
  }

  /** Receives if that is possible at once; null if not. */
  @Nullable Integer tryReceive() {
    lock.lock();
    Place sender = next(senders);
    Integer value = buffer.poll();
    if (sender != null || value != null) {
      return take(sender, value);
    }
    lock.unlock();
    return null;
  }

  private static @Nullable Place next(Queue<Place> waiting) {
    Place place = waiting.poll();
    while (place != null && !place.claim()) {
      place = waiting.poll();
    }
    return place;
  }

  /** Hands over to a receiver, or puts into the buffer, and gives back the lock. */
  private void give(@Nullable Place receiver, Integer value) {
    if (receiver == null) {
      buffer.add(value);
      lock.unlock();
    } else {
      receiver.put(value);
      lock.unlock();
      receiver.serve();
    }
  }

  /** Takes what was in the buffer, or from a sender, and gives back the lock. */
  private Integer take(@Nullable Place sender, @Nullable Integer buffered) {
    Integer taken = buffered;
    if (sender != null) {
      if (taken == null) {
        taken = sender.value();
      } else {
        buffer.add(sender.value());
      }
    }
    lock.unlock();
    if (sender != null) {
      sender.serve();
    }
    if (taken == null) {
      throw new IllegalStateException("taken from nowhere");
    }
    return taken;
  }

  /** The order in which a select takes the locks of its channels. */
  long number() {
    return number;
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Joins the queue. The lock is held. */
  void enter(Place place, boolean sends) {
    (sends ? senders : receivers).add(place);
  }

  /** Leaves it, if it is still there. The lock is held. */
  void leave(Place place, boolean sends) {
    var _ = (sends ? senders : receivers).remove(place);
  }
}
