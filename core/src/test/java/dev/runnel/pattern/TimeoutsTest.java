package dev.runnel.pattern;

import static dev.runnel.Go.go;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.DeadlineExceededException;
import dev.runnel.Goroutine;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Work whose time is over is stopped, and a result that is there is never thrown away. */
@Timeout(60)
@ExtendWith(Accounted.class)
class TimeoutsTest {
  private final Context background = Context.background();

  @Test
  void workInTimeBringsItsResult() throws Exception {
    String result = Timeouts.call(ofDays(1), background, _ -> "done");
    assertThat(result).isEqualTo("done");
    String none = Timeouts.call(ofDays(1), background, _ -> null);
    assertThat(none).isNull();
  }

  @Test
  void withoutTimeTheWorkDoesNotBegin() {
    for (Duration none : new Duration[] {Duration.ZERO, ofMillis(-1)}) {
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() ->
              Timeouts.call(
                  none,
                  background,
                  _ -> {
                    throw new AssertionError("begun");
                  }));
    }
  }

  @Test
  void theEndOfTheContextAboveIsNoTimeout() {
    try (var ctx = background.withCancel()) {
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() ->
              Timeouts.call(
                  ofDays(1),
                  ctx,
                  _ -> {
                    ctx.cancel();
                    return Chan.nil().receive();
                  }));
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() -> Timeouts.call(ofDays(1), ctx, _ -> 1));
    }
    try (var ctx = background.withTimeout(ofMillis(1))) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> Timeouts.call(ofDays(1), ctx, _ -> Chan.nil().receive()));
    }
  }

  @Test
  void whatTheWorkThrowsComesAsItIs() {
    IOException failure = new IOException("no");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            Timeouts.call(
                ofDays(1),
                background,
                _ -> {
                  throw failure;
                }))
        .isSameAs(failure);
  }

  @Test
  void anInterruptFromElsewhereIsNoTimeout() throws Exception {
    Chan<Integer> begun = Chan.unbuffered();
    Goroutine caller =
        go(() ->
            Timeouts.call(
                ofDays(1),
                background,
                _ -> {
                  begun.send(1);
                  return Chan.nil().receive();
                }));
    begun.receive();
    caller.interrupt();
    caller.join();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void workThatMayBeAbandonedButIsInTime() throws Exception {
    String result =
        Timeouts.callOrAbandon(
            ofDays(1),
            background,
            _ -> "done",
            late -> {
              throw new AssertionError("told of " + late);
            });
    assertThat(result).isEqualTo("done");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() ->
            Timeouts.callOrAbandon(
                ofDays(1),
                background,
                _ -> {
                  throw new IOException("no");
                },
                _ -> {}))
        .withCauseInstanceOf(IOException.class);
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> Timeouts.callOrAbandon(Duration.ZERO, background, _ -> 1, _ -> {}));
  }

  @Test
  void workIsAbandonedWithItsContextAndWithAnInterrupt() throws Exception {
    AtomicReference<Future<Object>> told = new AtomicReference<>();
    try (var ctx = background.withCancel()) {
      assertThatExceptionOfType(ContextException.class)
          .isThrownBy(() ->
              Timeouts.callOrAbandon(
                  ofDays(1),
                  ctx,
                  _ -> {
                    ctx.cancel();
                    return Chan.nil().receive();
                  },
                  told::set));
    }
    Eventually.that("the failure", () -> told.getAndSet(null) != null);
    Chan<Integer> begun = Chan.unbuffered();
    Goroutine caller =
        go(() ->
            Timeouts.callOrAbandon(
                ofDays(1),
                background,
                _ -> {
                  begun.send(1);
                  return Chan.nil().receive();
                },
                told::set));
    begun.receive();
    caller.interrupt();
    caller.join();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    Eventually.that("the failure", () -> told.get() != null);
  }

  @Test
  void theEndOfAnotherContextIsAFailureLikeAnyOther() {
    try (var other = background.withCancel()) {
      other.cancel();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() ->
              Timeouts.callOrAbandon(
                  ofDays(1),
                  background,
                  _ -> {
                    other.check();
                    return 1;
                  },
                  _ -> {}))
          .withCauseInstanceOf(CanceledException.class);
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() ->
              Timeouts.call(
                  ofDays(1),
                  background,
                  _ -> {
                    other.check();
                    return 1;
                  }));
    }
  }

  @Test
  void aResultAndATimeoutAtTheSameMomentLoseNothing() throws Exception {
    int results = 0;
    int[] late = {0};
    Chan<Integer> lates = Chan.unbounded();
    for (int i = 0; i < 2000; i++) {
      Duration atMost = Duration.ofNanos(1 + i % 50 * 1000);
      try {
        results +=
            Timeouts.callOrAbandon(atMost, background, _ -> 1, f -> lates.trySend(f.resultNow()));
      } catch (TimeoutException e) {
        late[0]++;
      }
    }
    Eventually.that("all told", () -> Goroutines.others().isEmpty());
    // Work that had no time at all did not begin, and so is told of nowhere.
    assertThat(results + lates.length()).isLessThanOrEqualTo(2000);
    assertThat(results).isEqualTo(2000 - late[0]);
    assertThat(lates.length()).isLessThanOrEqualTo(late[0]);
  }
}
