package dev.runnel.pattern;

import dev.runnel.SendChan;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Sends results in the order of their jobs, in whatever order they come, and holds back no more
 * than a given number.
 *
 * <p>A ring has a place for each job that is under way. A job is taken only when there is room,
 * that is, when the oldest one that has not been sent is less than the ring's length behind.
 * Whoever brings the result that is to be sent next sends it, and with it all that follow and are
 * there; the others only leave theirs. Nobody holds the lock while sending.
 *
 * @param <R> the type of the results
 */
final class InOrder<R> {
  private static final Object NOTHING = new Object();

  private final SendChan<R> out;
  private final Semaphore room;
  private final Mutex lock = new Mutex();
  private final @Nullable Object[] ring;

  /** The place of the result that is to be sent next. */
  private long next;

  /** Whether somebody is sending. */
  private boolean sending;

  InOrder(int most, SendChan<R> out) {
    this.out = out;
    this.room = Semaphore.of(most);
    this.ring = new @Nullable Object[most];
  }

  /** Waits until one more job may be taken. */
  void awaitRoom() throws InterruptedException {
    room.acquire();
  }

  /** No job was taken after all. */
  void giveBackRoom() {
    room.release();
  }

  /** Brings the result of a job; null if it has none. */
  void settle(long place, @Nullable R result) throws InterruptedException {
    lock.lock();
    try {
      ring[(int) (place % ring.length)] = result == null ? NOTHING : result;
      if (sending) {
        return;
      }
      sending = true;
    } finally {
      lock.unlock();
    }
    for (Object ready; (ready = takeNext()) != null; ) {
      if (ready != NOTHING) {
        send(ready);
      }
      room.release();
    }
  }

  /** The next result, if it is there; otherwise this no longer is who sends. */
  private @Nullable Object takeNext() throws InterruptedException {
    lock.lock();
    try {
      int index = (int) (next % ring.length);
      Object ready = ring[index];
      if (ready == null) {
        sending = false;
      } else {
        ring[index] = null;
        next++;
      }
      return ready;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("unchecked") // what is no NOTHING came in as an R
  private void send(Object result) throws InterruptedException {
    out.send((R) result);
  }
}
