package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goroutines with a result, as futures. */
class GoCallTest {
  private final Chan<String> gate = Chan.unbuffered();
  private int plain;

  @Test
  void givesTheResult() throws Exception {
    Future<String> future = Go.call(() -> "result");
    assertThat(future.get()).isEqualTo("result");
    assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo("result");
    assertThat(future.isDone()).isTrue();
    assertThat(future.isCancelled()).isFalse();
    assertThat(future.state()).isEqualTo(Future.State.SUCCESS);
    assertThat(future.resultNow()).isEqualTo("result");
    assertThatIllegalStateException().isThrownBy(future::exceptionNow);
    assertThat(future.cancel(true)).isFalse();
    assertThat(future).hasToString("future [done: result]");
    assertThat(Go.<String>call(() -> null).get()).isNull();
  }

  @Test
  void givesTheFailure() {
    IOException cause = new IOException("disk");
    Future<String> future =
        Go.call(() -> {
          throw cause;
        });
    assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get).withCause(cause);
    assertThat(future.state()).isEqualTo(Future.State.FAILED);
    assertThat(future.exceptionNow()).isSameAs(cause);
    assertThatIllegalStateException().isThrownBy(future::resultNow);
  }

  /** The future tells it: no handler does, neither the thread's own nor the one for all threads. */
  @Test
  void theFailureStaysOnTheHandleAndIsReportedToNoHandler() throws Exception {
    IOException cause = new IOException("disk");
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    AtomicReference<Goroutine> goroutine = new AtomicReference<>();
    var former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    try {
      for (boolean itsOwnHandler : new boolean[] {false, true}) {
        Future<String> future =
            Go.call(() -> {
              goroutine.set(Goroutine.current());
              if (itsOwnHandler) {
                Thread.currentThread().setUncaughtExceptionHandler((t, e) -> reported.add(e));
              }
              throw cause;
            });
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get);
        goroutine.get().join();
        assertThat(goroutine.get().failure()).isSameAs(cause);
      }
      assertThat(reported).isEmpty();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(former);
    }
  }

  @ParameterizedTest
  @EnumSource
  void getWaitsAndATimedGetGivesUp(Actor.Kind kind) throws Exception {
    Future<String> future = Go.call(gate::receive);
    Actor getter = kind.start(() -> assertThat(future.get()).isEqualTo("value")).awaitWaiting();
    Actor timed = kind.start(() -> assertThat(future.get(1, TimeUnit.DAYS)).isEqualTo("value"));
    timed.awaitWaiting();
    for (long timeout : new long[] {1, 0, -1}) {
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> future.get(timeout, TimeUnit.MILLISECONDS))
          .withMessageContaining("milliseconds");
    }
    assertThat(future.state()).isEqualTo(Future.State.RUNNING);
    assertThatIllegalStateException().isThrownBy(future::resultNow);
    gate.send("value");
    getter.join();
    timed.join();
  }

  @ParameterizedTest
  @EnumSource
  void getCanBeInterruptedAndTheCallRunsOn(Actor.Kind kind) throws Exception {
    Future<String> future = Go.call(gate::receive);
    Actor getter = kind.start(future::get).awaitWaiting();
    getter.interrupt();
    assertThat(getter.joinForFailure()).isInstanceOf(InterruptedException.class);
    gate.send("value");
    assertThat(future.get()).isEqualTo("value");
  }

  @Test
  void cancelWithTrueInterruptsTheCallAndWakesTheWaiters() throws Exception {
    AtomicReference<Goroutine> goroutine = new AtomicReference<>();
    Future<Void> future =
        Go.call(() -> {
          goroutine.set(Goroutine.current());
          Go.sleep(Duration.ofHours(1));
          return null;
        });
    Actor getter = Actor.Kind.VIRTUAL.start(future::get).awaitWaiting();
    Eventually.that("the start", () -> goroutine.get() != null);
    assertThat(future.cancel(true)).isTrue();
    assertThat(future.cancel(true)).isFalse();
    assertThat(getter.joinForFailure()).isInstanceOf(CancellationException.class);
    goroutine.get().join();
    assertThat(future.isCancelled()).isTrue();
    assertThat(future.isDone()).isTrue();
    assertThat(future.state()).isEqualTo(Future.State.CANCELLED);
  }

  @Test
  void cancelWithFalseLetsTheCallRunOnUnheard() throws Exception {
    Chan<Boolean> interrupted = Chan.unbuffered();
    Future<String> future =
        Go.call(() -> {
          gate.receive();
          interrupted.send(Thread.currentThread().isInterrupted());
          return "too late";
        });
    gate.send("begin");
    assertThat(future.cancel(false)).isTrue();
    assertThat(interrupted.receive()).isFalse();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
  }

  /** One race in three ways: whether the body has begun when the cancel comes is left to chance. */
  @Test
  void aCallCancelledBeforeItRanNeverRunsAndAResultIsGivenAtMostOnce() throws Exception {
    for (int i = 0; i < 2000; i++) {
      AtomicBoolean ended = new AtomicBoolean();
      Future<String> future =
          Go.call(() -> {
            ended.set(true);
            return "result";
          });
      if (future.cancel(true)) {
        assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
      } else {
        assertThat(future.get()).isEqualTo("result");
        assertThat(ended).isTrue();
      }
    }
  }

  @Test
  void theBodyHappensBeforeItsResult() throws Exception {
    for (int i = 0; i < 10_000; i += 2) {
      plain = i;
      assertThat(Go.call(() -> ++plain).get()).isEqualTo(plain).isEqualTo(i + 1);
    }
  }
}
