package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** {@code java.util.concurrent.locks}. In a racing program the two threads have a lock each. */
@SuppressWarnings({"LockNotBeforeTry", "unused", "WaitNotInLoop"})
final class Locks {
  private int state;

  private Locks() {}

  private static void increment(Lock lock, Cell cell) {
    lock.lock();
    cell.value++;
    lock.unlock();
  }

  private static void incrementBoth(Lock one, Lock two) throws Exception {
    Cell cell = new Cell();
    Pair.both(() -> increment(one, cell), () -> increment(two, cell));
  }

  static void reentrantLock(boolean ordered) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    incrementBoth(lock, ordered ? lock : new ReentrantLock());
  }

  static void fairLock(boolean ordered) throws Exception {
    ReentrantLock lock = new ReentrantLock(true);
    incrementBoth(lock, ordered ? lock : new ReentrantLock(true));
  }

  /** Given back by the inner unlock not yet. */
  static void lockedTwice(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ReentrantLock lock = new ReentrantLock();
    ReentrantLock other = ordered ? lock : new ReentrantLock();
    Pair.both(
        () -> {
          lock.lock();
          increment(lock, cell);
          cell.value++;
          lock.unlock();
        },
        () -> increment(other, cell));
  }

  static void tryLock(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ReentrantLock lock = new ReentrantLock();
    ReentrantLock other = ordered ? lock : new ReentrantLock();
    Pair.both(
        () -> increment(lock, cell),
        () -> {
          Pair.await(other::tryLock);
          cell.value++;
          other.unlock();
        });
  }

  static void tryLockForAWhile(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ReentrantLock lock = new ReentrantLock();
    ReentrantLock other = ordered ? lock : new ReentrantLock();
    Pair.both(
        () -> increment(lock, cell),
        () -> {
          Pair.await(() -> other.tryLock(10, TimeUnit.SECONDS));
          cell.value++;
          other.unlock();
        });
  }

  /** Whether a lock is held tells what its last holder did. */
  static void isLocked(boolean ordered) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    Cell cell = new Cell();
    Thread reader =
        new Thread(
            Pair.quiet(() -> {
              Pair.await(() -> !lock.isLocked());
              cell.value++;
            }));
    reader.start();
    Pair.write(ordered, cell, lock::unlock);
    reader.join();
  }

  static void condition(boolean ordered) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Condition changed = lock.newCondition();
    Locks shared = new Locks();
    Pair.pass(
        ordered,
        () -> {
          lock.lock();
          shared.state = 1;
          changed.signalAll();
          lock.unlock();
        },
        () -> {
          lock.lock();
          while (shared.state == 0) {
            changed.await();
          }
          lock.unlock();
        });
  }

  static void conditionOfAWriteLock(boolean ordered) throws Exception {
    Lock lock = new ReentrantReadWriteLock().writeLock();
    Condition changed = lock.newCondition();
    Locks shared = new Locks();
    Pair.pass(
        Thread.ofVirtual(),
        ordered,
        () -> {
          lock.lock();
          shared.state = 1;
          changed.signal();
          lock.unlock();
        },
        () -> {
          lock.lock();
          while (shared.state == 0) {
            changed.awaitNanos(1_000_000_000);
          }
          lock.unlock();
        });
  }

  static void writeLocks(boolean ordered) throws Exception {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    incrementBoth(
        lock.writeLock(), (ordered ? lock : new ReentrantReadWriteLock(true)).writeLock());
  }

  static void writeThenRead(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    Lock mine = (ordered ? lock : new ReentrantReadWriteLock()).readLock();
    Pair.both(
        () -> increment(lock.writeLock(), cell),
        () -> {
          mine.lock();
          int seen = cell.value;
          mine.unlock();
        });
  }

  /** The holders of read locks come before the next writer; and not before one another. */
  static void readLocksThenWriteLock(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    Pair.Crew reader =
        all -> {
          lock.readLock().lock();
          int seen = cell.value;
          lock.readLock().unlock();
        };
    Lock last = ordered ? lock.writeLock() : new ReentrantLock();
    Pair.all(reader, reader, all -> increment(last, cell));
  }

  /** Who holds a read lock may read with others, but not write. */
  static void writingUnderReadLock(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Lock lock = new ReentrantReadWriteLock().readLock();
    Pair.both(
        () -> {
          lock.lock();
          use(cell, ordered);
          Pair.step(1);
          Pair.awaitStep(2);
          lock.unlock();
        },
        () -> {
          Pair.awaitStep(1);
          lock.lock();
          use(cell, ordered);
          lock.unlock();
          Pair.step(2);
        });
  }

  private static void use(Cell cell, boolean read) {
    int seen = cell.value;
    if (!read) {
      cell.value++;
    }
  }

  static void downgrade(boolean ordered) throws Exception {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    Cell cell = new Cell();
    Pair.pass(
        ordered,
        () -> {
          lock.writeLock().lock();
          cell.value = 1;
          lock.readLock().lock();
          lock.writeLock().unlock();
          lock.readLock().unlock();
        },
        () ->
            Pair.await(() -> {
              lock.readLock().lock();
              int seen = cell.value;
              lock.readLock().unlock();
              return seen == 1;
            }));
  }

  static void stampedViews(boolean ordered) throws Exception {
    StampedLock lock = new StampedLock();
    incrementBoth(
        lock.asWriteLock(), (ordered ? lock : new StampedLock()).asReadWriteLock().writeLock());
  }

  static void stampedWriteThenRead(boolean ordered) throws Exception {
    Cell cell = new Cell();
    StampedLock lock = new StampedLock();
    StampedLock mine = ordered ? lock : new StampedLock();
    Pair.both(
        () -> writeStamped(lock, cell),
        () -> {
          long stamp = mine.readLock();
          int seen = cell.value;
          mine.unlockRead(stamp);
        });
  }

  private static void writeStamped(StampedLock lock, Cell cell) {
    long stamp = lock.writeLock();
    cell.value++;
    lock.unlockWrite(stamp);
  }

  static void stampedReadThenWrite(boolean ordered) throws Exception {
    Cell cell = new Cell();
    StampedLock lock = new StampedLock();
    StampedLock mine = ordered ? lock : new StampedLock();
    Pair.Crew reader =
        all -> {
          long stamp = lock.readLock();
          int seen = cell.value;
          lock.unlock(stamp);
        };
    Pair.all(reader, reader, all -> writeStamped(mine, cell));
  }

  static void optimisticRead(boolean ordered) throws Exception {
    Cell cell = new Cell();
    StampedLock lock = new StampedLock();
    Pair.both(
        () -> writeStamped(lock, cell),
        () -> {
          long stamp = ordered ? lock.tryOptimisticRead() : 0;
          int seen = cell.value;
          if (ordered && !lock.validate(stamp)) {
            stamp = lock.readLock();
            seen = cell.value;
            lock.unlockRead(stamp);
          }
        });
  }

  static void converted(boolean ordered) throws Exception {
    Cell cell = new Cell();
    StampedLock lock = new StampedLock();
    StampedLock mine = ordered ? lock : new StampedLock();
    Pair.both(
        () -> writeStamped(lock, cell),
        () -> {
          long stamp = mine.readLock();
          long write = mine.tryConvertToWriteLock(stamp); // it is the only reader
          cell.value++;
          mine.unlockRead(mine.tryConvertToReadLock(write));
        });
  }
}
