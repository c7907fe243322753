package dev.runnel.race.programs;

import dev.runnel.race.RaceIgnore;
import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Parking and the states of threads, where no variable orders anything. As a thread may be unparked
 * for no reason, it parks twice, and knows in a way that orders nothing that a permit is there.
 */
final class Parking {
  private Parking() {}

  /** Parks, in one way or another, for longer than any program runs. */
  private interface Sleep {
    void sleep();
  }

  private static long inAMinute() {
    return System.currentTimeMillis() + 60_000;
  }

  @RaceIgnore
  private static void awaitParked(Thread thread) throws Exception {
    Pair.await(() ->
        switch (thread.getState()) {
          case WAITING, TIMED_WAITING -> true;
          default -> false;
        });
  }

  /** The permit is there before the thread parks. */
  private static void permit(boolean ordered, Thread.Builder threads, Sleep sleep)
      throws Exception {
    Cell cell = new Cell();
    Thread sleeper =
        threads.start(
            Pair.quiet(() -> {
              Pair.awaitStep(1);
              sleep.sleep();
              Pair.awaitStep(2);
              cell.value++;
            }));
    Pair.write(ordered, cell, () -> LockSupport.unpark(sleeper));
    Pair.step(1);
    Pair.step(2);
    sleeper.join();
  }

  /** The thread is parked when it is unparked. */
  private static void wake(boolean ordered, Thread.Builder threads, Sleep sleep) throws Exception {
    Cell cell = new Cell();
    Thread sleeper =
        threads.start(
            Pair.quiet(() -> {
              sleep.sleep();
              Pair.step(1);
              sleep.sleep();
              Pair.awaitStep(2);
              cell.value++;
            }));
    awaitParked(sleeper);
    Pair.write(
        ordered,
        cell,
        () -> {
          LockSupport.unpark(sleeper);
          Pair.awaitStep(1); // or both would be one permit
          LockSupport.unpark(sleeper);
        });
    Pair.step(2);
    sleeper.join();
  }

  static void park(boolean ordered) throws Exception {
    wake(ordered, Thread.ofPlatform(), LockSupport::park);
  }

  static void parkNanos(boolean ordered) throws Exception {
    wake(ordered, Thread.ofPlatform(), () -> LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1)));
  }

  static void parkUntil(boolean ordered) throws Exception {
    wake(ordered, Thread.ofPlatform(), () -> LockSupport.parkUntil(inAMinute()));
  }

  static void parkWithBlocker(boolean ordered) throws Exception {
    wake(ordered, Thread.ofPlatform(), () -> LockSupport.park("a blocker"));
  }

  static void parkVirtual(boolean ordered) throws Exception {
    wake(ordered, Thread.ofVirtual(), LockSupport::park);
  }

  static void parkNanosVirtual(boolean ordered) throws Exception {
    wake(ordered, Thread.ofVirtual(), () -> LockSupport.parkNanos("b", 60_000_000_000L));
  }

  static void parkUntilVirtual(boolean ordered) throws Exception {
    wake(ordered, Thread.ofVirtual(), () -> LockSupport.parkUntil("a blocker", inAMinute()));
  }

  static void permitForPark(boolean ordered) throws Exception {
    permit(ordered, Thread.ofPlatform(), LockSupport::park);
  }

  static void permitForParkNanos(boolean ordered) throws Exception {
    permit(ordered, Thread.ofPlatform(), () -> LockSupport.parkNanos("b", 60_000_000_000L));
  }

  static void permitForParkUntil(boolean ordered) throws Exception {
    permit(ordered, Thread.ofVirtual(), () -> LockSupport.parkUntil(inAMinute()));
  }

  static void permitForVirtual(boolean ordered) throws Exception {
    permit(ordered, Thread.ofVirtual(), LockSupport::park);
  }

  /** A virtual thread holds its carrier while it is in a monitor, at most. */
  static void parkInMonitor(boolean ordered) throws Exception {
    Object monitor = new Object();
    wake(
        ordered,
        Thread.ofVirtual(),
        () -> {
          synchronized (monitor) {
            LockSupport.park();
          }
        });
  }

  /** Who unparks another one tells this one nothing, though his time is over then. */
  static void unparkOfAnother(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Pair.all(
        all -> {
          Pair.awaitStep(1);
          LockSupport.parkNanos(1_000_000);
          cell.value++;
        },
        all -> {
          cell.value = 1;
          LockSupport.unpark(all[ordered ? 0 : 2]);
          Pair.step(1);
        },
        all -> Pair.awaitStep(1));
  }

  /** That a thread is parked tells nothing of it. */
  static void seenParked(boolean ordered) throws Exception {
    seen(ordered, thread -> true);
  }

  /** Nor does on what it is parked. */
  static void seenBlocker(boolean ordered) throws Exception {
    seen(ordered, thread -> "a blocker".equals(LockSupport.getBlocker(thread)));
  }

  private static void seen(boolean ordered, Predicate<Thread> looks) throws Exception {
    Cell cell = new Cell();
    Pair.all(
        all -> {
          if (ordered) {
            synchronized (cell) {
              cell.value = 1;
            }
          } else {
            cell.value = 1;
          }
          LockSupport.park("a blocker");
          Pair.awaitStep(1); // unparked, if not before
        },
        all -> {
          awaitParked(all[0]);
          Pair.await(() -> looks.test(all[0]));
          synchronized (cell) {
            cell.value++;
          }
          LockSupport.unpark(all[0]);
          Pair.step(1);
        });
  }

  /** A thread is looked at when it has ended; or while it still runs. */
  private static void state(boolean ordered, Thread.Builder threads) throws Exception {
    Cell cell = new Cell();
    Thread thread =
        threads.start(() -> {
          cell.value++;
          Pair.step(1);
          if (!ordered) {
            Pair.awaitStep(2);
          }
        });
    Pair.awaitStep(1);
    Pair.await(() -> thread.getState() == Thread.State.TERMINATED || !ordered);
    cell.value++;
    Pair.step(2);
    thread.join();
  }

  static void terminated(boolean ordered) throws Exception {
    state(ordered, Thread.ofPlatform());
  }

  static void terminatedVirtual(boolean ordered) throws Exception {
    state(ordered, Thread.ofVirtual());
  }

  /** That it is alive says nothing of what it does. */
  static void stillAlive(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread =
        new Thread(() -> {
          cell.value++;
          Pair.step(1);
          if (!ordered) {
            Pair.awaitStep(2);
          }
        });
    thread.start();
    Pair.awaitStep(1);
    Pair.await(() -> !thread.isAlive() || !ordered);
    cell.value++;
    Pair.step(2);
    thread.join();
  }

  /** What its starter did is known of one that has done nothing itself. */
  static void terminatedIdle(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread idle = new Thread(() -> {});
    Pair.all(
        all -> {
          Pair.write(ordered, cell, idle::start);
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          Pair.await(() -> idle.getState() == Thread.State.TERMINATED);
          cell.value++;
        });
  }
}
