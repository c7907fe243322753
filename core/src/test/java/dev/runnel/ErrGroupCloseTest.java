package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Garbage;
import dev.runnel.testkit.Logs;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the end of a group's block tells of what nobody asked for. */
class ErrGroupCloseTest {
  private final Logs logs = Logs.capture();
  private final RuntimeException boom = new RuntimeException("boom");
  private final Chan<Integer> gate = Chan.unbuffered();

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void afterAnAwaitThereIsNothingToSay() throws Exception {
    ErrGroup group = ErrGroup.open();
    group.go(() -> {});
    group.await();
    group.close();
    group.close();
    assertThat(logs.messages()).isEmpty();
  }

  @Test
  void afterACancelThereIsNothingToSay() throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        try {
          gate.receive();
        } finally {
          stopped.set(true);
        }
      });
      group.cancel();
    }
    assertThat(stopped).isTrue();
    assertThat(logs.messages()).isEmpty();
  }

  @Test
  void withoutAwaitOrCancelItThrowsButLeavesNothingRunning() throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    ErrGroup group = ErrGroup.open();
    group.go(() -> {
      try {
        gate.receive();
      } finally {
        stopped.set(true);
      }
    });
    assertThatIllegalStateException()
        .isThrownBy(group::close)
        .withMessageContaining("without await() or cancel()")
        .withNoCause();
    assertThat(stopped).isTrue();
    group.close(); // does nothing
  }

  @Test
  void anEmptyGroupMustBeAskedToo() {
    ErrGroup group = ErrGroup.open();
    assertThatIllegalStateException().isThrownBy(group::close);
  }

  @Test
  void theFailuresThatNobodySawGoWithTheException() throws Exception {
    IOException disk = new IOException("disk");
    ErrGroup group = ErrGroup.open();
    group.go(() -> {
      ErrGroupFailureTest.awaitEnd(group.context());
      throw disk;
    });
    group.go(() -> {
      throw boom;
    });
    ErrGroupFailureTest.awaitEnd(group.context());
    var thrown = catchThrowableOfType(IllegalStateException.class, group::close);
    assertThat(thrown).hasCause(boom);
    assertThat(thrown.getSuppressed()).containsExactly(disk);
    assertThat(logs.messages()).isEmpty();
  }

  @Test
  void whatTheBlockThrowsComesFirst() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> {
          try (var group = ErrGroup.open()) {
            group.go(gate::receive);
            throw new IOException("of the block");
          }
        })
        .satisfies(thrown ->
            assertThat(thrown.getSuppressed())
                .hasExactlyElementsOfTypes(IllegalStateException.class));
  }

  @Test
  void aFailureAfterACancelIsLogged() throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        ErrGroupFailureTest.awaitEnd(group.context());
        throw boom;
      });
      group.cancel();
    }
    assertThat(logs.messages()).hasSize(1);
    assertThat(logs.thrown()).containsExactly(boom);
  }

  @Test
  void aFailureAfterAnInterruptedAwaitIsLogged() throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        ErrGroupFailureTest.awaitEnd(group.context());
        throw boom;
      });
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(group::await);
    }
    assertThat(logs.thrown()).containsExactly(boom);
  }

  @Test
  void aFailureAfterTheLastAwaitIsLogged() throws Exception {
    try (var group = ErrGroup.open()) {
      group.await();
      group.go(() -> {
        throw boom;
      });
    }
    assertThat(logs.thrown()).containsExactly(boom);
  }

  @Test
  void aFailureThatAwaitThrewIsNotToldTwice() throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        throw boom;
      });
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(group::await);
    }
    assertThat(logs.messages()).isEmpty();
  }

  @Test
  void nothingCanBeStartedAfterwards() throws Exception {
    ErrGroup group = ErrGroup.open();
    group.await();
    group.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> group.go(() -> {}))
        .withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(() -> group.tryGo(() -> {}));
    assertThatIllegalStateException().isThrownBy(() -> group.call(() -> 1));
  }

  /** However a go and the close meet, nothing outlives the group. */
  @Test
  void nothingThatRacesWithTheCloseOutlivesTheGroup() throws Exception {
    for (int round = 0; round < 1_000; round++) {
      AtomicInteger running = new AtomicInteger();
      AtomicBoolean ended = new AtomicBoolean();
      ErrGroup group = round % 2 == 0 ? ErrGroup.open() : ErrGroup.open().limit(2);
      Actor starter =
          (round % 4 < 2 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM)
              .start(() -> {
                while (true) {
                  group.go(() -> {
                    running.incrementAndGet();
                    Thread.yield();
                    running.decrementAndGet();
                    assertThat(ended).isFalse();
                  });
                }
              });
      if (round % 3 != 0) {
        Eventually.that("a start", () -> running.get() > 0 || !starter.thread().isAlive());
      }
      group.cancel();
      group.close();
      ended.set(true);
      assertThat(running).hasValue(0);
      assertThat(starter.joinForFailure())
          .isInstanceOfAny(CanceledException.class, IllegalStateException.class);
      assertThat(running).hasValue(0);
    }
    assertThat(logs.messages()).isEmpty();
  }

  @Test
  void aClosedGroupIsForgottenByItsParent() throws Exception {
    CancelContext parent = Context.background().withCancel();
    Garbage.awaitCollection("the group", closedGroup(parent));
    parent.close();
  }

  private static WeakReference<?> closedGroup(Context parent) throws Exception {
    try (var group = ErrGroup.open(parent)) {
      group.go(() -> {});
      group.await();
      return new WeakReference<>(group.context());
    }
  }
}
