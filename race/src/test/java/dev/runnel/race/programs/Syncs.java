package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import java.time.Duration;
import java.util.concurrent.locks.Lock;

/**
 * {@code dev.runnel.sync}. In a racing program the two threads have one each, or miss each other.
 */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop", "unused", "FutureReturnValueIgnored"})
final class Syncs {
  private static final Duration LONG = Duration.ofMinutes(1);

  private Syncs() {}

  private static void increment(Lock lock, Cell cell) {
    lock.lock();
    cell.value++;
    lock.unlock();
  }

  static void mutexAsLock(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Mutex mutex = new Mutex();
    Mutex other = ordered ? mutex : new Mutex();
    Pair.both(() -> increment(mutex.asLock(), cell), () -> increment(other.asLock(), cell));
  }

  static void mutexTried(boolean ordered) throws Exception {
    Mutex mutex = new Mutex();
    mutex.lock();
    Pair.pass(ordered, mutex::unlock, () -> Pair.await(mutex::tryLock));
  }

  /** Handed to who waits for it. */
  static void mutexHandedOver(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Mutex mutex = new Mutex();
    mutex.lock();
    Thread reader =
        Thread.startVirtualThread(
            Pair.quiet(() -> {
              mutex.lock();
              cell.value++;
            }));
    Pair.awaitAsleep(reader);
    Pair.write(ordered, cell, mutex::unlock);
    reader.join();
  }

  static void mutexWithTimeout(boolean ordered) throws Exception {
    Mutex mutex = new Mutex();
    mutex.lock();
    Pair.pass(ordered, mutex::unlock, () -> mutex.tryLock(LONG));
  }

  /** Who has not got it has been told nothing. */
  static void mutexNotGot(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Mutex mutex = new Mutex();
    Pair.all(
        all -> {
          mutex.lock();
          cell.value = 1;
          if (ordered) {
            mutex.unlock();
          }
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          boolean got = mutex.tryLock();
          cell.value++;
        });
  }

  private static void writeThenRead(RWMutex one, RWMutex two) throws Exception {
    Cell cell = new Cell();
    Pair.both(
        () -> {
          try (var _ = one.hold()) {
            cell.value++;
          }
        },
        () -> {
          try (var _ = two.readHold()) {
            int seen = cell.value;
          }
        });
  }

  static void writers(boolean ordered) throws Exception {
    Cell cell = new Cell();
    RWMutex mutex = new RWMutex();
    Lock one = mutex.asReadWriteLock().writeLock();
    Lock two = (ordered ? mutex : new RWMutex()).asReadWriteLock().writeLock();
    Pair.both(() -> increment(one, cell), () -> increment(two, cell));
  }

  static void writerThenReader(boolean ordered) throws Exception {
    RWMutex mutex = new RWMutex();
    writeThenRead(mutex, ordered ? mutex : new RWMutex());
  }

  /** All who read come before the next who writes. */
  static void readersThenWriter(boolean ordered) throws Exception {
    Cell cell = new Cell();
    RWMutex mutex = new RWMutex();
    Pair.Crew reader =
        all -> {
          mutex.readLock();
          int seen = cell.value;
          Pair.step(1);
          mutex.readUnlock();
        };
    Lock last = ordered ? mutex.asReadWriteLock().writeLock() : new Mutex().asLock();
    Pair.all(reader, reader, all -> increment(last, cell));
  }

  /** Those who hold it for reading at the same time are not ordered. */
  static void readersAlike(boolean ordered) throws Exception {
    Cell cell = new Cell();
    RWMutex mutex = new RWMutex();
    Pair.all(
        all -> {
          mutex.readLock();
          use(cell, ordered);
          Pair.step(1);
          Pair.awaitStep(2);
          mutex.readUnlock();
        },
        all -> {
          Pair.awaitStep(1);
          mutex.readLock();
          use(cell, ordered);
          mutex.readUnlock();
          Pair.step(2);
        });
  }

  private static void use(Cell cell, boolean read) {
    int seen = cell.value;
    if (!read) {
      cell.value++;
    }
  }

  static void readerTried(boolean ordered) throws Exception {
    RWMutex mutex = new RWMutex();
    mutex.lock();
    Pair.pass(ordered, mutex::unlock, () -> Pair.await(mutex::tryReadLock));
  }

  static void readerThatWaits(boolean ordered) throws Exception {
    Cell cell = new Cell();
    RWMutex mutex = new RWMutex();
    mutex.lock();
    Thread reader =
        Thread.startVirtualThread(
            Pair.quiet(() -> {
              mutex.readLock();
              int seen = cell.value;
              mutex.readUnlock();
            }));
    Pair.awaitAsleep(reader);
    Pair.write(ordered, cell, mutex::unlock);
    reader.join();
  }

  static void writerThatWaits(boolean ordered) throws Exception {
    Cell cell = new Cell();
    RWMutex mutex = new RWMutex();
    mutex.readLock();
    int seen = cell.value;
    Thread writer =
        Thread.startVirtualThread(
            Pair.quiet(() -> {
              mutex.lock();
              cell.value++;
              mutex.unlock();
            }));
    Pair.awaitAsleep(writer);
    Pair.write(ordered, cell, mutex::readUnlock);
    writer.join();
  }

  static void manyPermits(boolean ordered) throws Exception {
    Semaphore semaphore = Semaphore.of(3);
    semaphore.acquire(3);
    Pair.pass(Thread.ofVirtual(), ordered, () -> semaphore.release(2), () -> semaphore.acquire(2));
  }

  static void permitTried(boolean ordered) throws Exception {
    Semaphore semaphore = Semaphore.of(1);
    semaphore.acquire();
    Pair.pass(ordered, semaphore::release, () -> Pair.await(semaphore::tryAcquire));
  }

  /** Two hold a permit at the same time. */
  static void permitEach(boolean ordered) throws Exception {
    Semaphore semaphore = Semaphore.of(ordered ? 1 : 2);
    Cell cell = new Cell();
    Pair.all(
        all -> {
          try (var _ = semaphore.hold()) {
            cell.value++;
            Pair.step(1);
            if (!ordered) {
              Pair.awaitStep(2);
            }
          }
        },
        all -> {
          Pair.awaitStep(1);
          try (var _ = semaphore.hold()) {
            cell.value++;
            Pair.step(2);
          }
        });
  }

  /** A permit that one waits for comes from who gives it back. */
  static void permitHandedOver(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Semaphore semaphore = Semaphore.of(1);
    semaphore.acquire();
    Thread reader =
        Thread.startVirtualThread(
            Pair.quiet(() -> {
              semaphore.acquire();
              cell.value++;
            }));
    Pair.awaitAsleep(reader);
    Pair.write(ordered, cell, semaphore::release);
    reader.join();
  }
}
