package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Weighted, strictly first come, first served, and no permit is lost. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Actor.Kind.class)
class SemaphoreTest {
  @Parameter private Actor.Kind kind;

  private final Semaphore ten = Semaphore.of(10);

  @Test
  void permitsAreTakenAndGivenBack() throws InterruptedException {
    ten.acquire();
    ten.acquire(4);
    assertThat(ten).hasToString("semaphore (5 of 10 free)");
    assertThat(ten.tryAcquire(6)).isFalse();
    assertThat(ten.tryAcquire(5)).isTrue();
    assertThat(ten.tryAcquire()).isFalse();
    kind.start(() -> ten.release(9)).join(); // any thread may
    ten.release();
    assertThat(ten.tryAcquire(10)).isTrue();
  }

  @Test
  void noneAtAllCanBeHadUnlessSomebodyWaits() throws InterruptedException {
    ten.acquire(10);
    ten.acquire(0);
    assertThat(ten.tryAcquire(0)).isTrue();
    ten.release(0);
    Actor waiting = kind.start(() -> ten.acquire()).awaitWaiting();
    assertThat(ten.tryAcquire(0)).as("first come, first served").isFalse();
    ten.release(1);
    waiting.join();
  }

  @Test
  void aSemaphoreOfNoneGivesNone() throws InterruptedException {
    Semaphore none = Semaphore.of(0);
    none.acquire(0);
    assertThat(none.tryAcquire(1)).isFalse();
  }

  @Test
  void aLargeRequestIsNotStarvedBySmallOnes() throws InterruptedException {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    ten.acquire(5);
    Actor large =
        kind.start(() -> {
          ten.acquire(10);
          order.add("large");
          ten.release(10);
        });
    large.awaitWaiting();
    Actor small =
        kind.start(() -> {
          ten.acquire(1);
          order.add("small");
        });
    small.awaitWaiting(); // though five are free
    assertThat(ten.tryAcquire(1)).isFalse();
    assertThat(ten.tryAcquire(1, Duration.ofNanos(1000))).isFalse();
    ten.release(5);
    large.join();
    small.join();
    assertThat(order).containsExactly("large", "small");
  }

