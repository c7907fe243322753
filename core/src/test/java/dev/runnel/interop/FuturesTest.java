package dev.runnel.interop;

import static dev.runnel.Select.afterGet;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.ReceiveChan;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Futures as channels, goroutines as futures. */
@Timeout(60)
@ExtendWith(Accounted.class)
class FuturesTest {
  private final Context ctx = Context.background();
  private final CompletableFuture<String> future = new CompletableFuture<>();
  private final Exception broken = new Exception("broken");

  @Test
  void aChannelBringsTheResultOnceThenItsEnd() throws Exception {
    ReceiveChan<String> channel = Futures.channel(future);
    Actor receiver =
        Actor.Kind.VIRTUAL
            .start(() -> assertThat(channel.receive()).isEqualTo("done"))
            .awaitWaiting();
    future.complete("done");
    receiver.join();
    assertThat(channel.receive()).isNull();
    assertThat(Futures.channel(future)).as("each has its own").containsExactly("done");
  }

  @Test
  void aSelectTakesWhicheverFutureIsFirst() throws Exception {
    ReceiveChan<String> never = Futures.channel(new CompletableFuture<String>());
    ReceiveChan<String> channel = Futures.channel(future);
    future.completeAsync(() -> "first");
    String result =
        select(
            never.onReceive(),
            channel.onReceive(),
            afterGet(Duration.ofMinutes(1), () -> "too late"));
    assertThat(result).isEqualTo("first");
  }

  @Test
  void anEmptyResultOnlyCloses() throws Exception {
    future.complete(null);
    assertThat(Futures.channel(future).receive()).isNull();
    assertThat(Futures.<String>channel(future, ctx).receive()).isNull();
  }

  @Test
  void aFailureFailsTheChannelWithItsCause() {
    CompletableFuture<Integer> dependent = future.thenApply(String::length);
    future.completeExceptionally(broken);
    for (ReceiveChan<?> channel :
        List.of(
            Futures.<Integer>channel(dependent),
            Futures.<Integer>channel(dependent, ctx),
            Futures.<String>channel(future),
            Futures.<String>channel(future, ctx))) {
      assertThatExceptionOfType(ChannelFailedException.class)
          .isThrownBy(channel::receive)
          .withCause(broken);
    }
  }

