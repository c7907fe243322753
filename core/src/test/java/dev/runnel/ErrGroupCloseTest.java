package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Garbage;
import dev.runnel.testkit.Logs;
import dev.runnel.testkit.Rendezvous;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
  @SuppressWarnings("ThreadPriorityCheck") // the yields only vary who comes first
  @ParameterizedTest
  @EnumSource
  void nothingThatRacesWithTheCloseOutlivesTheGroup(Actor.Kind kind) throws Exception {
    int rounds = 2_000;
    var race = new Rendezvous();
    ErrGroup[] shared = new ErrGroup[1];
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger late = new AtomicInteger();
    AtomicInteger started = new AtomicInteger();
    Actor starter =
        kind.start(() -> {
          for (int i = 0; i < rounds; i++) {
            race.meet();
            if (i % 10 == 4) { // on a busy machine the go might always be first
              Eventually.that("the close", over::get);
            } else {
              spin(i % 40);
            }
            try {
              shared[0].go(() -> {
                begun.incrementAndGet();
                Thread.yield();
                late.addAndGet(over.get() ? 1 : 0);
              });
              started.incrementAndGet();
            } catch (CanceledException | IllegalStateException tooLate) {
              // so it was not started
            }
            race.meet();
          }
        });
    for (int i = 0; i < rounds; i++) {
      over.set(false);
      shared[0] = i % 4 < 2 ? ErrGroup.open() : ErrGroup.open().limit(2);
      shared[0].await();
      int before = started.get();
      race.meet();
      if (i % 10 == 9) { // on a busy machine the close might always be first
        Eventually.that("one in time", () -> started.get() > before);
      } else {
        spin(i % 50);
      }
      shared[0].close();
      over.set(true);
      race.meet();
      Eventually.that("all begun", () -> begun.get() == started.get());
    }
    starter.join();
    assertThat(late).hasValue(0);
    assertThat(started.get()).as("some came too late").isLessThan(rounds);
    assertThat(logs.messages()).isEmpty();
  }

  private static void spin(int length) {
    for (int i = 0; i < length; i++) {
      Thread.onSpinWait();
    }
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
