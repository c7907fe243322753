package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** What belongs to threads: their locals, handlers, factories, interrupts; and timers. */
@SuppressWarnings({"ThreadLocalUsage", "unused"})
final class Lifecycles {
  private static final InheritableThreadLocal<Cell> INHERITED = new InheritableThreadLocal<>();

  private Lifecycles() {}

  /** Each thread's own, or one that all have been given. */
  static void threadLocal(boolean ordered) throws Exception {
    Cell shared = new Cell();
    ThreadLocal<Cell> local = ThreadLocal.withInitial(() -> ordered ? new Cell() : shared);
    Pair.Step step = () -> local.get().value++;
    Pair.both(step, step);
  }

  static void inheritedLocal(boolean ordered) throws Exception {
    Cell cell = new Cell();
    INHERITED.set(cell);
    Thread thread = new Thread(() -> INHERITED.get().value++);
    Pair.write(ordered, cell, thread::start);
    thread.join();
    INHERITED.remove();
  }

  /** Two children that have inherited one object. */
  static void inheritedByTwo(boolean ordered) throws Exception {
    InheritableThreadLocal<Cell> local =
        new InheritableThreadLocal<>() {
          @Override
          protected Cell childValue(Cell parents) {
            return ordered ? new Cell() : parents;
          }
        };
    local.set(new Cell());
    Pair.Step step = () -> local.get().value++;
    Pair.both(step, step);
  }

  static void threadFactory(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ThreadFactory factory = Thread.ofVirtual().name("made ", 0).factory();
    Thread thread = factory.newThread(() -> cell.value++);
    Pair.write(ordered, cell, thread::start);
    thread.join();
  }

  /** A handler runs on the thread that throws; what is known when it is set comes before. */
  static void uncaughtExceptionHandler(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread =
        new Thread(() -> {
          Pair.awaitSignal();
          throw new IllegalStateException("on purpose");
        });
    thread.start();
    Pair.write(ordered, cell, () -> thread.setUncaughtExceptionHandler((t, e) -> cell.value++));
    Pair.signal();
    thread.join();
  }

  static void defaultExceptionHandler(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread =
        new Thread(() -> {
          Pair.awaitSignal();
          throw new IllegalStateException("on purpose");
        });
    thread.start();
    Pair.write(
        ordered, cell, () -> Thread.setDefaultUncaughtExceptionHandler((t, e) -> cell.value++));
    Pair.signal();
    thread.join();
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  /** Handled by the thread that ends, before it has ended. */
  static void joinAfterHandler(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread =
        new Thread(() -> {
          throw new IllegalStateException("on purpose");
        });
    thread.setUncaughtExceptionHandler((t, e) -> Pair.increment(cell));
    thread.start();
    Pair.incrementAfter(ordered, cell, thread::join);
    thread.join();
  }

  static void interruptedWhileParked(boolean ordered) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    interrupted(ordered, never::await);
  }

  static void interruptedWhileWaiting(boolean ordered) throws Exception {
    Object monitor = new Object();
    interrupted(
        ordered,
        () -> {
          synchronized (monitor) {
            while (true) {
              monitor.wait();
            }
          }
        });
  }

  static void interruptedWhileJoining(boolean ordered) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread blocker = Thread.startVirtualThread(Pair.quiet(end::await));
    interrupted(ordered, blocker::join);
    end.countDown();
    blocker.join();
  }

  private static void interrupted(boolean ordered, Pair.Step wait) throws Exception {
    Cell cell = new Cell();
    Thread waiting =
        new Thread(
            Pair.quiet(() -> {
              try {
                wait.run();
              } catch (InterruptedException e) {
                cell.value++;
              }
            }));
    waiting.start();
    Pair.write(ordered, cell, waiting::interrupt);
    waiting.join();
  }

  static void interruptSeen(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Pair.all(
        all -> {
          Pair.await(Thread::interrupted);
          cell.value++;
        },
        all -> Pair.write(ordered, cell, all[0]::interrupt));
  }

  static void timer(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CountDownLatch ran = new CountDownLatch(1);
    Timer timer = new Timer(true);
    cell.value = 1;
    timer.schedule(task(cell, ran), 1);
    if (!ordered) {
      Pair.awaitSignal();
      cell.value++;
    }
    ran.await();
    cell.value++;
    timer.cancel();
  }

  private static TimerTask task(Cell cell, CountDownLatch ran) {
    return new TimerTask() {
      @Override
      public void run() {
        Pair.increment(cell);
        ran.countDown();
      }
    };
  }

  /** One timer runs its tasks one after another; two timers do not. */
  static void periodicTimer(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CountDownLatch oneRan = new CountDownLatch(3);
    CountDownLatch twoRan = new CountDownLatch(3);
    Timer one = new Timer(true);
    Timer two = ordered ? one : new Timer(true);
    one.schedule(task(cell, oneRan), 0, 1);
    two.scheduleAtFixedRate(task(cell, twoRan), 0, 1);
    oneRan.await(60, TimeUnit.SECONDS); // each has told of its race before it counts down
    twoRan.await(60, TimeUnit.SECONDS);
    one.cancel();
    two.cancel();
  }
}