  @Test
  void servedInTheOrderOfTheirRequestsWhateverTheirSize() throws InterruptedException {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    Semaphore one = Semaphore.of(4);
    one.acquire(4);
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int mine = i;
      int size = 3 + i % 2; // two of them never fit at the same time
      actors.add(
          kind.start(
                  () -> {
                    one.acquire(size);
                    order.add(mine);
                    one.release(size);
                  })
              .awaitWaiting());
    }
    one.release(4);
    for (Actor actor : actors) {
      actor.join();
    }
    assertThat(order).isSorted().hasSize(30);
  }

  @Test
  void aReleaseServesAllWhoFit() throws InterruptedException {
    ten.acquire(10);
    List<Actor> three = new ArrayList<>();
    for (int size : new int[] {2, 3, 4}) {
      three.add(kind.start(() -> ten.acquire(size)).awaitWaiting());
    }
    Actor tooLarge = kind.start(() -> ten.acquire(2)).awaitWaiting();
    ten.release(10);
    for (Actor actor : three) {
      actor.join();
    }
    tooLarge.awaitWaiting();
    assertThat(ten).hasToString("semaphore (1 of 10 free)");
    ten.release(1);
    tooLarge.join();
    assertThat(ten).hasToString("semaphore (0 of 10 free)");
  }

  @Test
  void aLargeRequestThatIsGivenUpLetsThoseBehindItGoOn() throws InterruptedException {
    try (CancelContext ctx = Context.background().withCancel()) {
      ten.acquire(5);
      Actor canceled = kind.start(() -> ten.acquire(10, ctx)).awaitWaiting();
      Actor interrupted = kind.start(() -> ten.acquire(6)).awaitWaiting();
      Actor small = kind.start(() -> ten.acquire(5)).awaitWaiting();
      ctx.cancel();
      assertThat(canceled.joinForFailure()).isInstanceOf(CanceledException.class);
      small.awaitWaiting();
      interrupted.interrupt();
      assertThat(interrupted.joinForFailure()).isInstanceOf(InterruptedException.class);
      small.join();
      assertThat(ten).hasToString("semaphore (0 of 10 free)");
    }
  }

  @Test
  void moreThanThereAreWaitForTheContextOnlyAndBlockNobody() throws InterruptedException {
    try (CancelContext ctx = Context.background().withCancel()) {
      Actor doomed = kind.start(() -> ten.acquire(11, ctx)).awaitWaiting();
      assertThat(ten.tryAcquire(10)).as("beside it").isTrue();
      Actor behind = kind.start(() -> ten.acquire(10)).awaitWaiting();
      ten.release(10);
      behind.join();
      doomed.awaitWaiting();
      ctx.cancel();
      assertThat(doomed.joinForFailure()).isInstanceOf(CanceledException.class);
    }
    Actor interrupted = kind.start(() -> ten.acquire(Long.MAX_VALUE)).awaitWaiting();
    interrupted.interrupt();
    assertThat(interrupted.joinForFailure()).isInstanceOf(InterruptedException.class);
    assertThat(ten.tryAcquire(11, Duration.ofNanos(1000))).isFalse();
    assertThat(ten.tryAcquire(11)).isFalse();
    assertThat(ten).hasToString("semaphore (0 of 10 free)");
  }

  @Test
  void anEndedContextBeatsFreePermits() {
    try (CancelContext ctx = Context.background().withCancel()) {
      ctx.cancel();
      assertThatThrownBy(() -> ten.acquire(1, ctx)).isInstanceOf(CanceledException.class);
      assertThatThrownBy(() -> ten.acquire(ctx)).isInstanceOf(CanceledException.class);
      assertThatThrownBy(() -> ten.hold(ctx)).isInstanceOf(CanceledException.class);
      assertThatThrownBy(() -> ten.hold(2, ctx)).isInstanceOf(CanceledException.class);
    }
    assertThat(ten).hasToString("semaphore (10 of 10 free)");
  }

  @Test
  void aHoldIsGivenBackOnce() throws InterruptedException {
    Permit three = ten.hold(3);
    Permit one = ten.hold();
    Permit two = ten.hold(2, Context.background());
    Permit another = ten.hold(Context.background());
    assertThat(ten).hasToString("semaphore (3 of 10 free)");
    three.close();
    three.close();
    assertThat(ten).hasToString("semaphore (6 of 10 free)");
    one.close();
    two.close();
    another.close();
    assertThat(ten).hasToString("semaphore (10 of 10 free)");
  }

  @Test
  void timedFormsGetThemInTime() throws InterruptedException {
    assertThat(ten.tryAcquire(10, Duration.ofSeconds(-1))).as("free: no need to wait").isTrue();
    assertThat(ten.tryAcquire(1, Duration.ofSeconds(-1))).isFalse();
    Actor patient =
        kind.start(() -> assertThat(ten.tryAcquire(2, Duration.ofDays(300_000))).isTrue());
    patient.awaitWaiting();
    ten.release(1);
    patient.awaitWaiting();
    ten.release(1);
    patient.join();
  }

  @Test
  void whoIsServedAndInterruptedAtOnceHasItsPermitsOrHasGivenUp() throws InterruptedException {
    Semaphore one = Semaphore.of(1);
    for (int round = 0; round < 1000; round++) {
      one.acquire();
      Actor waiter = kind.start(one::acquire);
      Actor releaser = kind.start(one::release);
      waiter.interrupt();
      releaser.join();
      boolean gaveUp = waiter.joinForFailure() != null;
      Eventually.that("as it was", () -> one.toString().contains(gaveUp ? "(1 of" : "(0 of"));
      if (!gaveUp) {
        one.release();
      }
    }
  }
}
