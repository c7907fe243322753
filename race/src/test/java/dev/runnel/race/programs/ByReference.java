package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Methods that order something, called by a reference to them. */
@SuppressWarnings({"unused", "WaitNotInLoop"})
final class ByReference {
  private static final VarHandle FLAG;

  static {
    try {
      FLAG = MethodHandles.lookup().findVarHandle(ByReference.class, "flag", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through its handle
  private int flag;

  private ByReference() {}

  /** The two threads' steps, which are put around what they do. */
  private static void around(boolean ordered, Pair.Step before, Pair.Step after) throws Exception {
    Cell cell = new Cell();
    Pair.both(
        () -> {
          before.run();
          cell.value++;
          after.run();
        },
        () -> {
          if (ordered) {
            before.run();
          }
          cell.value++;
          if (ordered) {
            after.run();
          }
        });
  }

  static void lock(boolean ordered) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    around(ordered, lock::lock, lock::unlock);
  }

  static void atomic(boolean ordered) throws Exception {
    AtomicInteger number = new AtomicInteger();
    Pair.Step increment = number::incrementAndGet;
    IntSupplier get = number::get;
    Pair.pass(ordered, increment, () -> Pair.await(() -> get.getAsInt() == 1));
  }

  static void join(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread = new Thread(() -> Pair.increment(cell));
    Pair.Step start = thread::start;
    Pair.Step join = thread::join;
    start.run();
    Pair.incrementAfter(ordered, cell, join);
    thread.join();
  }

  /** To wait is to let go of the monitor: who comes next knows what was before. */
  static void await(boolean ordered) throws Exception {
    Object monitor = new Object();
    Pair.Step wait = monitor::wait;
    Cell cell = new Cell();
    Pair.all(
        all -> {
          synchronized (monitor) {
            cell.value = 1;
            wait.run();
          }
        },
        all -> {
          Pair.awaitAsleep(all[0]);
          if (!ordered) {
            cell.value++;
          }
          synchronized (monitor) {
            if (ordered) {
              cell.value++;
            }
            monitor.notifyAll();
          }
        });
  }

  /** The same from the other side: what is done before the notification. */
  static void notified(boolean ordered) throws Exception {
    Object monitor = new Object();
    Pair.Step wait = monitor::wait;
    Pair.Step notify = monitor::notifyAll;
    Cell cell = new Cell();
    Pair.all(
        all -> {
          synchronized (monitor) {
            wait.run();
            cell.value++;
          }
        },
        all -> {
          Pair.awaitAsleep(all[0]);
          synchronized (monitor) {
            notify.run();
            if (ordered) {
              cell.value = 1;
            }
          }
          if (!ordered) {
            cell.value = 1;
          }
        });
  }

  static void fences(boolean ordered) throws Exception {
    Runnable release = VarHandle::releaseFence;
    Runnable acquire = VarHandle::acquireFence;
    ByReference on = new ByReference();
    Pair.pass(
        ordered,
        () -> {
          release.run();
          FLAG.setOpaque(on, 1);
        },
        () -> {
          Pair.await(() -> (int) FLAG.getOpaque(on) == 1);
          acquire.run();
        });
  }

  static void latch(boolean ordered) throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    List<Pair.Step> steps = new ArrayList<>(List.of(latch::countDown, latch::await));
    Pair.pass(ordered, steps.get(0), steps.get(1));
  }

  private static final class Started extends Thread {
    private final Cell cell;

    Started(Cell cell) {
      this.cell = cell;
    }

    @Override
    public void run() {
      cell.value++;
    }
  }

  static void constructor(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Function<Cell, Started> made = Started::new;
    Started thread = made.apply(cell);
    Pair.write(ordered, cell, thread::start);
    thread.join();
  }
}