  @Test
  void aCancelledFutureFailsTheChannel() {
    future.cancel(false);
    for (ReceiveChan<?> channel :
        List.of(Futures.<String>channel(future), Futures.<String>channel(future, ctx))) {
      assertThatExceptionOfType(ChannelFailedException.class)
          .isThrownBy(channel::receive)
          .withCauseInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aGoroutinesFutureIsAChannel() throws Exception {
    ReceiveChan<Integer> channel = Futures.channel(Go.call(() -> 7), ctx);
    int result = select(Chan.<Integer>nil().onReceive(), channel.onReceive());
    assertThat(result).isEqualTo(7);
  }

  @Test
  void aContextEndsTheWaitForAFutureAndLeavesItAlone() throws Exception {
    CancelContext soon = ctx.withCancel();
    FutureTask<String> task = new FutureTask<>(() -> "late");
    ReceiveChan<String> channel = Futures.channel(task, soon);
    Actor awaiting = Actor.Kind.PLATFORM.start(() -> Futures.await(future, soon)).awaitWaiting();
    soon.cancel();
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(channel::receive)
        .withCauseInstanceOf(CanceledException.class);
    assertThat(awaiting.joinForFailure()).isInstanceOf(CanceledException.class);
    assertThat(task.isCancelled()).isFalse();
    assertThat(future.isDone()).isFalse();
  }

  @Test
  void awaitingGivesTheResultOrWhatTheFutureFailedWith() throws Exception {
    Actor awaiting =
        Actor.Kind.VIRTUAL
            .start(() -> assertThat(Futures.await(future, ctx)).isEqualTo("done"))
            .awaitWaiting();
    future.complete("done");
    awaiting.join();
    String none = Futures.await(CompletableFuture.completedStage(null), ctx);
    assertThat(none).isNull();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> Futures.await(CompletableFuture.failedFuture(broken), ctx))
        .withCause(broken);
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> Futures.await(cancelled, ctx));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> Futures.await(new CompletableFuture<>(), ctx));
  }

  @Test
  void aGoroutinesResultCompletesAFuture() throws Exception {
    CompletableFuture<Integer> result = Futures.call(ctx, () -> 6);
    assertThat(result.thenApply(n -> n + 1).get()).isEqualTo(7);
    assertThat(Futures.completable(Go.<String>call(() -> null)).get()).isNull();
    CompletableFuture<Object> failed =
        Futures.call(
            ctx,
            () -> {
              throw broken;
            });
    assertThatExceptionOfType(CompletionException.class).isThrownBy(failed::join).withCause(broken);
    try (ErrGroup group = ErrGroup.open()) {
      assertThat(Futures.completable(group.call(() -> 8)).get()).isEqualTo(8);
      group.await();
    }
  }

  @Test
  void cancellingTheFutureInterruptsItsGoroutine() throws Exception {
    Chan<String> seen = Chan.buffered(2);
    CompletableFuture<String> result = Futures.call(ctx, () -> untilInterrupted(seen));
    assertThat(seen.receive()).isEqualTo("at work");
    assertThat(result.cancel(true)).isTrue();
    assertThat(seen.receive()).isEqualTo("stopped");
    Goroutines.awaitNoOthers();
  }

  @Test
  void completingTheFutureOtherwiseInterruptsItsGoroutine() throws Exception {
    Chan<String> seen = Chan.buffered(2);
    CompletableFuture<String> result =
        Futures.call(ctx, () -> untilInterrupted(seen)).orTimeout(5, TimeUnit.MILLISECONDS);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(result::get)
        .withCauseInstanceOf(TimeoutException.class);
    assertThat(seen.receive()).isEqualTo("at work");
    assertThat(seen.receive()).isEqualTo("stopped");
    Goroutines.awaitNoOthers();
  }

  @Test
  void theEndOfTheContextCancelsTheFuture() throws Exception {
    CancelContext soon = ctx.withCancel();
    Chan<String> seen = Chan.buffered(2);
    CompletableFuture<String> result = Futures.call(soon, () -> untilInterrupted(seen));
    assertThat(seen.receive()).isEqualTo("at work");
    soon.cancel();
    Eventually.that("the end", result::isDone);
    assertThat(result).isCancelled();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(result::get)
        .havingRootCause()
        .isInstanceOf(CanceledException.class);
  }

  private static String untilInterrupted(Chan<String> seen) throws InterruptedException {
    seen.send("at work");
    try {
      Chan.nil().receive();
      return "";
    } finally {
      seen.trySend("stopped");
    }
  }

  @Test
  void aFutureIsCancelledWithItsContext() {
    CancelContext soon = ctx.withCancel();
    assertThat(Futures.cancelWith(future, soon)).isSameAs(future);
    CompletableFuture<String> done = Futures.cancelWith(new CompletableFuture<>(), soon);
    done.complete("before");
    soon.cancel();
    Eventually.that("the cancellation", future::isCancelled);
    assertThat(done).isCompletedWithValue("before");
  }

  @Test
  void foreignExecutorsDoWork() throws Exception {
    List<ExecutorService> executors =
        List.of(
            Executors.newSingleThreadExecutor(),
            Executors.newVirtualThreadPerTaskExecutor(),
            new ForkJoinPool(1));
    for (ExecutorService executor : executors) {
      try (executor) {
        assertThat(Futures.<String>submit(executor, () -> "done", ctx)).containsExactly("done");
        assertThat(Futures.<String>submit(executor, () -> null, ctx).receive()).isNull();
        ReceiveChan<String> failed =
            Futures.submit(
                executor,
                () -> {
                  throw broken;
                },
                ctx);
        assertThatExceptionOfType(ChannelFailedException.class)
            .isThrownBy(failed::receive)
            .withCause(broken);
      }
    }
  }

  @Test
  void theEndOfTheContextInterruptsWorkOnAForeignExecutorAndKeepsTheRestFromBeginning()
      throws Exception {
    CancelContext soon = ctx.withCancel();
    Chan<String> seen = Chan.buffered(2);
    List<String> begun = new ArrayList<>();
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      ReceiveChan<String> running = Futures.submit(executor, () -> untilInterrupted(seen), soon);
      ReceiveChan<String> waiting =
          Futures.submit(
              executor,
              () -> {
                begun.add("begun");
                return "";
              },
              soon);
      assertThat(seen.receive()).isEqualTo("at work");
      soon.cancel();
      for (ReceiveChan<String> channel : List.of(running, waiting)) {
        assertThatExceptionOfType(ChannelFailedException.class)
            .isThrownBy(channel::receive)
            .withCauseInstanceOf(CanceledException.class);
      }
      assertThat(seen.receive()).isEqualTo("stopped");
      ReceiveChan<String> late = Futures.submit(executor, () -> "late", soon);
      assertThatExceptionOfType(ChannelFailedException.class).isThrownBy(late::receive);
    }
    assertThat(begun).isEmpty();
  }

  @Test
  void workIsNotBegunAfterTheEndOfItsContext() {
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<Runnable> queued = new ArrayList<>();
      CancelContext soon = ctx.withCancel();
      ReceiveChan<String> result =
          Futures.submit(
              queued::add,
              () -> {
                begun.add("begun");
                return "";
              },
              soon);
      soon.cancel();
      queued.forEach(Runnable::run); // perhaps before it has been cancelled
      var _ = Thread.interrupted(); // the cancellation's, if it met this thread at the work
      assertThatExceptionOfType(ChannelFailedException.class)
          .isThrownBy(result::receive)
          .withCauseInstanceOf(CanceledException.class);
    }
    assertThat(begun).isEmpty();
  }

  @Test
  void anExecutorThatIsShutDownRejects() {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    executor.close();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> Futures.submit(executor, () -> "", ctx));
  }

  @Test
  void channelsWorkOnTheThreadsOfForeignExecutors() throws Exception {
    Chan<Integer> numbers = Chan.unbuffered();
    Chan<Integer> squares = Chan.unbuffered();
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      Future<?> sender =
          executor.submit(() -> {
            numbers.closeAfter(() -> numbers.sendAll(List.of(1, 2, 3)));
            return true;
          });
      Future<?> squarer =
          executor.submit(() -> {
            squares.closeAfter(() -> numbers.receiveEach(n -> squares.send(n * n)));
            return true;
          });
      assertThat(squares).containsExactly(1, 4, 9);
      sender.get();
      squarer.get();
    }
  }
}
