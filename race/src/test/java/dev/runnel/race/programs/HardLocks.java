package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** What detectors, and programmers, are known to get wrong: locks, and waits that may end early. */
@SuppressWarnings({"LockNotBeforeTry", "unused"})
final class HardLocks {
  private HardLocks() {}

  /** A lock of the program's own making, and one that is given back with too little. */
  static void spinLock(boolean ordered) throws Exception {
    AtomicBoolean locked = new AtomicBoolean();
    Cell cell = new Cell();
    Pair.Step use =
        () -> {
          Pair.await(() -> locked.compareAndSet(false, true));
          cell.value++;
          if (ordered) {
            locked.setRelease(false);
          } else {
            locked.setOpaque(false);
          }
        };
    Pair.inTurn(use, use);
  }

  private static final class Peterson {
    private volatile boolean wantsFirst;
    private volatile boolean wantsSecond;
    private volatile boolean firstWaits;

    void first(Pair.Step body) throws Exception {
      wantsFirst = true;
      firstWaits = true;
      Pair.await(() -> !wantsSecond || !firstWaits);
      body.run();
      wantsFirst = false;
    }

    void second(boolean patient, Pair.Step body) throws Exception {
      wantsSecond = true;
      firstWaits = false;
      if (patient) {
        Pair.await(() -> !wantsFirst || firstWaits);
      }
      body.run();
      wantsSecond = false;
    }
  }

  /** Mutual exclusion by volatile fields alone. */
  static void petersonsLock(boolean ordered) throws Exception {
    Peterson peterson = new Peterson();
    Cell cell = new Cell();
    Pair.both(
        () ->
            peterson.first(() -> {
              cell.value++;
              Pair.step(1);
              Pair.awaitStep(ordered ? 1 : 2);
            }),
        () -> {
          Pair.awaitStep(1);
          peterson.second(ordered, () -> cell.value++);
          Pair.step(2);
        });
  }

  /** Who waits no longer has learnt nothing. */
  static void joinThatTimesOut(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread =
        new Thread(() -> {
          cell.value++;
          Pair.step(1);
          Pair.awaitStep(ordered ? 1 : 2);
        });
    thread.start();
    Pair.awaitStep(1);
    thread.join(ordered ? 0 : 1);
    cell.value++;
    Pair.step(2);
    thread.join();
  }

  static void latchThatTimesOut(boolean ordered) throws Exception {
    CountDownLatch latch = new CountDownLatch(ordered ? 1 : 2);
    Cell cell = new Cell();
    Pair.inTurn(
        () -> {
          cell.value++;
          if (ordered) {
            latch.countDown();
          }
        },
        () -> {
          latch.await(1, TimeUnit.MILLISECONDS);
          cell.value++;
        });
  }

  /** Who did not get the lock does not hold it. */
  static void failedTryLock(boolean ordered) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Cell cell = new Cell();
    Pair.both(
        () -> {
          lock.lock();
          cell.value++;
          Pair.step(1);
          Pair.awaitStep(ordered ? 1 : 2);
          lock.unlock();
        },
        () -> {
          Pair.awaitStep(1);
          boolean got = lock.tryLock();
          if (!got && ordered) {
            lock.lock();
          }
          cell.value++;
          Pair.step(2);
          if (got || ordered) {
            lock.unlock();
          }
        });
  }

  /** A lock that is made anew protects nothing. */
  static void lockOnWhatChanges(boolean ordered) throws Exception {
    Object[] boxes = {new Object(), new Object()};
    int[] count = new int[1];
    Pair.inTurn(
        () -> {
          synchronized (boxes[0]) {
            count[0]++;
          }
        },
        () -> {
          synchronized (boxes[ordered ? 0 : 1]) {
            count[0]++;
          }
        });
  }

  /** From node to node, with the next lock taken before the last is given back. */
  static void handOverHand(boolean ordered) throws Exception {
    ReentrantLock[] locks = {new ReentrantLock(), new ReentrantLock(), new ReentrantLock()};
    Cell[] cells = {new Cell(), new Cell(), new Cell()};
    Pair.Step walk =
        () -> {
          locks[0].lock();
          cells[0].value++;
          for (int i = 1; i < locks.length; i++) {
            locks[i].lock();
            locks[i - 1].unlock();
            cells[ordered ? i : i - 1].value++;
          }
          locks[2].unlock();
        };
    Pair.both(walk, walk);
  }
}
