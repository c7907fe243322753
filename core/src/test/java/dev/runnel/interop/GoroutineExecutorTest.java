package dev.runnel.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Goroutine;
import dev.runnel.testkit.Accounted;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An executor of goroutines. */
@Timeout(60)
@ExtendWith(Accounted.class)
class GoroutineExecutorTest {
  private final Context ctx = Context.background();

  @Test
  void itsTasksAreGoroutinesUnderItsContext() throws Exception {
    CancelContext mine = ctx.withCancel();
    try (var executor = GoroutineExecutor.open(mine)) {
      assertThat(executor.submit(Goroutine::current).get()).isNotNull();
      assertThat(executor.submit(Context::current).get()).isSameAs(mine);
      assertThat(CompletableFuture.supplyAsync(() -> 1, executor).thenApply(n -> n + 1).get())
          .isEqualTo(2);
      List<Callable<Integer>> many =
          IntStream.range(0, 1000).<Callable<Integer>>mapToObj(n -> () -> n).toList();
      assertThat(executor.invokeAll(many)).hasSize(1000).allMatch(Future::isDone);
      int any = executor.invokeAny(List.<Callable<Integer>>of(() -> 7));
      assertThat(any).isEqualTo(7);
    }
  }

  @Test
  void closingWaitsForAllTasks() {
    AtomicInteger done = new AtomicInteger();
    Chan<Boolean> go = Chan.buffered(10);
    try (var executor = GoroutineExecutor.open(ctx)) {
      for (int i = 0; i < 10; i++) {
        var _ =
            executor.submit(() -> {
              go.receive();
              return done.incrementAndGet();
            });
      }
      assertThat(executor).hasToString("executor with 10 goroutines");
      for (int i = 0; i < 10; i++) {
        go.trySend(true);
      }
    }
    assertThat(done).hasValue(10);
  }

  @Test
  void afterShutdownItTakesNoMoreAndTerminatesWithItsTasks() throws Exception {
    Chan<Boolean> go = Chan.unbuffered();
    var executor = GoroutineExecutor.open(ctx);
    var task = executor.submit(() -> go.receive());
    executor.shutdown();
    executor.shutdown();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.execute(() -> {}));
    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.isTerminated()).isFalse();
    assertThat(executor.awaitTermination(1, TimeUnit.MICROSECONDS)).isFalse();
    go.send(true);
    assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(task.get()).isTrue();
    assertThat(executor).hasToString("executor with 0 goroutines (terminated)");
  }

  @Test
  void shuttingDownNowInterruptsTheTasks() throws Exception {
    var executor = GoroutineExecutor.open(ctx);
    var tasks =
        IntStream.range(0, 50).mapToObj(_ -> executor.submit(() -> Chan.nil().receive())).toList();
    assertThat(executor.shutdownNow()).isEmpty();
    assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(tasks)
        .allSatisfy(
            task -> assertThat(task.exceptionNow()).isInstanceOf(InterruptedException.class));
  }

  @Test
  void theEndOfTheContextInterruptsTheTasks() {
    CancelContext soon = ctx.withCancel();
    try (var executor = GoroutineExecutor.open(soon)) {
      var _ = executor.submit(() -> Chan.nil().receive());
      soon.cancel();
    }
  }

  @Test
  void shuttingDownAnIdleExecutorTerminatesIt() {
    var executor = GoroutineExecutor.open(ctx);
    executor.close();
    assertThat(executor.isTerminated()).isTrue();
  }
}
