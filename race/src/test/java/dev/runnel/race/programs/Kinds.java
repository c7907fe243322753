package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Kinds of threads, and of what they are given. */
@SuppressWarnings({"ThreadLocalUsage", "unused", "FutureReturnValueIgnored"})
final class Kinds {
  private static final ScopedValue<Cell> SCOPED = ScopedValue.newInstance();

  private Kinds() {}

  private static void starting(boolean ordered, Thread.Builder builder) throws Exception {
    Cell cell = new Cell();
    Thread thread = builder.unstarted(() -> cell.value++);
    Pair.write(ordered, cell, thread::start);
    thread.join();
  }

  static void daemon(boolean ordered) throws Exception {
    starting(ordered, Thread.ofPlatform().daemon().name("a daemon"));
  }

  static void withoutLocals(boolean ordered) throws Exception {
    starting(ordered, Thread.ofPlatform().inheritInheritableThreadLocals(false));
  }

  static void inAGroup(boolean ordered) throws Exception {
    starting(ordered, Thread.ofPlatform().group(new ThreadGroup("a group")).stackSize(1 << 18));
  }

  static void namedVirtual(boolean ordered) throws Exception {
    starting(ordered, Thread.ofVirtual().name("virtual ", 7));
  }

  static void startedByBuilder(boolean ordered) throws Exception {
    Cell cell = new Cell();
    cell.value = 1;
    Thread thread = Thread.ofPlatform().start(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, thread::join);
    thread.join();
  }

  static void joinForADuration(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread = Thread.ofPlatform().start(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, () -> thread.join(Duration.ofMinutes(1)));
    thread.join();
  }

  static void joinForMillis(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread = Thread.ofVirtual().start(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, () -> thread.join(60_000));
    thread.join();
  }

  /** Whose time is over has not ended. */
  static void joinInVain(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              Pair.increment(cell);
              if (!ordered) {
                Pair.awaitStep(1);
              }
            });
    Pair.awaitSignal();
    Pair.await(() -> thread.join(Duration.ofMillis(1)) || !ordered);
    cell.value++;
    Pair.step(1);
    thread.join();
  }

  /** A child has its parent's, unless a copy was made for it. */
  static void inherited(boolean ordered) throws Exception {
    InheritableThreadLocal<Cell> local =
        new InheritableThreadLocal<>() {
          @Override
          protected Cell childValue(Cell parents) {
            return ordered ? new Cell() : parents;
          }
        };
    Cell cell = new Cell();
    local.set(cell);
    Thread child =
        Thread.ofVirtual()
            .start(() -> {
              local.get().value++;
              Pair.signal();
            });
    Pair.awaitSignal();
    cell.value++;
    child.join();
  }

  /** What is copied for a child is copied by its parent. */
  static void copiedByParent(boolean ordered) throws Exception {
    Cell copies = new Cell();
    InheritableThreadLocal<Integer> local =
        new InheritableThreadLocal<>() {
          @Override
          protected Integer childValue(Integer parents) {
            return ++copies.value;
          }
        };
    local.set(1);
    Thread child =
        Thread.ofPlatform()
            .start(() -> {
              if (!ordered) {
                copies.value++;
              }
              Pair.signal();
            });
    Pair.awaitSignal();
    copies.value++;
    child.join();
  }

  /** A local's first value is made by whoever asks for it. */
  static void initialValue(boolean ordered) throws Exception {
    Cell made = new Cell();
    ThreadLocal<Integer> local = ThreadLocal.withInitial(() -> ++made.value);
    Pair.inTurn(
        local::get,
        () -> {
          if (ordered) {
            local.set(1);
          }
          int seen = local.get();
        });
  }

  static void scoped(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Pair.Step use =
        () ->
            ScopedValue.where(SCOPED, ordered ? new Cell() : cell).run(() -> SCOPED.get().value++);
    Pair.inTurn(use, use);
  }

  private static TimerTask task(Runnable body) {
    return new TimerTask() {
      @Override
      public void run() {
        body.run();
      }
    };
  }

  /** Who gives a timer a task comes before it. */
  static void timerTask(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CountDownLatch ran = new CountDownLatch(1);
    Timer timer = new Timer(true);
    Pair.write(
        ordered,
        cell,
        () ->
            timer.schedule(
                task(() -> {
                  cell.value++;
                  ran.countDown();
                }),
                1));
    ran.await();
    timer.cancel();
  }

  /** Who cancels a task after it has begun is told by its answer. */
  static void taskCancelled(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Timer timer = new Timer(true);
    TimerTask once =
        task(() -> {
          cell.value++;
          Pair.step(1);
          Pair.awaitStep(2);
        });
    timer.schedule(once, 1);
    Pair.awaitStep(1);
    if (ordered) {
      Pair.step(2);
      CountDownLatch after = new CountDownLatch(1);
      timer.schedule(task(after::countDown), 0);
      after.await();
    }
    cell.value++;
    Pair.step(2);
    timer.cancel();
  }

  /** A run comes before the next one. */
  static void fixedRate(boolean ordered) throws Exception {
    Cell cell = new Cell();
    var executor = Executors.newScheduledThreadPool(2);
    CountDownLatch ran = new CountDownLatch(3);
    Runnable task =
        () -> {
          Pair.increment(cell);
          ran.countDown();
        };
    var future = executor.scheduleAtFixedRate(task, 0, 1, TimeUnit.MILLISECONDS);
    if (ordered) {
      ran.await();
      future.cancel(false);
      executor.shutdown();
      executor.awaitTermination(1, TimeUnit.MINUTES);
    } else {
      Pair.awaitSignal();
    }
    cell.value++;
    executor.shutdownNow();
  }
}
