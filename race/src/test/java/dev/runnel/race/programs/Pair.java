package dev.runnel.race.programs;

import dev.runnel.race.RaceIgnore;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/**
 * What the programs are made of. One thread writes a variable and publishes; another awaits that
 * and reads. In the ordered program it writes before it publishes, in the racing one after. So the
 * racing program synchronises just as much, and a detector that orders too much is found out.
 */
public final class Pair {
  /** What is read and written. */
  static final class Cell {
    int value;
    long wide;
  }

  /** Something that may throw. */
  interface Step {
    void run() throws Exception;
  }

  private Pair() {}

  /** Runs a pair on platform threads. */
  static void pass(boolean ordered, Step publish, Step await) throws Exception {
    pass(Thread.ofPlatform(), ordered, publish, await);
  }

  /** Runs a pair on threads of a kind. */
  static void pass(Thread.Builder threads, boolean ordered, Step publish, Step await)
      throws Exception {
    Cell cell = new Cell();
    Thread writer =
        threads.unstarted(
            quiet(() -> {
              if (ordered) {
                cell.value = 42;
                cell.wide = 42;
              }
              publish.run();
              if (!ordered) {
                cell.value = 42;
                cell.wide = 42;
              }
            }));
    Thread reader =
        threads.unstarted(
            quiet(() -> {
              await.run();
              if (cell.value + cell.wide == -1) {
                System.out.println("never");
              }
            }));
    reader.start();
    writer.start();
    reader.join();
    writer.join();
  }

  /** Runs two bodies on threads of their own, and joins both. */
  static void both(Step a, Step b) throws Exception {
    Thread one = new Thread(quiet(a));
    Thread two = new Thread(quiet(b));
    one.start();
    two.start();
    one.join();
    two.join();
  }

  /** Likewise, under one lock; in the racing program each under its own. */
  static void guarded(boolean ordered, Step a, Step b) throws Exception {
    Object lock = new Object();
    Object other = ordered ? lock : new Object();
    both(
        () -> {
          synchronized (lock) {
            a.run();
          }
        },
        () -> {
          synchronized (other) {
            b.run();
          }
        });
  }

  static void twice(boolean ordered, Step step) throws Exception {
    guarded(ordered, step, step);
  }

  /** Likewise, one after the other, which neither knows. */
  static void inTurn(Step first, Step second) throws Exception {
    both(
        () -> {
          first.run();
          signal();
        },
        () -> {
          awaitSignal();
          second.run();
        });
  }

  /** Writes before something is done; in the racing program after it. */
  static void write(boolean ordered, Cell cell, Step step) throws Exception {
    if (ordered) {
      cell.value = 1;
    }
    step.run();
    if (!ordered) {
      cell.value = 1;
    }
  }

  /** For another thread. */
  static void increment(Cell cell) {
    cell.value++;
    signal();
  }

  /** Hands a task to an executor; whoever runs it knows what was before. */
  static void execute(boolean ordered, Executor executor) throws Exception {
    Cell cell = new Cell();
    write(
        ordered,
        cell,
        () -> {
          executor.execute(() -> increment(cell));
          awaitSignal();
        });
  }

  /** Increments after another thread has, by a wait that orders; in the racing program by none. */
  static void incrementAfter(boolean ordered, Cell cell, Step wait) throws Exception {
    if (ordered) {
      wait.run();
    } else {
      awaitSignal();
    }
    cell.value++;
  }

  /** What is waited for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits until something holds. What orders, is what the condition looks at. */
  static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      pause();
    }
  }

  private static boolean signalled;

  /** Lets others go on, which orders nothing. */
  @SuppressWarnings("ThreadPriorityCheck") // a wait between the looks at what is waited for
  private static void pause() {
    Thread.yield();
  }

  /** Tells another thread something in a way that orders nothing. */
  @RaceIgnore
  static void signal() {
    signalled = true;
  }

  /** Waits for {@link #signal}, which orders nothing. */
  @RaceIgnore
  static void awaitSignal() {
    while (!signalled) {
      pause();
    }
  }

  private static int step;

  /** Says how far the program is, in a way that orders nothing. */
  @RaceIgnore
  static void step(int reached) {
    step = reached;
  }

  /** Waits until the program is so far, which orders nothing. */
  @RaceIgnore
  static void awaitStep(int reached) {
    while (step < reached) {
      pause();
    }
  }

  /**
   * In an initialiser: waits until another thread, in {@link #readerComes}, is about to use the
   * class or interface, and then for long enough that it surely waits for this initialiser.
   */
  public static void awaitReader() {
    try {
      step(1);
      awaitStep(2);
      Thread.sleep(30); // nothing shows that a thread waits for an initialiser
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns once another thread is in an initialiser. */
  static void readerComes() {
    awaitStep(1);
    step(2);
  }

  /** Waits until a thread sleeps in an operation, which orders nothing. */
  @RaceIgnore
  static void awaitAsleep(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      pause();
    }
  }

  /** Runs bodies on threads of their own, and joins all. Each is given all threads. */
  static void all(Crew... bodies) throws Exception {
    Thread[] threads = new Thread[bodies.length];
    for (int i = 0; i < bodies.length; i++) {
      Crew body = bodies[i];
      threads[i] = new Thread(quiet(() -> body.run(threads)));
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** What one of several threads does, who know each other. */
  interface Crew {
    void run(Thread[] all) throws Exception;
  }

  static Runnable quiet(Step step) {
    return () -> {
      try {
        step.run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  static <T> Callable<T> value(Step step, T value) {
    return () -> {
      step.run();
      return value;
    };
  }
}
