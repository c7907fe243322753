package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.SlowToClose;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a group's await tells when its work was cut short. */
class ErrGroupAwaitTest {
  private final CancelContext parent = Context.background().withCancel();
  private final RuntimeException why = new RuntimeException("why");
  private final Chan<Integer> gate = Chan.unbuffered();

  @ParameterizedTest
  @EnumSource
  void theEndOfTheParentIsThrownSoThatUndoneWorkNeverLooksDone(Actor.Kind kind) throws Exception {
    try (var group = ErrGroup.open(parent)) {
      group.go(gate::receive);
      Actor waiter = kind.start(group::await).awaitWaiting();
      parent.cancel(why);
      assertThat(waiter.joinForFailure()).isInstanceOf(CanceledException.class).hasCause(why);
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(group::await)
          .isNotSameAs(waiter.joinForFailure());
    }
  }

  @Test
  void soIsItsDeadline() throws Exception {
    try (var late = Context.background().withTimeout(Duration.ofMillis(1));
        var group = ErrGroup.open(late.withValue(ContextKey.of("key"), "value"))) {
      late.done().receive();
      assertThatExceptionOfType(DeadlineExceededException.class).isThrownBy(group::await);
    }
  }

  @Test
  void aFailureSaysMoreThanTheEndOfTheParent() throws Exception {
    try (var group = ErrGroup.open(parent)) {
      group.go(() -> {
        parent.cancel();
        throw why;
      });
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(group::await).withCause(why);
    }
  }

  @Test
  void whoCancelsTheGroupItselfKnowsAndIsToldNothing() throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    try (var group = ErrGroup.open(parent)) {
      group.go(() -> {
        try {
          gate.receive();
        } finally {
          stopped.set(true);
        }
      });
      group.cancel();
      group.await();
      assertThat(stopped).isTrue();
      assertThat(parent.err()).isNull();
    }
  }

  /** The root has ended, but whoever ends it has not come as far down as to the parent. */
  @Test
  void theEndOfAnAncestorOnItsWayDownIsThrownToo() throws Exception {
    CancelContext root = Context.background().withCancel();
    Context halfway = root.withCancel();
    SlowToClose slow = new SlowToClose();
    Actor victim = Actor.Kind.PLATFORM.start(() -> root.run(slow::block)).awaitWaiting();
    Actor canceler = Actor.Kind.PLATFORM.start(() -> root.cancel(why));
    try (var group = ErrGroup.open(halfway)) {
      slow.awaitClosing();
      assertThat(halfway.err()).as("not there yet").isNull();
      group.go(root::check); // an echo
      assertThatExceptionOfType(CanceledException.class).isThrownBy(group::await).withCause(why);
    } finally {
      slow.release();
    }
    canceler.join();
    assertThat(victim.joinForFailure()).isInstanceOf(CanceledException.class);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheWaitAndTheGoroutinesRunOn(Actor.Kind kind) throws Exception {
    try (var group = ErrGroup.open()) {
      var future = group.call(gate::receive);
      Actor waiter = kind.start(group::await).awaitWaiting();
      waiter.interrupt();
      assertThat(waiter.joinForFailure()).isInstanceOf(InterruptedException.class);
      gate.send(7);
      group.await();
      assertThat(future.get()).isEqualTo(7);
    }
  }

  @Test
  void aPendingInterruptWins() throws Exception {
    try (var group = ErrGroup.open()) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(group::await);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }
}
