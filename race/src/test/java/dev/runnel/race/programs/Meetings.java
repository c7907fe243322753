package dev.runnel.race.programs;

import dev.runnel.ReceiveChan;
import dev.runnel.race.programs.Pair.Cell;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Once;
import dev.runnel.sync.OnceValue;
import dev.runnel.sync.SingleFlight;
import dev.runnel.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** What Runnel has for those who wait until another has done something, once or again. */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop", "unused"})
final class Meetings {
  private static final Duration LONG = Duration.ofMinutes(1);

  private Meetings() {}

  /** A signal is told to whom it wakes, who holds another mutex than the one that signals. */
  private static void cond(boolean ordered, Pair.Step await, Pair.Step signal) throws Exception {
    Cell cell = new Cell();
    Thread waiter =
        Thread.startVirtualThread(
            Pair.quiet(() -> {
              await.run();
              cell.value++;
            }));
    Pair.await(() -> waiter.getState() == Thread.State.WAITING || timed(waiter));
    Pair.write(ordered, cell, signal);
    waiter.join();
  }

  private static boolean timed(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  static void condSignal(boolean ordered) throws Exception {
    Mutex mutex = new Mutex();
    Cond cond = Cond.of(mutex);
    cond(
        ordered,
        () -> {
          mutex.lock();
          cond.await();
        },
        cond::signal);
  }

  static void condBroadcast(boolean ordered) throws Exception {
    Mutex mutex = new Mutex();
    Cond cond = Cond.of(mutex);
    cond(
        ordered,
        () -> {
          mutex.lock();
          cond.await(LONG);
        },
        cond::broadcast);
  }

  /** Who signals under the mutex goes on to what the waiter sees only if it holds it still. */
  static void condition(boolean ordered) throws Exception {
    Lock lock = new Mutex().asLock();
    Condition changed = lock.newCondition();
    Cell cell = new Cell();
    Pair.all(
        all -> {
          lock.lock();
          changed.await();
          cell.value++;
          lock.unlock();
        },
        all -> {
          Pair.awaitAsleep(all[0]);
          lock.lock();
          changed.signalAll();
          Pair.write(ordered, cell, lock::unlock);
        });
  }

  /** What a waiter did before it let go of the mutex. */
  static void condReleases(boolean ordered) throws Exception {
    Mutex mutex = new Mutex();
    Cond cond = Cond.of(mutex);
    Cell cell = new Cell();
    Pair.all(
        all -> {
          mutex.lock();
          cell.value = 1;
          cond.await();
          mutex.unlock();
        },
        all -> {
          Pair.awaitAsleep(all[0]);
          if (ordered) {
            mutex.lock();
            mutex.unlock();
          }
          cell.value++;
          cond.signal();
        });
  }

  static void onceThatWaits(boolean ordered) throws Exception {
    Once once = new Once();
    Cell cell = new Cell();
    Pair.all(
        all ->
            once.run(() -> {
              Pair.step(1);
              Pair.awaitAsleep(all[1]);
              if (ordered) {
                cell.value = 1;
              }
              Pair.step(2);
            }),
        all -> {
          Pair.awaitStep(1);
          once.run(() -> {});
          int seen = cell.value;
        },
        all -> {
          Pair.awaitStep(2);
          if (!ordered) {
            cell.value = 1;
          }
        });
  }

  /** What the one who makes it did comes before, not what another did meanwhile. */
  static void onceValue(boolean ordered) throws Exception {
    OnceValue<Cell> once = OnceValue.of(Cell::new);
    Pair.inTurn(
        () -> {
          Cell cell = once.get();
          if (!ordered) {
            cell.value = 1;
          }
        },
        () -> {
          Cell cell = once.get();
          int seen = cell.value;
        });
  }

  static void onceValueMade(boolean ordered) throws Exception {
    Cell cell = new Cell();
    OnceValue<Integer> once = OnceValue.of(() -> ++cell.value);
    Pair.inTurn(
        once::get,
        () -> {
          if (ordered) {
            once.get();
          }
          cell.value++;
        });
  }

  static void singleFlight(boolean ordered) throws Exception {
    SingleFlight<String, Cell> flights = new SingleFlight<>();
    Pair.all(
        all -> {
          Cell cell =
              flights.run(
                  "a",
                  () -> {
                    Pair.step(1);
                    Pair.awaitAsleep(all[1]);
                    return new Cell();
                  });
          if (!ordered) {
            cell.value = 1;
          }
        },
        all -> {
          Pair.awaitStep(1);
          Cell cell = flights.run("a", Cell::new);
          int seen = cell.value;
        });
  }

  static void singleFlightStarted(boolean ordered) throws Exception {
    Cell cell = new Cell();
    SingleFlight<String, Integer> flights = new SingleFlight<>();
    Future<Integer> future = flights.start("a", Pair.value(() -> Pair.increment(cell), 1));
    Pair.incrementAfter(ordered, cell, future::get);
  }

  static void singleFlightByChannel(boolean ordered) throws Exception {
    Cell cell = new Cell();
    SingleFlight<String, Integer> flights = new SingleFlight<>();
    cell.value = 1;
    ReceiveChan<Integer> result = flights.startChan("a", Pair.value(() -> Pair.increment(cell), 1));
    Pair.incrementAfter(ordered, cell, result::receive);
  }

  static void waitGroupWithTimeout(boolean ordered) throws Exception {
    WaitGroup group = new WaitGroup();
    group.add(1);
    Pair.pass(ordered, group::done, () -> group.await(LONG));
  }

  static void waitGroupGo(boolean ordered) throws Exception {
    Cell cell = new Cell();
    WaitGroup group = new WaitGroup();
    var goroutine = group.go(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, group::await);
    goroutine.join();
  }

  /** Of two rounds the first has ended before the second begins. */
  static void waitGroupAgain(boolean ordered) throws Exception {
    Cell cell = new Cell();
    WaitGroup group = new WaitGroup();
    group.go(() -> cell.value++);
    group.await();
    var goroutine = group.go(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, group::await);
    goroutine.join();
  }
}
