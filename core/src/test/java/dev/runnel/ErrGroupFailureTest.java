package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Rendezvous;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What becomes of a group whose goroutines fail. */
class ErrGroupFailureTest {
  private final RuntimeException boom = new RuntimeException("boom");

  @Test
  void whatAMemberThrowsIsTheCauseOfWhatAwaitThrows() throws Exception {
    for (Throwable thrown : List.of(boom, new IOException("disk"), new AssertionError("bug"))) {
      try (var group = ErrGroup.open()) {
        group.go(() -> sneak(thrown));
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(group::await)
            .satisfies(failed -> assertThat(failed.getCause()).isSameAs(thrown))
            .satisfies(failed -> assertThat(failed.getSuppressed()).isEmpty());
      }
    }
  }

  @Test
  void theFirstFailureEndsTheContextAndStopsTheRest() throws Exception {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        try {
          Chan.nil().receive();
        } finally {
          seen.set(Context.current().cause());
        }
      });
      group.go(() -> {
        throw boom;
      });
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(group::await).withCause(boom);
      assertThat(group.context().err()).isInstanceOf(CanceledException.class).hasCause(boom);
      assertThat(seen).hasValue(boom);
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() -> group.go(() -> {}))
          .withCause(boom);
    }
  }

  @Test
  void laterFailuresAreSuppressedInTheirOrder() throws Exception {
    IOException second = new IOException("second");
    IOException third = new IOException("third");
    AtomicReference<Goroutine> secondToFail = new AtomicReference<>();
    try (var group = ErrGroup.open().interrupting(false)) {
      group.go(() -> {
        secondToFail.set(Goroutine.current());
        awaitEnd(group.context());
        throw second;
      });
      group.go(() -> {
        Eventually.that("the second to fail", () -> secondToFail.get() != null);
        secondToFail.get().join();
        throw third;
      });
      group.go(() -> {
        throw boom;
      });
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(group::await)
          .satisfies(failed -> assertThat(failed.getSuppressed()).containsExactly(second, third))
          .withCause(boom);
    }
  }

  @Test
  void everyOneOfManyFailuresIsKept() throws Exception {
    int many = 200;
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    Chan<Integer> gate = Chan.unbuffered();
    try (var group = ErrGroup.open().interrupting(false)) {
      for (int i = 0; i < many; i++) {
        RuntimeException its = new RuntimeException("failure " + i);
        thrown.add(its);
        group.go(() -> {
          gate.receive();
          throw its;
        });
      }
      gate.close();
      ExecutionException failed = catchThrowableOfType(ExecutionException.class, group::await);
      List<Throwable> all = new ArrayList<>(List.of(failed.getSuppressed()));
      all.add(failed.getCause());
      assertThat(all).containsExactlyInAnyOrderElementsOf(thrown);
    }
  }

  @Test
  void theContextEndsForTheFirstFailureWhenTwoComeAtOnce() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      var race = new Rendezvous();
      try (var group = ErrGroup.open()) {
        for (int i = 0; i < 2; i++) {
          RuntimeException its = new RuntimeException("of " + i);
          group.go(() -> {
            race.meet();
            throw its;
          });
        }
        ExecutionException failed = catchThrowableOfType(ExecutionException.class, group::await);
        assertThat(group.context().cause()).as("round %s", round).isSameAs(failed.getCause());
        assertThat(failed.getSuppressed()).hasSize(1);
      }
    }
  }

  @Test
  void twoMembersMayThrowTheSame() throws Exception {
    try (var group = ErrGroup.open().interrupting(false)) {
      Chan<Integer> gate = Chan.unbuffered();
      for (int i = 0; i < 2; i++) {
        group.go(() -> {
          gate.receive();
          throw boom;
        });
      }
      gate.close();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(group::await)
          .satisfies(failed -> assertThat(failed.getSuppressed()).containsExactly(boom))
          .withCause(boom);
    }
  }

  @Test
  void everyAwaitThrowsAFreshException() throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        throw boom;
      });
      var first = catchThrowableOfType(ExecutionException.class, group::await);
      var second = catchThrowableOfType(ExecutionException.class, group::await);
      assertThat(first).isNotSameAs(second).hasCause(boom);
      assertThat(second).hasCause(boom);
    }
  }

  @Test
  void itIsReportedToNoHandlerAndStaysOnTheHandle() throws Exception {
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    AtomicReference<Goroutine> member = new AtomicReference<>();
    var former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        member.set(Goroutine.current());
        throw boom;
      });
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(group::await);
      member.get().join();
      assertThat(member.get().failure()).isSameAs(boom);
      assertThat(reported).isEmpty();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(former);
    }
  }

  @Test
  void aFailureAfterACancelIsAFailure() throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        awaitEnd(group.context());
        throw boom;
      });
      group.cancel();
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(group::await).withCause(boom);
    }
  }

  /** Waits without heeding interrupts. */
  @SuppressWarnings("ThreadPriorityCheck") // the yields only vary who comes first
  static void awaitEnd(Context context) {
    while (context.err() == null) {
      Thread.yield();
    }
    var _ = Thread.interrupted();
  }

  @SuppressWarnings("unchecked") // a task can throw only exceptions; an Error gets out like this
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
