package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goroutines throw because their group was told to stop is an echo, not a failure. */
class ErrGroupEchoTest {

  static Stream<Exception> echoes() {
    return Stream.of(
        new InterruptedException(),
        new InterruptedIterationException(new InterruptedException()),
        new ClosedByInterruptException(),
        new InterruptedIOException(),
        new UncheckedIOException(new ClosedByInterruptException()), // of Files.lines and the like
        new CancellationException(), // of a sibling's future
        ended().err());
  }

  static Stream<Exception> failures() {
    return Stream.of(
        new IOException("disk"),
        new SocketTimeoutException("an InterruptedIOException by inheritance only"),
        new UncheckedIOException(new IOException("disk")),
        new RuntimeException(new InterruptedException("wrapped by hand: nobody can tell")),
        new IllegalStateException("bug"));
  }

  private static Context ended() {
    CancelContext ctx = Context.background().withCancel();
    ctx.cancel();
    return ctx;
  }

  @ParameterizedTest
  @MethodSource("echoes")
  void anEchoOfTheEndIsNoFailure(Exception echo) throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> throwAtTheEnd(group.context(), echo));
      var future = group.<Void>call(() -> throwAtTheEnd(group.context(), echo));
      group.cancel();
      group.await();
      assertThat(future.isCancelled()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anythingElseIsAFailureThoughTheGroupIsOver(Exception own) throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> throwAtTheEnd(group.context(), own));
      group.cancel();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(group::await)
          .satisfies(failed -> assertThat(failed.getCause()).isSameAs(own));
    }
  }

  @ParameterizedTest
  @MethodSource("echoes")
  void beforeTheEndItIsAFailure(Exception own) throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        throw own;
      });
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(group::await)
          .satisfies(failed -> assertThat(failed.getCause()).isSameAs(own));
    }
  }

  @Test
  void theRestStoppedByAFailureAddNothingToIt() throws Exception {
    RuntimeException boom = new RuntimeException("boom");
    AtomicInteger stopped = new AtomicInteger();
    try (var group = ErrGroup.open()) {
      Chan<Integer> never = Chan.unbuffered();
      Task[] waits = {
        () -> never.receive(),
        () -> never.send(1, group.context()),
        () -> Select.select(never.onReceive()),
        () -> never.receiveEach(v -> {}),
        () -> never.stream().forEach(v -> {}),
        () -> Go.sleep(java.time.Duration.ofHours(1)),
        () -> new java.util.concurrent.CountDownLatch(1).await(),
        () -> new java.util.concurrent.SynchronousQueue<Integer>().take(),
        () -> group.call(never::receive).get(),
      };
      for (Task wait : waits) {
        group.go(() -> {
          try {
            wait.run();
          } finally {
            stopped.incrementAndGet();
          }
        });
      }
      group.go(() -> {
        throw boom;
      });
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(group::await)
          .satisfies(failed -> assertThat(failed.getSuppressed()).isEmpty())
          .withCause(boom);
      assertThat(stopped).hasValue(waits.length);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // the yields only vary who comes first
  @Test
  void theEndOfAnAncestorIsSeenAsAnEchoHoweverEarlyAMemberSeesIt() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      CancelContext root = Context.background().withCancel();
      try (var group = ErrGroup.open(root.withCancel())) {
        group.go(() -> {
          while (true) {
            root.check();
          }
        });
        if (round % 2 == 0) {
          Thread.yield();
        }
        root.cancel();
        assertThatExceptionOfType(CanceledException.class).isThrownBy(group::await);
      }
    }
  }

  @Test
  void theEndOfAnUnrelatedContextIsAFailure() throws Exception {
    Context unrelated = ended();
    try (var group = ErrGroup.open()) {
      group.go(unrelated::check);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(group::await)
          .withCauseInstanceOf(CanceledException.class);
    }
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // it returns nothing, as whatever is asked for
  private static <T> T throwAtTheEnd(Context context, Exception thrown) throws Exception {
    ErrGroupFailureTest.awaitEnd(context);
    throw thrown;
  }
}
