package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.sync.Mutex;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Lock;

/**
 * Lets so many goroutines at a time go on, in the order in which turns were asked for. Whoever
 * starts them asks for each of them, so that they go on in the order of their values, whichever is
 * scheduled first. Who waits for what is done with an earlier value so never keeps that one from
 * being begun.
 *
 * <p>A goroutine that is cancelled while it waits takes its turn with it: then all are.
 */
final class Turns {
  private final Lock lock = new Mutex().asLock();
  private final Queue<Chan<Void>> waiting = new ArrayDeque<>();
  private int free;

  /** So many at a time. */
  Turns(int most) {
    free = most;
  }

  /** Asks for a turn: a channel that closes when it comes. */
  Chan<Void> ask() {
    Chan<Void> turn = Chan.unbuffered();
    lock.lock();
    try {
      if (free == 0) {
        waiting.add(turn);
        return turn;
      }
      free--;
    } finally {
      lock.unlock();
    }
    turn.close();
    return turn;
  }

  /** Ends a turn. */
  void end() {
    Chan<Void> next;
    lock.lock();
    try {
      next = waiting.poll();
      if (next == null) {
        free++;
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.close();
    }
  }
}
