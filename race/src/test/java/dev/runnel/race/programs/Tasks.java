package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Executors and scheduled executors. */
@SuppressWarnings({"FutureReturnValueIgnored", "unused"})
final class Tasks {
  private Tasks() {}

  /** After the pool has been shut down, which may see what its tasks have done. */
  private static void incrementLater(Cell cell) {
    Pair.awaitStep(1);
    Pair.increment(cell);
  }

  private static void end(ExecutorService executor) throws InterruptedException {
    executor.shutdown();
    executor.awaitTermination(60, TimeUnit.SECONDS);
  }

  /** What is done before a task is handed over comes before it. */
  private static void submitting(boolean ordered, ExecutorService executor) throws Exception {
    Cell cell = new Cell();
    Pair.write(
        ordered,
        cell,
        () -> {
          executor.execute(() -> Pair.increment(cell));
          Pair.awaitSignal(); // or its thread may only begin after the pool has been shut down
        });
    end(executor);
  }

  static void submittedToNewThread(boolean ordered) throws Exception {
    submitting(ordered, Executors.newSingleThreadExecutor());
  }

  static void submittedToWaitingThread(boolean ordered) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(1);
    executor.submit(() -> {}).get();
    submitting(ordered, executor);
  }

  static void submittedToCachedThread(boolean ordered) throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    executor.submit(() -> {}).get();
    submitting(ordered, executor);
  }

  static void submittedToStealingPool(boolean ordered) throws Exception {
    submitting(ordered, Executors.newWorkStealingPool());
  }

  static void get(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    cell.value = 1;
    Future<?> future = executor.submit(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, future::get);
    end(executor);
  }

  static void getOfAnother(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    Future<?> other = executor.submit(() -> {});
    other.get();
    Future<?> future = executor.submit(() -> Pair.increment(cell));
    Pair.awaitSignal();
    (ordered ? future : other).get();
    cell.value++;
    end(executor);
  }

  static void invokeAll(boolean ordered) throws Exception {
    Cell[] cells = {new Cell(), new Cell()};
    ExecutorService executor = Executors.newFixedThreadPool(2);
    CountDownLatch both = new CountDownLatch(2);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Cell mine = cells[ordered ? i : 0];
      tasks.add(() -> {
        both.countDown();
        both.await(); // on two threads
        return mine.value++;
      });
    }
    executor.invokeAll(tasks);
    cells[0].value++;
    cells[1].value++;
    end(executor);
  }

  static void invokeAny(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newCachedThreadPool();
    executor.invokeAny(List.of(() -> ++cell.value));
    cell.value++;
    if (!ordered) { // another one, that nobody waits for
      executor.invokeAny(List.of(() -> 1));
      executor.execute(() -> Pair.increment(cell));
      Pair.awaitSignal();
      cell.value++;
    }
    end(executor);
  }

  static void completionService(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newCachedThreadPool();
    var service = new ExecutorCompletionService<Integer>(executor);
    service.submit(() -> Pair.increment(cell), 1);
    Pair.incrementAfter(ordered, cell, service::take);
    end(executor);
  }

  static void awaitTermination(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    executor.execute(() -> incrementLater(cell));
    executor.shutdown();
    Pair.step(1);
    Pair.incrementAfter(ordered, cell, () -> executor.awaitTermination(60, TimeUnit.SECONDS));
    end(executor);
  }

  static void isTerminated(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    executor.execute(() -> incrementLater(cell));
    executor.shutdown();
    Pair.step(1);
    Pair.incrementAfter(ordered, cell, () -> Pair.await(executor::isTerminated));
    end(executor);
  }

  /** The tasks of one worker, one after another. */
  static void singleWorker(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newFixedThreadPool(ordered ? 1 : 2);
    CountDownLatch both = new CountDownLatch(ordered ? 1 : 2);
    for (int i = 0; i < 2; i++) {
      executor.execute(
          Pair.quiet(() -> {
            both.countDown();
            both.await();
            cell.value++;
          }));
    }
    end(executor);
  }

  /** What the pool calls before and after a task, on its thread. */
  static void beforeAndAfterExecute(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(0, 9, 9, TimeUnit.SECONDS, new SynchronousQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable task) {
            cell.value++;
          }

          @Override
          protected void terminated() {
            cell.value++;
          }
        };
    executor.execute(() -> Pair.increment(cell));
    if (!ordered) {
      Pair.awaitSignal();
      cell.value++;
    }
    end(executor);
    cell.value++;
  }

  /** The pool makes a thread for a task, by the caller's factory. */
  static void threadFactory(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            1,
            task -> {
              Thread thread = new Thread(task);
              if (ordered) {
                cell.value = 1;
              }
              return thread;
            });
    executor.execute(() -> Pair.increment(cell));
    if (!ordered) {
      Pair.awaitSignal();
      cell.value = 1;
    }
    end(executor);
  }

  static void virtualThreads(boolean ordered) throws Exception {
    Cell cell = new Cell();
    cell.value = 1;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      executor.submit(() -> Pair.increment(cell));
      if (!ordered) {
        Pair.awaitSignal();
        cell.value++;
      }
    }
    cell.value++;
  }

  static void scheduled(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    CountDownLatch ran = new CountDownLatch(1);
    Pair.write(
        ordered,
        cell,
        () ->
            executor.schedule(
                () -> {
                  cell.value++;
                  ran.countDown();
                },
                1,
                TimeUnit.MILLISECONDS));
    ran.await(); // not by a lock of the queue's
    end(executor);
  }

  /** A run comes before the next one, whichever thread it is on; and not before another task's. */
  static void periodic(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(3);
    CountDownLatch ran = new CountDownLatch(20);
    Runnable task =
        () -> {
          cell.value++;
          ran.countDown();
        };
    executor.scheduleAtFixedRate(task, 0, 100, TimeUnit.MICROSECONDS);
    if (!ordered) {
      CountDownLatch both = new CountDownLatch(2);
      for (int i = 0; i < 2; i++) {
        executor.execute(
            Pair.quiet(() -> {
              both.countDown();
              both.await();
              cell.value++;
            }));
      }
    }
    ran.await();
    end(executor);
    cell.value++;
  }

  static void periodicWithDelay(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(3);
    CountDownLatch ran = new CountDownLatch(5);
    executor.scheduleWithFixedDelay(
        () -> {
          Pair.increment(cell);
          ran.countDown();
        },
        0,
        100,
        TimeUnit.MICROSECONDS);
    Pair.incrementAfter(
        ordered,
        cell,
        () -> {
          ran.await();
          end(executor);
        });
    end(executor);
  }
}
