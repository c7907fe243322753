package dev.runnel.sync;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.DeadlineExceededException;
import dev.runnel.Goroutine;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What all waiting in sync has in common: its reason, its interrupts, its contexts. */
@Timeout(60)
@ParameterizedClass
@EnumSource(WaitingForm.class)
class WaitingTest {
  @Parameter private WaitingForm form;

  private final CancelContext ctx = Context.background().withCancel();

  @Test
  void aGoroutineShowsWhatItWaitsForAndOnWhat() throws Exception {
    WaitingForm.Scene scene = form.scene();
    scene.block();
    Thread[] thread = new Thread[1];
    Goroutine waiting =
        go(() -> {
          thread[0] = Thread.currentThread();
          scene.perform(null);
        });
    Eventually.that(form.reason(), () -> waiting.toString().endsWith("[" + form.reason() + "]"));
    Eventually.that("the blocker", () -> scene.blocker().equals(LockSupport.getBlocker(thread[0])));
    scene.letGo();
    waiting.join();
    assertThat(waiting.failure()).isNull();
  }

  @Test
  void itGoesOnWithAndWithoutAContextOnBothKindsOfThreads() throws Exception {
    for (Actor.Kind kind : Actor.Kind.values()) {
      for (Context watched : new Context[] {null, Context.background(), ctx}) {
        WaitingForm.Scene scene = form.scene();
        scene.block();
        Actor waiting = kind.start(() -> scene.perform(watched)).awaitWaiting();
        scene.letGo();
        waiting.join();
      }
    }
  }

  @Test
  void anInterruptEndsTheWaitAndTakesNothing() throws Exception {
    for (Actor.Kind kind : Actor.Kind.values()) {
      WaitingForm.Scene scene = form.scene();
      scene.block();
      Actor interrupted =
          kind.start(() -> {
            try {
              scene.perform(null);
            } finally {
              assertThat(Thread.currentThread().isInterrupted()).as("the flag").isFalse();
            }
          });
      interrupted.awaitWaiting().interrupt();
      assertThat(interrupted.joinForFailure()).isInstanceOf(InterruptedException.class);
      assertWorks(scene);
    }
  }

  @Test
  void theEndOfTheContextEndsTheWaitAndTakesNothing() throws Exception {
    WaitingForm.Scene scene = form.scene();
    scene.block();
    Actor canceled = Actor.Kind.VIRTUAL.start(() -> scene.perform(ctx)).awaitWaiting();
    ctx.cancel();
    assertThat(canceled.joinForFailure()).isInstanceOf(CanceledException.class);
    assertWorks(scene);
  }

  @Test
  void theDeadlineOfTheContextEndsTheWait() throws Exception {
    WaitingForm.Scene scene = form.scene();
    scene.block();
    try (var soon = Context.background().withTimeout(Duration.ofMillis(2))) {
      assertThatThrownBy(() -> scene.perform(soon)).isInstanceOf(DeadlineExceededException.class);
    }
    assertWorks(scene);
  }

  @Test
  void ifManyGiveUpAtOnceNothingIsLost() throws Exception {
    WaitingForm.Scene scene = form.scene();
    scene.block();
    List<Actor> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Context watched = i % 2 == 0 ? ctx : null;
      all.add(Actor.Kind.VIRTUAL.start(() -> scene.perform(watched)));
    }
    for (Actor actor : all) {
      actor.awaitWaiting();
    }
    ctx.cancel();
    for (int i = 1; i < all.size(); i += 2) {
      all.get(i).interrupt();
    }
    for (Actor actor : all) {
      assertThat(actor.joinForFailure())
          .isInstanceOfAny(CanceledException.class, InterruptedException.class);
    }
    assertWorks(scene);
  }

  @Test
  void aPendingInterruptWinsOverWhatIsReady() throws Exception {
    assumeTrue(form.checksOnEntry());
    WaitingForm.Scene scene = form.scene();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> scene.perform(null)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    scene.block();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> scene.perform(null)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertWorks(scene);
  }

  @Test
  void anEndedContextWinsOverWhatIsReady() throws Exception {
    assumeTrue(form.checksOnEntry());
    WaitingForm.Scene scene = form.scene();
    ctx.cancel();
    assertThatThrownBy(() -> scene.perform(ctx)).isInstanceOf(CanceledException.class);
    scene.block();
    assertThatThrownBy(() -> scene.perform(ctx)).isInstanceOf(CanceledException.class);
    assertWorks(scene);
  }

  @Test
  void theContextMustNotBeNull() throws Exception {
    Mutex mutex = new Mutex();
    RWMutex rw = new RWMutex();
    switch (form) {
      case MUTEX -> {
        assertNull(() -> mutex.lock(null));
        assertNull(() -> mutex.hold(null));
        assertNull(() -> mutex.tryLock(null));
      }
      case RW_MUTEX_BEHIND_A_WRITER, RW_MUTEX_BEHIND_A_READER -> {
        assertNull(() -> rw.lock(null));
        assertNull(() -> rw.hold(null));
        assertNull(() -> rw.tryLock(null));
      }
      case RW_MUTEX_READ -> {
        assertNull(() -> rw.readLock(null));
        assertNull(() -> rw.readHold(null));
        assertNull(() -> rw.tryReadLock(null));
      }
      case SEMAPHORE -> {
        assertNull(() -> Semaphore.of(1).acquire(null));
        assertNull(() -> Semaphore.of(1).acquire(1, null));
        assertNull(() -> Semaphore.of(1).hold(null));
        assertNull(() -> Semaphore.of(1).hold(1, null));
        assertNull(() -> Semaphore.of(1).tryAcquire(1, null));
      }
      case WAIT_GROUP -> {
        assertNull(() -> new WaitGroup().await((Context) null));
        assertNull(() -> new WaitGroup().await((Duration) null));
        assertNull(() -> new WaitGroup().go(null));
      }
      case COND -> {
        mutex.lock();
        assertNull(() -> Cond.of(null));
        assertNull(() -> Cond.of(mutex).await((Context) null));
        assertNull(() -> Cond.of(mutex).await((Duration) null));
      }
      case ONCE -> {
        assertNull(() -> new Once().run(null));
        assertNull(() -> new Once().run(null, () -> {}));
        assertNull(() -> new Once().run(ctx, null));
      }
      case ONCE_VALUE -> {
        assertNull(() -> OnceValue.of(null));
        assertNull(() -> OnceValue.of(() -> 1).get(null));
      }
      case SINGLE_FLIGHT -> {
        SingleFlight<String, Integer> flights = new SingleFlight<>();
        assertNull(() -> flights.run(null, () -> 1));
        assertNull(() -> flights.run("key", null));
        assertNull(() -> flights.run("key", () -> 1, null));
        assertNull(() -> flights.start(null, () -> 1));
        assertNull(() -> flights.start("key", null));
        assertNull(() -> flights.startChan(null, () -> 1));
        assertNull(() -> flights.startChan("key", null));
        assertNull(() -> flights.forget(null));
      }
    }
  }

  private static void assertNull(ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call);
  }

  /** Lets it go; then it can be done, by one after another. */
  private void assertWorks(WaitingForm.Scene scene) throws Exception {
    Actor waiting = Actor.Kind.VIRTUAL.start(() -> scene.perform(null)).awaitWaiting();
    scene.letGo();
    waiting.join();
    if (form.canBeReady()) {
      scene.perform(null);
      scene.perform(Context.background());
    }
  }
}
