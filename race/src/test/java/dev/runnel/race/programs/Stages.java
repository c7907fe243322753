package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The rarer stages of futures, and ways to complete one. */
@SuppressWarnings({"FutureReturnValueIgnored", "unused"})
final class Stages {
  private Stages() {}

  private static IllegalStateException failure() {
    return new IllegalStateException("on purpose");
  }

  private static void chain(
      boolean ordered, Function<CompletableFuture<Integer>, ? extends CompletionStage<?>> chain)
      throws Exception {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<?> last = chain.apply(first).toCompletableFuture();
    Pair.pass(ordered, () -> first.complete(1), last::join);
  }

  private static CompletableFuture<Integer> never() {
    return new CompletableFuture<>();
  }

  private static CompletableFuture<Integer> done() {
    return CompletableFuture.completedFuture(1);
  }

  static void runAfterBoth(boolean ordered) throws Exception {
    chain(ordered, f -> done().runAfterBoth(f, () -> {}));
  }

  static void runAfterBothAsync(boolean ordered) throws Exception {
    chain(ordered, f -> f.runAfterBothAsync(done(), () -> {}));
  }

  static void thenAcceptBoth(boolean ordered) throws Exception {
    chain(ordered, f -> f.thenAcceptBoth(done(), (a, b) -> {}));
  }

  static void runAfterEither(boolean ordered) throws Exception {
    chain(ordered, f -> never().runAfterEither(f, () -> {}));
  }

  static void acceptEither(boolean ordered) throws Exception {
    chain(ordered, f -> f.acceptEither(never(), i -> {}));
  }

  static void acceptEitherAsync(boolean ordered) throws Exception {
    chain(ordered, f -> never().acceptEitherAsync(f, i -> {}));
  }

  private static void failing(
      boolean ordered, Function<CompletableFuture<Integer>, CompletableFuture<?>> chain)
      throws Exception {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<?> last = chain.apply(first);
    Pair.pass(ordered, () -> first.completeExceptionally(failure()), last::join);
  }

  static void exceptionallyCompose(boolean ordered) throws Exception {
    failing(ordered, f -> f.exceptionallyCompose(e -> done()));
  }

  static void exceptionallyComposeAsync(boolean ordered) throws Exception {
    failing(ordered, f -> f.exceptionallyComposeAsync(e -> done()));
  }

  static void handleAsync(boolean ordered) throws Exception {
    failing(ordered, f -> f.handleAsync((i, e) -> 1));
  }

  static void exceptionNow(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(
        ordered,
        () -> future.completeExceptionally(failure()),
        () ->
            Pair.await(() ->
                future.state() == CompletableFuture.State.FAILED && future.exceptionNow() != null));
  }

  static void resultNow(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(
        ordered,
        () -> future.complete(1),
        () -> Pair.await(() -> future.state() == CompletableFuture.State.SUCCESS));
  }

  static void cancel(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(ordered, () -> future.cancel(true), () -> Pair.await(future::isCancelled));
  }

  /** Put in the place of a result that was there already. */
  static void obtrudeValue(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = CompletableFuture.completedFuture(1);
    Pair.pass(ordered, () -> future.obtrudeValue(2), () -> Pair.await(() -> future.getNow(0) == 2));
  }

  static void obtrudeException(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = CompletableFuture.completedFuture(1);
    Pair.pass(
        ordered,
        () -> future.obtrudeException(failure()),
        () -> Pair.await(future::isCompletedExceptionally));
  }

  static void completeAsync(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(ordered, () -> future.completeAsync(() -> 1), future::join);
  }

  static void copy(boolean ordered) throws Exception {
    chain(ordered, CompletableFuture::copy);
  }

  static void minimalStage(boolean ordered) throws Exception {
    chain(ordered, f -> f.minimalCompletionStage().thenApply(i -> i + 1));
  }

  static void getWithTimeout(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Pair.pass(
        Thread.ofVirtual(),
        ordered,
        () -> future.complete(1),
        () -> future.get(1, TimeUnit.MINUTES));
  }

  /** Which of two was first is known, and what the other did is not. */
  static void theOtherOfEither(boolean ordered) throws Exception {
    CompletableFuture<Integer> one = new CompletableFuture<>();
    CompletableFuture<Integer> two = new CompletableFuture<>();
    CompletableFuture<Void> either = one.runAfterEither(two, () -> {});
    Cell cell = new Cell();
    if (!ordered) {
      two.complete(2);
    }
    Pair.inTurn(
        () -> {
          cell.value = 1;
          one.complete(1);
        },
        () -> {
          either.join();
          cell.value++;
        });
  }

  /** A task that others complete. */
  static void forkJoinTask(boolean ordered) throws Exception {
    RecursiveAction task =
        new RecursiveAction() {
          private static final long serialVersionUID = 1;

          @Override
          protected void compute() {}
        };
    Pair.pass(ordered, () -> task.complete(null), task::join);
  }

  static void quietlyJoined(boolean ordered) throws Exception {
    ForkJoinTask<?> task = ForkJoinTask.adapt(() -> {});
    Pair.pass(ordered, () -> task.completeExceptionally(failure()), task::quietlyJoin);
  }

  static void taskIsDone(boolean ordered) throws Exception {
    ForkJoinTask<?> task = ForkJoinTask.adapt(() -> {});
    Pair.pass(ordered, () -> task.cancel(false), () -> Pair.await(task::isDone));
  }

  static void invokedElsewhere(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ForkJoinTask<?> task = ForkJoinPool.commonPool().submit(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, () -> task.get(1, TimeUnit.MINUTES));
    task.join();
  }
}
