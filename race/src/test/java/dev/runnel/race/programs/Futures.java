package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Futures and chains of them. One thread writes and completes a future; the stages that hang on it
 * run on another, which has been let go on without being told.
 */
@SuppressWarnings({"FutureReturnValueIgnored", "unused"})
final class Futures {
  private Futures() {}

  /** One completes, the other awaits what hangs on it. */
  private static void chain(
      boolean ordered, Function<CompletableFuture<Integer>, ? extends CompletionStage<?>> chain)
      throws Exception {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<?> last = chain.apply(first).toCompletableFuture();
    Pair.pass(ordered, () -> first.complete(1), last::join);
  }

  static void get(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(ordered, () -> future.complete(1), future::get);
  }

  static void getNow(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(ordered, () -> future.complete(1), () -> Pair.await(() -> future.getNow(0) == 1));
  }

  static void isDone(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(
        ordered,
        () -> future.completeExceptionally(new IllegalStateException("on purpose")),
        () -> Pair.await(future::isCompletedExceptionally));
  }

  static void thenApply(boolean ordered) throws Exception {
    chain(ordered, f -> f.thenApply(i -> i + 1).thenAccept(i -> {}));
  }

  static void thenApplyAsync(boolean ordered) throws Exception {
    chain(ordered, f -> f.thenApplyAsync(i -> i + 1).thenRunAsync(() -> {}));
  }

  static void thenCompose(boolean ordered) throws Exception {
    chain(ordered, f -> f.thenCompose(i -> CompletableFuture.supplyAsync(() -> i)));
  }

  static void thenCombine(boolean ordered) throws Exception {
    chain(ordered, f -> CompletableFuture.completedFuture(1).thenCombine(f, Integer::sum));
  }

  static void thenCombineAsync(boolean ordered) throws Exception {
    chain(ordered, f -> f.thenCombineAsync(CompletableFuture.supplyAsync(() -> 1), Integer::sum));
  }

  static void allOf(boolean ordered) throws Exception {
    chain(ordered, f -> CompletableFuture.allOf(CompletableFuture.runAsync(() -> {}), f));
  }

  static void anyOf(boolean ordered) throws Exception {
    chain(ordered, f -> CompletableFuture.anyOf(new CompletableFuture<>(), f));
  }

  /** Of two, the one that comes first; the other one has told nothing. */
  static void theOther(boolean ordered) throws Exception {
    CompletableFuture<Integer> one = new CompletableFuture<>();
    CompletableFuture<Integer> two = new CompletableFuture<>();
    CompletableFuture<Object> any =
        CompletableFuture.anyOf(one, CompletableFuture.completedFuture(1));
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          one.complete(1);
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          (ordered ? one : any).join();
          cell.value++;
        });
  }

  static void applyToEither(boolean ordered) throws Exception {
    chain(ordered, f -> f.applyToEitherAsync(new CompletableFuture<>(), i -> i));
  }

  static void exceptionally(boolean ordered) throws Exception {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<Integer> last = first.thenApply(i -> i).exceptionallyAsync(e -> 1);
    Pair.pass(
        ordered,
        () -> first.completeExceptionally(new IllegalStateException("on purpose")),
        last::join);
  }

  static void whenComplete(boolean ordered) throws Exception {
    chain(ordered, f -> f.whenComplete((i, e) -> {}).handle((i, e) -> 1));
  }

  /** The stage runs on the completing thread or on the one that adds it. */
  static void stageThatIsAddedLate(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(
        ordered,
        () -> future.complete(1),
        () -> {
          CompletableFuture<Void> ran = new CompletableFuture<>();
          future.thenRun(() -> ran.complete(null));
          ran.join();
        });
  }

  static void supplied(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CompletableFuture<Void> chain =
        CompletableFuture.runAsync(() -> cell.value++).thenRunAsync(() -> increment(cell));
    if (ordered) {
      chain.get();
    } else {
      Pair.awaitSignal();
    }
    cell.value++;
    chain.get();
  }

  private static void increment(Cell cell) {
    cell.value++;
    Pair.signal();
  }

  static void orTimeout(boolean ordered) throws Exception {
    chain(ordered, f -> f.orTimeout(60, TimeUnit.SECONDS));
  }

  /** What is done before the time is set comes before what is done when it is over. */
  static void timedOut(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CompletableFuture<Integer> future = new CompletableFuture<>();
    CompletableFuture<Integer> handled =
        future.exceptionally(e -> {
          assert e instanceof TimeoutException || e instanceof CompletionException;
          cell.value++;
          return 1;
        });
    if (ordered) {
      cell.value = 1;
    }
    future.orTimeout(1, TimeUnit.MILLISECONDS);
    if (!ordered) {
      cell.value = 1;
    }
    handled.join();
  }

  static void completeOnTimeout(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(ordered, () -> future.completeOnTimeout(1, 1, TimeUnit.MILLISECONDS), future::join);
  }

  static void delayedExecutor(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(
        ordered,
        () ->
            CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)
                .execute(() -> future.complete(1)),
        future::join);
  }

  static void futureTask(boolean ordered) throws Exception {
    FutureTask<Integer> task = new FutureTask<>(() -> 1);
    Pair.pass(ordered, task::run, task::get);
  }

  static void cancelled(boolean ordered) throws Exception {
    FutureTask<Integer> task = new FutureTask<>(() -> 1);
    Pair.pass(ordered, () -> task.cancel(false), () -> Pair.await(task::isCancelled));
  }

  /** The one who cancels comes before the one who is interrupted by it. */
  static void cancelledByInterrupt(boolean ordered) throws Exception {
    Cell cell = new Cell();
    FutureTask<Integer> task =
        new FutureTask<>(() -> {
          Pair.signal();
          Pair.await(() -> Thread.currentThread().isInterrupted());
          return ++cell.value;
        });
    Pair.both(
        task::run,
        () -> {
          Pair.awaitSignal();
          if (ordered) {
            cell.value = 1;
          }
          task.cancel(true);
          if (!ordered) {
            cell.value = 1;
          }
        });
  }
}
