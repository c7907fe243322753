package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A task with a permit: the permit comes back, however the task ends. */
@Timeout(60)
@ExtendWith(Accounted.class)
class SemaphoreRunTest {
  private final Semaphore semaphore = Semaphore.of(2);
  private final Context background = Context.background();

  private void assertAllFree() {
    assertThat(semaphore.toString()).isEqualTo("semaphore (2 of 2 free)");
  }

  @Test
  void noMoreRunThanThereArePermits() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ErrGroup group = ErrGroup.open()) {
      for (int i = 0; i < 50; i++) {
        group.go(() ->
            semaphore.run(
                () -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  running.decrementAndGet();
                },
                group.context()));
      }
      group.await();
    }
    assertThat(most.get()).isBetween(1, 2);
    assertAllFree();
  }

  @Test
  void whatTheTaskThrowsComesAsItIs() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            semaphore.run(
                () -> {
                  throw new IOException("no");
                },
                background));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            semaphore.call(
                () -> {
                  throw new IOException("no");
                },
                background));
    assertAllFree();
  }

  @Test
  void theEndOfTheContextInterruptsTheTask() {
    try (var ctx = background.withCancel()) {
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() ->
              semaphore.run(
                  2,
                  () -> {
                    assertThat(Context.current()).isSameAs(ctx);
                    assertThat(semaphore.tryAcquire()).isFalse();
                    ctx.cancel();
                    Chan.nil().receive();
                  },
                  ctx));
    }
    assertAllFree();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theEndOfTheContextEndsTheWait() throws Exception {
    try (var ctx = background.withCancel();
        var _ = semaphore.hold(2)) {
      Actor waiter =
          Actor.Kind.VIRTUAL.start(() ->
              semaphore.run(
                  () -> {
                    throw new AssertionError("ran");
                  },
                  ctx));
      waiter.awaitWaiting();
      ctx.cancel();
      assertThat(waiter.joinForFailure()).isInstanceOf(ContextException.class);
    }
    assertAllFree();
  }
}
