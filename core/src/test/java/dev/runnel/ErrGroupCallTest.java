package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Carriers;
import dev.runnel.testkit.Garbage;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goroutines of a group with a result. */
class ErrGroupCallTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Chan<String> gate = Chan.unbuffered();

  @ParameterizedTest
  @EnumSource
  void givesTheResult(Actor.Kind kind) throws Exception {
    try (var group = ErrGroup.open()) {
      Future<String> nothing = group.call(() -> null);
      Future<String> future = group.call(gate::receive);
      Actor getter = kind.start(() -> assertThat(future.get()).isEqualTo("value")).awaitWaiting();
      gate.send("value");
      getter.join();
      group.await();
      assertThat(future.state()).isEqualTo(Future.State.SUCCESS);
      assertThat(nothing.get()).isNull();
    }
  }

  @Test
  void itsFailureIsTheGroupsToo() throws Exception {
    IOException disk = new IOException("disk");
    try (var group = ErrGroup.open()) {
      Future<String> sibling = group.call(gate::receive);
      Future<String> future =
          group.call(() -> {
            throw disk;
          });
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get).withCause(disk);
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(group::await).withCause(disk);
      assertThat(group.context().cause()).isSameAs(disk);
      assertThatExceptionOfType(CancellationException.class).isThrownBy(sibling::get);
    }
  }

  @Test
  void whatWasAdmittedButNeverRanIsCancelled() throws Exception {
    AtomicBoolean ran = new AtomicBoolean();
    try (var group = ErrGroup.open()) {
      Future<Boolean> future;
      try (var _ = Carriers.occupy()) {
        future = group.call(() -> ran.getAndSet(true));
        assertThat(future.isDone()).isFalse();
        group.cancel();
      }
      group.await();
      assertThat(future.isCancelled()).isTrue();
      assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
    }
    assertThat(ran).isFalse();
  }

  /** Unlike a call: its body may close a channel or count down for others. */
  @Test
  void whatHasNoResultRunsThoughTheContextEndsFirst() throws Exception {
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    try (var group = ErrGroup.open()) {
      try (var _ = Carriers.occupy()) {
        group.go(() -> interrupted.set(Thread.currentThread().isInterrupted()));
        group.cancel();
      }
      group.await();
    }
    assertThat(interrupted).hasValue(true);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheGroupsEndMadeStopIsCancelledAndItsWaitersWake(Actor.Kind kind) throws Exception {
    Chan<Integer> started = Chan.unbuffered();
    try (var group = ErrGroup.open()) {
      Future<Void> future =
          group.call(() -> {
            started.send(1);
            Go.sleep(HOUR);
            return null;
          });
      Actor getter = kind.start(future::get).awaitWaiting();
      started.receive();
      group.cancel();
      assertThat(getter.joinForFailure()).isInstanceOf(CancellationException.class);
      group.await();
      assertThat(future.state()).isEqualTo(Future.State.CANCELLED);
    }
  }

  @Test
  void whatReturnsAllTheSameHasItsResult() throws Exception {
    try (var group = ErrGroup.open()) {
      Future<String> future =
          group.call(() -> {
            group.cancel();
            return "result";
          });
      group.await();
      assertThat(future.get()).isEqualTo("result");
    }
  }

  @Test
  void aCancelledFutureDoesNotFailTheGroup() throws Exception {
    Chan<Integer> started = Chan.unbuffered();
    try (var group = ErrGroup.open()) {
      Future<Void> future =
          group.call(() -> {
            started.send(1);
            Go.sleep(HOUR);
            return null;
          });
      started.receive();
      assertThat(future.cancel(true)).isTrue();
      group.await();
      assertThat(group.context().err()).isNull();
    }
  }

  @Test
  void aFutureCancelledBeforeItsBodyRanIsNotRun() throws Exception {
    AtomicBoolean ran = new AtomicBoolean();
    try (var group = ErrGroup.open().limit(1)) {
      Future<Boolean> future;
      try (var _ = Carriers.occupy()) {
        future = group.call(() -> ran.getAndSet(true));
        assertThat(future.cancel(false)).isTrue();
      }
      group.go(() -> {}); // its place is free again
      group.await();
      assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
    }
    assertThat(ran).isFalse();
  }

  @Test
  void theFailureOfACancelledCallStillFailsTheGroup() throws Exception {
    IOException disk = new IOException("disk");
    Chan<Integer> started = Chan.unbuffered();
    try (var group = ErrGroup.open()) {
      Future<Void> future =
          group.call(() -> {
            started.send(1);
            try {
              Go.sleep(HOUR);
            } finally {
              throwUnlessNull(disk);
            }
            return null;
          });
      started.receive();
      future.cancel(true);
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(group::await).withCause(disk);
      assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
    }
  }

  /** Whoever wins, the books agree: a result or a cancellation, and the body ran for a result. */
  @Test
  @SuppressWarnings("ThreadPriorityCheck") // the yield only varies who comes first
  void aCallRacesWithTheEndOfItsGroup() throws Exception {
    for (int round = 0; round < 1_000; round++) {
      AtomicBoolean ended = new AtomicBoolean();
      try (var group = ErrGroup.open()) {
        Future<String> future =
            group.call(() -> {
              ended.set(true);
              return "result";
            });
        if (round % 2 == 0) {
          Thread.yield();
        }
        group.cancel();
        group.await();
        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isNotEqualTo(ended.get());
      }
    }
  }

  @Test
  void whatItsBodyHeldIsGarbageWhenItIsOver() throws Exception {
    List<WeakReference<?>> held = new ArrayList<>();
    List<Future<?>> futures = new ArrayList<>();
    try (var group = ErrGroup.open()) {
      futures.add(group.call(holding(held)));
      futures.add(Go.call(holding(held)));
      for (Future<?> future : futures) {
        assertThat(future.get()).isEqualTo(1000);
      }
      group.await();
      for (WeakReference<?> reference : held) {
        Garbage.awaitCollection("what a body held", reference);
      }
      assertThat(futures).allMatch(Future::isDone);
    }
  }

  private static Callable<Integer> holding(List<WeakReference<?>> held) {
    byte[] bytes = new byte[1000];
    held.add(new WeakReference<>(bytes));
    return () -> bytes.length;
  }

  private static void throwUnlessNull(IOException thrown) throws IOException {
    if (thrown != null) {
      throw thrown;
    }
  }
}
