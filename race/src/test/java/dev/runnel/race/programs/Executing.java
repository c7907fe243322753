package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Executors of other kinds, and those of a program's own. */
@SuppressWarnings({"FutureReturnValueIgnored", "unused"})
final class Executing {
  private Executing() {}

  /** A thread for each task. */
  private static final class Own extends AbstractExecutorService {
    private final List<Thread> threads = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
      Thread thread = new Thread(task);
      threads.add(thread);
      thread.start();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
      for (Thread thread : threads) {
        thread.join();
      }
      return true;
    }
  }

  private static void get(boolean ordered, ExecutorService executor) throws Exception {
    Cell cell = new Cell();
    cell.value = 1;
    Future<?> future = executor.submit(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, future::get);
    executor.shutdown();
    executor.awaitTermination(1, TimeUnit.MINUTES);
  }

  static void own(boolean ordered) throws Exception {
    get(ordered, new Own());
  }

  static void ownInvokesAll(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Own executor = new Own();
    Cell other = ordered ? new Cell() : cell;
    executor.invokeAll(
        List.of(
            () -> {
              cell.value++;
              Pair.signal();
              return 1;
            },
            () -> {
              Pair.awaitSignal();
              return ++other.value;
            }));
    cell.value++;
    executor.awaitTermination(1, TimeUnit.MINUTES);
  }

  static void threadPerTask(boolean ordered) throws Exception {
    get(ordered, Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory()));
  }

  static void virtualThreadPerTask(boolean ordered) throws Exception {
    get(ordered, Executors.newVirtualThreadPerTaskExecutor());
  }

  static void unconfigurable(boolean ordered) throws Exception {
    get(ordered, Executors.unconfigurableExecutorService(Executors.newFixedThreadPool(1)));
  }

  static void submittedPerTask(boolean ordered) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Pair.execute(ordered, executor);
    }
  }

  /** All end before it is closed. */
  static void closedPerTask(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    executor.execute(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, executor::close);
    executor.close();
  }

  /** The task for which there is no room is run by who brings it. */
  static void callerRuns(boolean ordered) throws Exception {
    Cell cell = new Cell();
    var executor =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(1),
            new ThreadPoolExecutor.CallerRunsPolicy());
    Runnable blocked =
        () -> {
          if (!ordered) {
            cell.value++;
          }
          Pair.step(1);
          Pair.awaitStep(2);
        };
    executor.execute(blocked);
    executor.execute(() -> {}); // in the queue
    Pair.awaitStep(1);
    cell.value = 1;
    executor.execute(() -> cell.value++);
    cell.value++;
    Pair.step(2);
    executor.shutdown();
    executor.awaitTermination(1, TimeUnit.MINUTES);
  }

  /** What the queue held comes back to who shuts the pool down. */
  static void shutdownNow(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    executor.execute(() -> {
      Pair.step(1);
      Pair.awaitStep(2);
    });
    Pair.awaitStep(1);
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              if (ordered) {
                cell.value = 1;
              }
              executor.execute(() -> {});
              if (!ordered) {
                cell.value = 1;
              }
              Pair.step(2);
            });
    Pair.awaitStep(2);
    executor.shutdownNow();
    cell.value++;
    other.join();
  }

  /** Threads that the program makes for a pool that steals. */
  static void workerFactory(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ForkJoinPool.ForkJoinWorkerThreadFactory factory =
        pool ->
            new ForkJoinWorkerThread(null, pool, true) {
              @Override
              protected void onStart() {
                cell.value++;
                Pair.signal();
              }
            };
    try (ForkJoinPool pool = new ForkJoinPool(1, factory, null, false)) {
      cell.value = 1;
      var task = pool.submit(() -> cell.value++);
      Pair.incrementAfter(ordered, cell, task::join);
      task.join();
    }
  }

  /** While a worker waits, another one may be started in its place. */
  static void managedBlock(boolean ordered) throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    ForkJoinPool.ManagedBlocker blocker =
        new ForkJoinPool.ManagedBlocker() {
          @Override
          public boolean block() throws InterruptedException {
            latch.await();
            return true;
          }

          @Override
          public boolean isReleasable() {
            return latch.getCount() == 0;
          }
        };
    Cell cell = new Cell();
    try (ForkJoinPool pool = new ForkJoinPool(1)) {
      var task =
          pool.submit(
              Pair.quiet(() -> {
                ForkJoinPool.managedBlock(blocker);
                cell.value++;
              }));
      Pair.write(ordered, cell, latch::countDown);
      task.join();
    }
  }

  /** A pool that steals has tasks for later, too. */
  static void scheduledToSteal(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CountDownLatch ran = new CountDownLatch(1);
    try (ForkJoinPool pool = new ForkJoinPool(1)) {
      Pair.write(
          ordered,
          cell,
          () ->
              pool.schedule(
                  () -> {
                    cell.value++;
                    ran.countDown();
                  },
                  1,
                  TimeUnit.MILLISECONDS));
      ran.await();
    }
  }

  static void scheduledGet(boolean ordered) throws Exception {
    Cell cell = new Cell();
    try (ForkJoinPool pool = new ForkJoinPool(1)) {
      var future =
          pool.schedule(
              () -> {
                Pair.increment(cell);
                return 1;
              },
              1,
              TimeUnit.MILLISECONDS);
      Pair.incrementAfter(ordered, cell, future::get);
      future.get();
    }
  }

  static void fixedRateToSteal(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CountDownLatch ran = new CountDownLatch(3);
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      var future =
          pool.scheduleWithFixedDelay(
              () -> {
                Pair.increment(cell);
                ran.countDown();
              },
              0,
              1,
              TimeUnit.MILLISECONDS);
      if (!ordered) {
        Pair.awaitSignal();
        cell.value++;
      }
      ran.await();
      future.cancel(false);
    }
    cell.value++;
  }

  static void singleScheduled(boolean ordered) throws Exception {
    get(ordered, Executors.newSingleThreadScheduledExecutor());
  }
}
