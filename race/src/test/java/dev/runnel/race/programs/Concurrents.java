package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.StampedLock;

/** Synchronisers of {@code java.util.concurrent} in rarer uses, and a program's own. */
@SuppressWarnings({"unused", "LockNotBeforeTry", "WaitNotInLoop"})
final class Concurrents {
  private Concurrents() {}

  /** A gate of the program's own: opened once, for all. */
  private static final class Gate extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1;

    @Override
    protected int tryAcquireShared(int ignored) {
      return getState() == 0 ? -1 : 1;
    }

    @Override
    protected boolean tryReleaseShared(int ignored) {
      setState(1);
      return true;
    }
  }

  /** A lock of the program's own. */
  private static final class Own extends AbstractQueuedLongSynchronizer {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean tryAcquire(long ignored) {
      return compareAndSetState(0, 1L << 40);
    }

    @Override
    protected boolean tryRelease(long ignored) {
      setState(0);
      return true;
    }

    @Override
    protected boolean isHeldExclusively() {
      return getState() != 0;
    }
  }

  static void ownGate(boolean ordered) throws Exception {
    Gate gate = new Gate();
    Pair.pass(ordered, () -> gate.releaseShared(1), () -> gate.acquireShared(1));
  }

  static void ownGateWithTimeout(boolean ordered) throws Exception {
    Gate gate = new Gate();
    Pair.pass(
        Thread.ofVirtual(),
        ordered,
        () -> gate.releaseShared(1),
        () -> gate.tryAcquireSharedNanos(1, TimeUnit.MINUTES.toNanos(1)));
  }

  static void ownLock(boolean ordered) throws Exception {
    Own lock = new Own();
    Own other = ordered ? lock : new Own();
    Cell cell = new Cell();
    Pair.both(() -> increment(lock, cell), () -> increment(other, cell));
  }

  private static void increment(Own lock, Cell cell) {
    lock.acquire(1);
    cell.value++;
    lock.release(1);
  }

  static void ownCondition(boolean ordered) throws Exception {
    Own lock = new Own();
    var changed = lock.new ConditionObject();
    Cell cell = new Cell();
    Pair.all(
        all -> {
          lock.acquire(1);
          changed.awaitUninterruptibly();
          cell.value++;
          lock.release(1);
        },
        all -> {
          Pair.awaitAsleep(all[0]);
          lock.acquire(1);
          changed.signal();
          Pair.write(ordered, cell, () -> lock.release(1));
        });
  }

  static void longArray(boolean ordered) throws Exception {
    AtomicLongArray a = new AtomicLongArray(4);
    Pair.pass(ordered, () -> a.addAndGet(2, 5), () -> Pair.await(() -> a.get(2) == 5));
  }

  static void longArrayModes(boolean ordered) throws Exception {
    AtomicLongArray a = new AtomicLongArray(4);
    Cell cell = new Cell();
    Pair.inTurn(
        () -> {
          cell.value = 1;
          if (ordered) {
            a.setRelease(2, 5);
          } else {
            a.setOpaque(2, 5);
          }
        },
        () -> {
          Pair.await(() -> a.getAcquire(2) == 5);
          cell.value++;
        });
  }

  static void referenceArrayExchange(boolean ordered) throws Exception {
    AtomicReferenceArray<String> a = new AtomicReferenceArray<>(new String[] {"a", "b"});
    Cell cell = new Cell();
    Pair.inTurn(
        () -> {
          cell.value = 1;
          a.compareAndExchangeRelease(1, "b", "c");
        },
        () -> {
          Pair.await(() -> a.getOpaque(1).equals("c"));
          String seen = a.compareAndExchangeAcquire(ordered ? 1 : 0, "x", "y");
          cell.value++;
        });
  }

  static void optimisticWrite(boolean ordered) throws Exception {
    Cell cell = new Cell();
    StampedLock lock = new StampedLock();
    StampedLock mine = ordered ? lock : new StampedLock();
    Pair.inTurn(
        () -> {
          long stamp = lock.tryConvertToWriteLock(lock.tryOptimisticRead());
          cell.value++;
          lock.unlockWrite(stamp);
        },
        () -> {
          long stamp = mine.tryConvertToWriteLock(mine.tryOptimisticRead());
          cell.value++;
          mine.unlock(stamp);
        });
  }

  /** Who gives a write lock up for an optimistic stamp has released it. */
  static void convertedToOptimistic(boolean ordered) throws Exception {
    Cell cell = new Cell();
    StampedLock lock = new StampedLock();
    Pair.pass(
        ordered,
        () -> {
          long stamp = lock.writeLock();
          Pair.step(1);
          long optimistic = lock.tryConvertToOptimisticRead(stamp);
        },
        () -> {
          Pair.awaitStep(1);
          lock.unlockRead(lock.readLock());
        });
  }

  static void stampedTried(boolean ordered) throws Exception {
    StampedLock lock = new StampedLock();
    long held = lock.writeLock();
    Pair.pass(
        ordered, () -> lock.unlockWrite(held), () -> Pair.await(() -> lock.tryReadLock() != 0));
  }

  static void stampedIsLocked(boolean ordered) throws Exception {
    StampedLock lock = new StampedLock();
    long held = lock.writeLock();
    Pair.pass(ordered, () -> lock.unlockWrite(held), () -> Pair.await(() -> !lock.isWriteLocked()));
  }

  /** Given back by another thread than the one that has it. */
  static void permitOfAnother(boolean ordered) throws Exception {
    Semaphore semaphore = new Semaphore(1);
    semaphore.acquire();
    Pair.pass(ordered, semaphore::release, semaphore::acquireUninterruptibly);
  }

  static void drainPermits(boolean ordered) throws Exception {
    Semaphore semaphore = new Semaphore(0);
    Pair.pass(
        ordered, () -> semaphore.release(3), () -> Pair.await(() -> semaphore.drainPermits() == 3));
  }

  static void availablePermits(boolean ordered) throws Exception {
    Semaphore semaphore = new Semaphore(0);
    Pair.pass(
        ordered, semaphore::release, () -> Pair.await(() -> semaphore.availablePermits() == 1));
  }

  /** Who breaks a barrier tells those who wait at it. */
  static void barrierReset(boolean ordered) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    broken(
        ordered,
        barrier,
        () -> {
          Pair.await(() -> barrier.getNumberWaiting() == 1);
          barrier.reset();
        });
  }

  static void barrierTimedOut(boolean ordered) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(3);
    broken(
        ordered,
        barrier,
        () -> {
          Pair.await(() -> barrier.getNumberWaiting() == 1);
          try {
            barrier.await(1, TimeUnit.NANOSECONDS);
          } catch (TimeoutException e) {
            Pair.step(1);
          }
        });
  }

  private static void broken(boolean ordered, CyclicBarrier barrier, Pair.Step breaks)
      throws Exception {
    Pair.pass(
        ordered,
        breaks,
        () -> {
          try {
            barrier.await();
          } catch (BrokenBarrierException e) {
            Pair.step(2);
          }
        });
  }

  static void isBroken(boolean ordered) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    Pair.pass(
        ordered,
        () -> {
          Thread.currentThread().interrupt();
          try {
            barrier.await();
          } catch (InterruptedException e) {
            Pair.step(1);
          }
        },
        () -> Pair.await(barrier::isBroken));
  }

  static void phaserTerminated(boolean ordered) throws Exception {
    Phaser phaser = new Phaser(2);
    Pair.pass(ordered, phaser::forceTermination, () -> phaser.awaitAdvance(0));
  }

  static void phaserPhase(boolean ordered) throws Exception {
    Phaser phaser = new Phaser(1);
    Pair.pass(ordered, phaser::arrive, () -> Pair.await(() -> phaser.getPhase() == 1));
  }
}
