package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.locks.LockSupport;

/** Monitors, volatile fields, threads. */
@SuppressWarnings({
  "unused",
  "ThreadPriorityCheck",
  "WaitNotInLoop",
  "NaiveAsyncWait",
  "StaticAssignmentInConstructor"
})
final class Language {
  private static final Object LOCK = new Object();
  private static volatile boolean staticFlag;
  private static boolean done;
  private volatile int flag;
  private volatile long wideFlag;
  private int guarded;
  private static int staticGuarded;

  private Language() {}

  private static void await(Condition condition) {
    while (!condition.holds()) {
      Thread.yield();
    }
  }

  interface Condition {
    boolean holds();
  }

  static void monitor(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Object other = ordered ? LOCK : new Object();
    Pair.both(
        () -> {
          synchronized (LOCK) {
            cell.value++;
          }
        },
        () -> {
          synchronized (other) {
            cell.value++;
          }
        });
  }

  private synchronized void increment() {
    guarded++;
  }

  private synchronized void incrementAndThrow() {
    guarded++;
    throw new IllegalStateException("on purpose");
  }

  private static synchronized void incrementStatic() {
    staticGuarded++;
  }

  static void synchronizedMethod(boolean ordered) throws Exception {
    Language shared = new Language();
    Pair.both(
        shared::increment,
        () -> {
          if (ordered) {
            shared.increment();
          } else {
            shared.guarded++;
          }
        });
  }

  static void synchronizedMethodThatThrows(boolean ordered) throws Exception {
    Language shared = new Language();
    Pair.Step throwing =
        () -> {
          try {
            shared.incrementAndThrow();
          } catch (IllegalStateException e) {
            if (!ordered) {
              shared.guarded++;
            }
          }
        };
    Pair.both(throwing, throwing);
  }

  static void synchronizedStaticMethod(boolean ordered) throws Exception {
    Pair.both(
        Language::incrementStatic,
        () -> {
          if (ordered) {
            incrementStatic();
          } else {
            staticGuarded++;
          }
        });
  }

  static void waitNotify(boolean ordered) throws Exception {
    Pair.pass(
        ordered,
        () -> {
          synchronized (LOCK) {
            done = true;
            LOCK.notifyAll();
          }
        },
        () -> {
          synchronized (LOCK) {
            while (!done) {
              LOCK.wait();
            }
          }
        });
  }

  static void waitOnVirtualThreads(boolean ordered) throws Exception {
    Pair.pass(
        Thread.ofVirtual(),
        ordered,
        () -> {
          synchronized (LOCK) {
            done = true;
            LOCK.notifyAll();
          }
        },
        () -> {
          synchronized (LOCK) {
            while (!done) {
              LOCK.wait(10_000);
            }
          }
        });
  }

  static void volatileField(boolean ordered) throws Exception {
    Language shared = new Language();
    Pair.pass(ordered, () -> shared.flag = 1, () -> await(() -> shared.flag == 1));
  }

  static void volatileLong(boolean ordered) throws Exception {
    Language shared = new Language();
    Pair.pass(ordered, () -> shared.wideFlag = 1L << 40, () -> await(() -> shared.wideFlag != 0));
  }

  static void volatileStatic(boolean ordered) throws Exception {
    Pair.pass(ordered, () -> staticFlag = true, () -> await(() -> staticFlag));
  }

  /** Two fields of one object are two variables. */
  static void otherVolatileField(boolean ordered) throws Exception {
    Language shared = new Language();
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          shared.flag = 1;
          shared.wideFlag = 1;
        },
        () -> {
          if (ordered) {
            await(() -> shared.flag == 1);
          } else {
            shared.wideFlag = 2;
          }
          cell.value++;
        });
  }

  static void start(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread = new Thread(() -> cell.value++);
    Pair.write(ordered, cell, thread::start);
    thread.join();
  }

  static void startVirtual(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread = Thread.ofVirtual().unstarted(() -> cell.value++);
    Pair.write(ordered, cell, thread::start);
    thread.join();
  }

  static void join(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread = new Thread(() -> cell.value++);
    thread.start();
    if (ordered) {
      thread.join();
    }
    cell.value++;
    thread.join();
  }

  static void joinVirtual(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread = Thread.ofVirtual().start(() -> cell.value++);
    if (ordered) {
      thread.join(java.time.Duration.ofSeconds(10));
    }
    cell.value++;
    thread.join();
  }

  static void isAlive(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread = new Thread(() -> cell.value++);
    Thread other = new Thread(() -> {});
    thread.start();
    other.start();
    Thread looked = ordered ? thread : other;
    await(() -> !looked.isAlive());
    cell.value++;
    thread.join();
  }

  static void interrupt(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread sleeper =
        new Thread(() -> {
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            cell.value++;
          }
        });
    sleeper.start();
    Pair.write(ordered, cell, sleeper::interrupt);
    sleeper.join();
  }

  static void park(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Language signal = new Language();
    Thread sleeper =
        new Thread(() -> {
          while (signal.flag == 0) {
            LockSupport.park();
          }
          cell.value++;
        });
    sleeper.start();
    if (ordered) {
      cell.value++;
    }
    signal.flag = 1;
    LockSupport.unpark(sleeper);
    if (!ordered) {
      cell.value++;
    }
    sleeper.join();
  }

  /** Threads take slots over from one another. */
  static void manyThreads(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread[] threads = new Thread[400];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofVirtual()
              .unstarted(() -> {
                if (ordered) {
                  synchronized (LOCK) {
                    cell.value++;
                  }
                } else {
                  cell.value++;
                }
              });
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    cell.value++;
  }
}
