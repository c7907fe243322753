package dev.runnel.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pool as an executor keeps the contracts of java.util.concurrent, and bounds what waits. */
@Timeout(60)
@ExtendWith(Accounted.class)
class PoolExecutorTest {
  private final Chan<Integer> goOn = Chan.unbuffered();

  /** A task that waits until it is told to go on, or interrupted. */
  private final Callable<Integer> waiting = goOn::receive;

  /** To be called in the test, so that its goroutines are accounted for. */
  private static ExecutorService open() {
    return WorkerPool.of(2).buffer(1).asExecutor();
  }

  /** Two at work, one in the queue. */
  private List<Future<Integer>> fill(ExecutorService executor) {
    List<Future<Integer>> futures = new ArrayList<>();
    futures.add(executor.submit(waiting));
    futures.add(executor.submit(waiting));
    awaitQueue(executor);
    futures.add(executor.submit(waiting));
    return futures;
  }

  private static void awaitQueue(ExecutorService executor) {
    Eventually.that("an empty queue", () -> executor.toString().endsWith(", 0 queued"));
  }

  @Test
  void tasksRunAndTellTheirResults() throws Exception {
    ExecutorService executor = open();
    try (executor) {
      AtomicReference<String> ran = new AtomicReference<>();
      executor.execute(() -> ran.set("execute"));
      assertThat(executor.submit(() -> 7).get()).isEqualTo(7);
      assertThat(executor.submit(() -> {}, "given").get()).isEqualTo("given");
      assertThat(executor.submit(() -> ran.set("submit")).get()).isNull();
      assertThat(ran.get()).isNotNull();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() ->
              executor
                  .submit(() -> {
                    throw new IOException("no");
                  })
                  .get())
          .withCauseInstanceOf(IOException.class);
    }
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void nullTasksAreRefused() {
    ExecutorService executor = open();
    try (executor) {
      assertThatNullPointerException().isThrownBy(() -> executor.execute(null));
      assertThatNullPointerException().isThrownBy(() -> executor.submit((Runnable) null));
      assertThatNullPointerException().isThrownBy(() -> executor.submit((Callable<?>) null));
      assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(null));
      assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(null));
    }
  }

  @Test
  void invokeAllGivesDoneFuturesInOrder() throws Exception {
    ExecutorService executor = open();
    try (executor) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int n = i;
        tasks.add(() -> {
          if (n == 3) {
            throw new IOException("three");
          }
          return n;
        });
      }
      List<Future<Integer>> futures = executor.invokeAll(tasks);
      assertThat(futures).hasSize(20).allMatch(Future::isDone);
      assertThat(futures.get(19).get()).isEqualTo(19);
      assertThat(futures.get(3).exceptionNow()).isInstanceOf(IOException.class);
      assertThat(executor.invokeAny(tasks.subList(3, 6))).isIn(4, 5);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> executor.invokeAny(tasks.subList(3, 4)))
          .withCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void invokeAllCancelsWhatIsNotDoneInTime() throws Exception {
    ExecutorService executor = open();
    try (executor) {
      List<Future<Integer>> futures =
          executor.invokeAll(List.of(waiting, waiting), 1, TimeUnit.MILLISECONDS);
      assertThat(futures).allMatch(Future::isCancelled);
    }
  }

  @Test
  void noMoreThanItsSizeRunAtOnce() throws Exception {
    ExecutorService executor = open();
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (executor) {
      for (int i = 0; i < 100; i++) {
        executor.execute(() -> {
          most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          atWork.decrementAndGet();
        });
      }
    }
    assertThat(most.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void shutdownLetsRunWhatWasTakenAndRejectsTheRest() throws Exception {
    ExecutorService executor = open();
    List<Future<Integer>> futures = fill(executor);
    executor.shutdown();
    executor.shutdown();
    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.isTerminated()).isFalse();
    assertThat(executor.awaitTermination(1, TimeUnit.NANOSECONDS)).isFalse();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.execute(() -> {}));
    for (int i = 0; i < 3; i++) {
      goOn.send(i);
    }
    assertThat(executor.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(futures).allMatch(f -> f.state() == Future.State.SUCCESS);
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void shutdownNowInterruptsAndGivesBackWhatWaits() throws Exception {
    ExecutorService executor = open();
    List<Future<Integer>> futures = fill(executor);
    List<Runnable> neverRun = executor.shutdownNow();
    assertThat(neverRun).hasSize(1).first().isSameAs(futures.get(2));
    assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(futures.get(0).exceptionNow()).isInstanceOf(InterruptedException.class);
    assertThat(futures.get(1).exceptionNow()).isInstanceOf(InterruptedException.class);
    assertThat(futures.get(2).isDone()).isFalse();
    assertThat(executor.shutdownNow()).isEmpty();
  }

  @Test
  void aTaskWaitsForRoomAndIsRejectedByAShutdown() throws Exception {
    ExecutorService executor = open();
    List<Future<Integer>> futures = fill(executor);
    Actor roomy =
        Actor.Kind.VIRTUAL.start(() -> futures.add(executor.submit(waiting))).awaitWaiting();
    goOn.send(1);
    roomy.join();
    Actor rejected = Actor.Kind.PLATFORM.start(() -> executor.execute(() -> {})).awaitWaiting();
    executor.shutdown();
    assertThat(rejected.joinForFailure()).isInstanceOf(RejectedExecutionException.class);
    for (int i = 0; i < 3; i++) {
      goOn.send(i);
    }
    assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(futures).allMatch(f -> f.state() == Future.State.SUCCESS);
  }

  @Test
  void anInterruptWhileWaitingForRoomRejectsTheTask() throws Exception {
    ExecutorService executor = open();
    fill(executor);
    Actor waiter =
        Actor.Kind.VIRTUAL.start(() -> {
          try {
            executor.execute(() -> {});
          } finally {
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
          }
        });
    waiter.awaitWaiting();
    waiter.interrupt();
    assertThat(waiter.joinForFailure()).isInstanceOf(RejectedExecutionException.class);
    executor.shutdownNow();
  }

  @Test
  void aTaskOfThePoolNeverWaitsForRoomInIt() throws Exception {
    ExecutorService executor = open();
    try (executor) {
      AtomicInteger done = new AtomicInteger();
      for (int i = 0; i < 5; i++) {
        executor.execute(() -> {
          for (int j = 0; j < 5; j++) {
            executor.execute(done::incrementAndGet);
          }
        });
      }
      Eventually.that("all done", () -> done.get() == 25);
    }
  }

  @Test
  void aCancelledTaskInterruptsNoOther() throws Exception {
    ExecutorService executor = open();
    try (executor) {
      for (int i = 0; i < 100; i++) {
        Future<Integer> future = executor.submit(waiting);
        future.cancel(true);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
        assertThat(executor.submit(() -> Thread.currentThread().isInterrupted()).get()).isFalse();
      }
    }
  }

  @Test
  void anInterruptThatATaskLeavesBehindReachesNoOther() throws Exception {
    try (ExecutorService one = WorkerPool.of(1).asExecutor()) {
      for (int i = 0; i < 3; i++) {
        one.execute(() -> Thread.currentThread().interrupt());
        assertThat(one.submit(() -> Thread.currentThread().isInterrupted()).get()).isFalse();
      }
    }
  }

  @Test
  void aTaskThatThrowsEndsNoWorkerAndIsReported() throws Exception {
    ExecutorService executor = open();
    AtomicReference<Throwable> reported = new AtomicReference<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> reported.set(thrown));
    try (executor) {
      RuntimeException failure = new IllegalStateException("task");
      executor.execute(() -> {
        throw failure;
      });
      Eventually.that("the report", () -> reported.get() != null);
      assertThat(reported.get()).isSameAs(failure);
      assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void theEndOfItsContextEndsItAndCancelsWhatNeverRuns() throws Exception {
    try (var ctx = Context.background().withCancel()) {
      ExecutorService under = WorkerPool.of(1).buffer(1).asExecutor(ctx);
      Future<Integer> running = under.submit(waiting);
      awaitQueue(under);
      Future<Integer> queued = under.submit(waiting);
      ctx.cancel();
      assertThat(under.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      assertThat(under.isShutdown()).isTrue();
      assertThat(running.exceptionNow()).isInstanceOf(InterruptedException.class);
      assertThat(queued.isCancelled()).isTrue();
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> under.execute(() -> {}));
    }
  }
}
