package dev.runnel;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Code that runs under a context, and is interrupted when it ends. A body that cancels its own
 * context has its interrupt pending at once: no waiting for another thread.
 */
class ContextRunTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final CancelContext ctx = Context.background().withCancel();
  private final RuntimeException why = new RuntimeException("why");
  private final List<Object> seen = new ArrayList<>();

  @AfterEach
  void noStrayInterrupt() {
    assertThat(Thread.interrupted()).as("interrupt flag").isFalse();
  }

  @Test
  void theBodyRunsOnTheCallersThreadAndGivesItsResult() throws Exception {
    assertThat(ctx.<Thread>call(Thread::currentThread)).isSameAs(Thread.currentThread());
    assertThat(ctx.<String>call(() -> null)).isNull();
  }

  @Test
  void underAnEndedContextTheBodyDoesNotRun() {
    ctx.cancel(why);
    assertThatExceptionOfType(CanceledException.class)
        .isThrownBy(() -> ctx.run(() -> seen.add("ran")))
        .withCause(why);
    assertThatExceptionOfType(CanceledException.class)
        .isThrownBy(() -> ctx.call(() -> seen.add("ran")));
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aBodyCutShortGivesTheContextsExceptionAndSuppressesItsOwn(Actor.Kind kind)
      throws InterruptedException {
    Actor actor =
        kind.start(() ->
            assertThatExceptionOfType(CanceledException.class)
                .isThrownBy(() -> ctx.run(() -> Go.sleep(HOUR)))
                .withCause(why)
                .satisfies(e ->
                    assertThat(e.getSuppressed())
                        .hasExactlyElementsOfTypes(InterruptedException.class))
                .satisfies(e -> seen.add(Thread.currentThread().isInterrupted())));
    actor.awaitWaiting();
    ctx.cancel(why);
    actor.join();
    assertThat(seen).containsExactly(false);
  }

  @Test
  void aDeadlineCutsShortToo() {
    try (var late = Context.background().withTimeout(Duration.ofMillis(1))) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> late.run(() -> new java.util.concurrent.CountDownLatch(1).await()));
    }
  }

  @Test
  void everyExceptionThatMeansAnInterruptCountsAsCutShort() {
    for (Exception echo :
        new Exception[] {
          new InterruptedException(),
          new InterruptedIterationException(new InterruptedException()),
          new ClosedByInterruptException(),
          new InterruptedIOException()
        }) {
      CancelContext each = Context.background().withCancel();
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() ->
              each.run(() -> {
                each.cancel();
                throw echo;
              }))
          .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(echo));
    }
  }

  @Test
  void whatElseTheBodyThrowsPassesThroughThoughTheContextEnded() {
    for (Exception own :
        new Exception[] {
          new IOException("disk"), new SocketTimeoutException("peer"), new RuntimeException("bug")
        }) {
      CancelContext each = Context.background().withCancel();
      assertThatExceptionOfType(Exception.class)
          .isThrownBy(() ->
              each.run(() -> {
                each.cancel();
                throw own;
              }))
          .isSameAs(own);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void anInterruptedExceptionWhileTheContextIsOpenIsTheBodysOwn() {
    InterruptedException own = new InterruptedException("own");
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() ->
            ctx.run(() -> {
              throw own;
            }))
        .isSameAs(own);
  }

  @Test
  void aBodyThatReturnsHasReturnedThoughTheContextEnded() throws Exception {
    String result =
        ctx.call(() -> {
          ctx.cancel();
          assertThat(Thread.currentThread().isInterrupted()).isTrue();
          return "done";
        });
    assertThat(result).isEqualTo("done");
  }

  @Test
  void anInterruptThatWasPendingStaysPending() throws Exception {
    Thread.currentThread().interrupt();
    ctx.run(() -> assertThat(Thread.currentThread().isInterrupted()).isTrue());
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    ctx.run(ctx::cancel);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptThroughTheGoroutineStaysBesideTheContextsOwn() throws InterruptedException {
    go(
            () -> {
              ctx.run(() -> {
                Goroutine.current().interrupt();
                ctx.cancel();
              });
              seen.add(Thread.interrupted());
            })
        .join();
    assertThat(seen).containsExactly(true);
  }

  @Test
  void theInterruptOfAnEnclosingContextStaysUntilThatIsLeft() throws Exception {
    CancelContext outer = Context.background().withCancel();
    outer.run(() -> {
      ctx.run(() -> {
        outer.cancel();
        ctx.cancel();
      });
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    });
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /** It was taken: to set the flag again would interrupt the body twice for one end. */
  @Test
  void theInterruptOfAnEnclosingContextDoesNotComeTwice() throws Exception {
    CancelContext outer = Context.background().withCancel();
    outer.run(() -> {
      outer.cancel();
      assertThat(Thread.interrupted()).isTrue();
      ctx.run(ctx::cancel);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    });
  }

  @Test
  void theInterruptOfAnEnclosingContextThatWasPendingStaysPending() throws Exception {
    CancelContext outer = Context.background().withCancel();
    outer.run(() -> {
      outer.cancel();
      ctx.run(ctx::cancel);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    });
  }

  @Test
  void theInterruptOfAGoroutinesContextStaysWhenAnInnerOneIsLeft() throws InterruptedException {
    CancelContext outer = Context.background().withCancel();
    go(
            outer,
            () -> {
              ctx.run(() -> {
                outer.cancel();
                ctx.cancel();
              });
              seen.add(Thread.interrupted());
            })
        .join();
    assertThat(seen).containsExactly(true);
  }

  @Test
  void theEndOfAnInnerContextIsOverWhenThatIsLeft() throws Exception {
    Context outer = Context.background().withCancel();
    outer.run(() -> {
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() ->
              ctx.run(() -> {
                ctx.cancel();
                Go.sleep(HOUR);
              }));
      Go.sleep(Duration.ofNanos(1));
      assertThat(outer.err()).isNull();
    });
  }

  @Test
  void theEndOfBothGivesOneContextException() {
    Context inner = ctx.withCancel();
    assertThatExceptionOfType(CanceledException.class)
        .isThrownBy(() ->
            ctx.run(() ->
                inner.run(() -> {
                  ctx.cancel(why);
                  Go.sleep(HOUR);
                })))
        .withCause(why);
  }
}
