package dev.runnel.sync;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Queues;
import dev.runnel.testkit.Rendezvous;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The counter, and who waits for it. */
class WaitGroupTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final WaitGroup group = new WaitGroup();
  private final CancelContext ctx = Context.background().withCancel();
  private int plain;

  @Test
  void nothingToWaitForIsNoWait() throws InterruptedException {
    group.await();
    group.await(ctx);
    assertThat(group.await(HOUR)).isTrue();
    assertThat(group.await(Duration.ZERO)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void everyWaiterWaitsForTheLastToBeDone(Actor.Kind kind) throws InterruptedException {
    group.add(3);
    List<Actor> waiters =
        List.of(
            kind.start(group::await),
            kind.start(() -> group.await(ctx)),
            kind.start(() -> assertThat(group.await(HOUR)).isTrue()),
            kind.start(() -> assertThat(group.await(Duration.ofSeconds(Long.MAX_VALUE))).isTrue()));
    waiters.forEach(Actor::awaitWaiting);
    group.done();
    group.add(-1);
    waiters.forEach(Actor::awaitWaiting);
    group.done();
    for (Actor waiter : waiters) {
      waiter.join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheWait(Actor.Kind kind) throws InterruptedException {
    group.add(1);
    Actor waiter = kind.start(group::await).awaitWaiting();
    Actor other = kind.start(group::await).awaitWaiting();
    waiter.interrupt();
    assertThat(waiter.joinForFailure()).isInstanceOf(InterruptedException.class);
    other.awaitWaiting();
    group.done();
    other.join();
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfTheContextEndsTheWait(Actor.Kind kind) throws InterruptedException {
    RuntimeException why = new RuntimeException("why");
    group.add(1);
    Actor waiter = kind.start(() -> group.await(ctx)).awaitWaiting();
    ctx.cancel(why);
    assertThat(waiter.joinForFailure()).isInstanceOf(CanceledException.class).hasCause(why);
  }

  @Test
  void anEndedContextAndAPendingInterruptWinOverAGroupThatIsDone() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(group::await);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> group.await(HOUR));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    ctx.cancel();
    assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> group.await(ctx));
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000, 1, 0, -1, Long.MIN_VALUE})
  void aTimedWaitGivesUp(long nanos) throws InterruptedException {
    group.add(1);
    assertThat(group.await(Duration.ofNanos(nanos))).isFalse();
    group.done();
    assertThat(group.await(Duration.ofNanos(nanos))).isTrue();
  }

  @Test
  void theCounterNeverBecomesNegative() {
    assertThatIllegalStateException()
        .isThrownBy(group::done)
        .withMessage("negative WaitGroup counter: 1 done of 0");
    group.add(2);
    assertThatIllegalStateException()
        .isThrownBy(() -> group.add(-3))
        .withMessage("negative WaitGroup counter: 3 done of 2");
    assertThatIllegalStateException().isThrownBy(() -> group.add(Integer.MIN_VALUE));
    assertThat(group).as("it stays as it was").hasToString("wait group (2)");
  }

  @Test
  void theCounterNeverOverflows() {
    group.add(Integer.MAX_VALUE);
    assertThatIllegalStateException().isThrownBy(() -> group.add(1)).withMessageContaining("over");
    assertThat(group).hasToString("wait group (" + Integer.MAX_VALUE + ")");
  }

  @Test
  void addingNothingToNothingReleasesNobodyWrongly() throws InterruptedException {
    group.add(0);
    group.await();
    group.add(1);
    Actor waiter = Actor.Kind.VIRTUAL.start(group::await).awaitWaiting();
    group.add(0);
    waiter.awaitWaiting();
    group.done();
    waiter.join();
  }

  @Test
  void itCanBeUsedAgain() throws InterruptedException {
    for (int round = 0; round < 1_000; round++) {
      group.add(2);
      for (int i = 0; i < 2; i++) {
        go(group::done);
      }
      group.await();
    }
  }

  /** The last done and the wait meet at the same moment: nobody is left behind. */
  @ParameterizedTest
  @EnumSource
  void noWakeUpIsLost(Actor.Kind kind) throws InterruptedException {
    int rounds = 5_000;
    WaitGroup[] shared = new WaitGroup[1];
    var race = new Rendezvous();
    Actor finisher =
        kind.start(() -> {
          for (int i = 0; i < rounds; i++) {
            race.meet();
            shared[0].done();
            race.meet();
          }
        });
    for (int i = 0; i < rounds; i++) {
      shared[0] = new WaitGroup();
      shared[0].add(1);
      race.meet();
      shared[0].await();
      race.meet();
    }
    finisher.join();
  }

  @Test
  void doneHappensBeforeTheReturnOfAwait() throws InterruptedException {
    for (int i = 0; i < 10_000; i += 2) {
      plain = i;
      group.add(1);
      go(() -> {
        plain++;
        group.done();
      });
      group.await();
      assertThat(plain).isEqualTo(i + 1);
    }
  }

  @Test
  void whoGaveUpLeavesNothingBehind() throws Exception {
    group.add(1);
    List<Actor> waiters = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiters.add(Actor.Kind.VIRTUAL.start(() -> group.await(ctx)).awaitWaiting());
    }
    ctx.cancel();
    for (Actor waiter : waiters) {
      assertThat(waiter.joinForFailure()).isInstanceOf(CanceledException.class);
    }
    var gate = WaitGroup.class.getDeclaredField("gate");
    gate.setAccessible(true);
    assertThat(Queues.waiting((Chan<?>) gate.get(group))).isZero();
    assertThat(Queues.waiting((Chan<?>) ctx.done())).isZero();
    group.done();
    group.await();
  }

  @Test
  void nothingMayBeNull() {
    assertThatNullPointerException().isThrownBy(() -> group.await((Context) null));
    assertThatNullPointerException().isThrownBy(() -> group.await((Duration) null));
    assertThatNullPointerException().isThrownBy(() -> group.go(null));
    assertThat(group).hasToString("wait group (0)");
  }
}
