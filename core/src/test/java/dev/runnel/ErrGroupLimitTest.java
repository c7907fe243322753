package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A group that lets only so many goroutines run at a time. */
class ErrGroupLimitTest {
  private final Chan<Integer> gate = Chan.unbuffered();
  private final List<Object> ran = new CopyOnWriteArrayList<>();

  @SuppressWarnings("ThreadPriorityCheck") // the yields only vary who comes first
  @Test
  void asManyRunAtATimeAsTheLimitSaysAndNeverMore() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (var group = ErrGroup.open().limit(3)) {
      for (int i = 0; i < 500; i++) {
        boolean first = i < 3;
        group.go(() -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          if (first) {
            Eventually.that("three at a time", () -> most.get() == 3);
          }
          Thread.yield();
          running.decrementAndGet();
        });
      }
      group.await();
    }
    assertThat(most).hasValue(3);
  }

  @ParameterizedTest
  @EnumSource
  void goWaitsAtTheLimitUntilOneEnds(Actor.Kind kind) throws Exception {
    try (var group = ErrGroup.open().limit(1)) {
      group.go(gate::receive);
      Actor waiter = kind.start(() -> group.go(() -> ran.add("second"))).awaitWaiting();
      assertThat(ran).isEmpty();
      gate.send(1);
      waiter.join();
      group.await();
      assertThat(ran).containsExactly("second");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoWaitsLongestIsAdmittedFirst(Actor.Kind kind) throws Exception {
    List<Actor> waiters = new ArrayList<>();
    try (var group = ErrGroup.open().limit(1)) {
      group.go(gate::receive);
      for (int i = 0; i < 8; i++) {
        int number = i;
        Actor waiter =
            kind.start(() -> {
              if (number % 2 == 0) {
                group.go(() -> ran.add(number));
              } else {
                assertThat(group.call(() -> ran.add(number)).get()).isTrue();
              }
            });
        waiters.add(waiter.awaitWaiting());
      }
      gate.send(1);
      for (Actor waiter : waiters) {
        waiter.join();
      }
      group.await();
    }
    assertThat(ran).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void tryGoStartsNothingAtTheLimit() throws Exception {
    try (var group = ErrGroup.open().limit(2)) {
      assertThat(group.tryGo(gate::receive)).isTrue();
      group.go(gate::receive);
      assertThat(group.tryGo(() -> ran.add("too many"))).isFalse();
      gate.send(1);
      Eventually.that("room", () -> group.tryGo(() -> ran.add("room")));
      gate.send(2);
      group.await();
    }
    assertThat(ran).containsExactly("room");
  }

  @Test
  void tryGoDoesNotOvertakeOneThatWaits() throws Exception {
    for (int round = 0; round < 100; round++) {
      try (var group = ErrGroup.open().limit(1)) {
        group.go(gate::receive);
        Actor waiter = Actor.Kind.PLATFORM.start(() -> group.go(gate::receive)).awaitWaiting();
        gate.send(1);
        while (waiter.thread().isAlive()) {
          assertThat(group.tryGo(() -> ran.add("barged"))).isFalse();
        }
        waiter.join();
        gate.send(2);
        group.await();
      }
    }
    assertThat(ran).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfTheContextEndsTheWaitAtTheLimit(Actor.Kind kind) throws Exception {
    RuntimeException why = new RuntimeException("why");
    try (var parent = Context.background().withCancel();
        var group = ErrGroup.open(parent).limit(1)) {
      group.go(new Stubborn());
      Actor going = kind.start(() -> group.go(() -> ran.add("go"))).awaitWaiting();
      Actor calling =
          kind.start(
                  () -> {
                    var _ = group.call(() -> ran.add("call"));
                  })
              .awaitWaiting();
      parent.cancel(why);
      assertThat(going.joinForFailure()).isInstanceOf(CanceledException.class).hasCause(why);
      assertThat(calling.joinForFailure()).isInstanceOf(CanceledException.class).hasCause(why);
      gate.send(1);
      group.cancel();
    }
    assertThat(ran).isEmpty();
  }

  /** The textbook errgroup waits for ever here. */
  @Test
  void aFailureEndsTheWaitAtTheLimit() throws Exception {
    RuntimeException boom = new RuntimeException("boom");
    Chan<Integer> trigger = Chan.unbuffered();
    try (var group = ErrGroup.open().limit(2)) {
      group.go(new Stubborn());
      group.go(() -> {
        trigger.receive();
        gate.send(1); // the waiter may have this place, but not one more
        throw boom;
      });
      Actor waiter =
          Actor.Kind.VIRTUAL.start(() -> {
            group.go(new Stubborn());
            group.go(new Stubborn());
            group.go(() -> ran.add("never"));
          });
      waiter.awaitWaiting();
      trigger.send(1);
      assertThat(waiter.joinForFailure()).isInstanceOf(CanceledException.class).hasCause(boom);
      gate.close();
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(group::await).withCause(boom);
    }
    assertThat(ran).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheWaitAtTheLimitAndTheGroupGoesOn(Actor.Kind kind) throws Exception {
    try (var group = ErrGroup.open().limit(1)) {
      group.go(gate::receive);
      Actor waiter = kind.start(() -> group.go(() -> ran.add("never"))).awaitWaiting();
      waiter.interrupt();
      assertThat(waiter.joinForFailure()).isInstanceOf(InterruptedException.class);
      gate.send(1);
      group.go(() -> ran.add("next"));
      group.await();
    }
    assertThat(ran).containsExactly("next");
  }

  @Test
  void anEndedContextAndAPendingInterruptWinOverAFreePlace() throws Exception {
    try (var group = ErrGroup.open().limit(1)) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> group.go(() -> ran.add("go")));
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> group.call(() -> ran.add("call")));
      group.cancel();
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() -> group.go(() -> ran.add("go")));
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() -> group.call(() -> ran.add("call")));
      assertThatExceptionOfType(CanceledException.class)
          .isThrownBy(() -> group.tryGo(() -> ran.add("tryGo")));
    }
    assertThat(ran).isEmpty();
  }

  @Test
  void aPlaceIsFreedHoweverAGoroutineEnds() throws Exception {
    try (var group = ErrGroup.open().limit(1)) {
      group.go(() -> {});
      assertThat(group.call(() -> "result").get()).isEqualTo("result");
      Future<Integer> cancelled = group.call(gate::receive);
      cancelled.cancel(true);
      group.go(() -> Thread.currentThread().interrupt());
      group.go(() -> ran.add("last"));
      group.await();
      assertThat(group.tryGo(() -> ran.add("and one more"))).isTrue();
      group.await();
    }
    assertThat(ran).containsExactly("last", "and one more");
  }

  @Test
  void aLimitIsAtLeastOneAndSetBeforeTheFirstGoroutine() throws Exception {
    try (var group = ErrGroup.open()) {
      for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> group.limit(bad))
            .withMessageContaining("" + bad);
      }
      assertThat(group.limit(5).limit(Integer.MAX_VALUE)).isSameAs(group);
      group.go(gate::receive);
      assertThatIllegalStateException().isThrownBy(() -> group.limit(1));
      gate.send(1);
      group.await();
      assertThatIllegalStateException().isThrownBy(() -> group.limit(1));
    }
  }

  /** Waits for the gate, whatever interrupts come. */
  private final class Stubborn implements Task {
    @Override
    public void run() {
      while (true) {
        try {
          gate.receive();
          return;
        } catch (InterruptedException e) {
          // goes on
        }
      }
    }
  }
}
