package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.internal.park.Parkable;
import dev.runnel.internal.park.Waiter;
import dev.runnel.testkit.Actor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Waits that break off because their thread runs out of memory or stack: what was meant for such a
 * thread goes to another.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(WaitingForm.class)
class BrokenLockWaitTest {
  @Parameter private WaitingForm form;

  /** Breaks the first wait of its thread, in the moment before it parks or the one after. */
  private static final class Breaking implements Thread.UncaughtExceptionHandler, Parkable {
    private final boolean afterwards;
    private boolean done;

    Breaking(boolean afterwards) {
      this.afterwards = afterwards;
    }

    @Override
    public void waitingFor(@Nullable Waiter waiter) {
      if (!done && (waiter == null) == afterwards) {
        done = true;
        throw new OutOfMemoryError("not really");
      }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {}
  }

  private static Actor breaking(boolean afterwards, WaitingForm.Scene scene, Context ctx) {
    return Actor.Kind.PLATFORM.start(() -> {
      Thread.currentThread().setUncaughtExceptionHandler(new Breaking(afterwards));
      scene.perform(ctx);
    });
  }

  @Test
  void beforeItIsServed() throws Exception {
    try (var ctx = Context.background().withCancel()) {
      for (Context watched : new Context[] {null, ctx}) {
        WaitingForm.Scene scene = form.scene();
        scene.block();
        Actor broken = breaking(false, scene, watched);
        assertThat(broken.joinForFailure()).isInstanceOf(OutOfMemoryError.class);
        Actor next = Actor.Kind.VIRTUAL.start(() -> scene.perform(null)).awaitWaiting();
        scene.letGo();
        next.join();
      }
    }
  }

  @Test
  void afterItIsServed() throws Exception {
    WaitingForm.Scene scene = form.scene();
    scene.block();
    Actor broken = breaking(true, scene, null).awaitWaiting();
    Actor next = Actor.Kind.VIRTUAL.start(() -> scene.perform(null)).awaitWaiting();
    scene.letGo();
    assertThat(broken.joinForFailure()).isInstanceOf(OutOfMemoryError.class);
    next.join();
    if (form.canBeReady()) {
      scene.perform(null);
    }
  }

  @Test
  void aSignalThatReachedTheBrokenOneGoesOn() throws Exception {
    Mutex mutex = new Mutex();
    Cond cond = Cond.of(mutex);
    Actor broken =
        Actor.Kind.PLATFORM.start(() -> {
          Thread.currentThread().setUncaughtExceptionHandler(new Breaking(true));
          mutex.lock();
          try {
            cond.await();
          } finally {
            mutex.unlock();
          }
        });
    broken.awaitWaiting();
    Actor next =
        Actor.Kind.VIRTUAL.start(() -> {
          mutex.lock();
          cond.await();
          mutex.unlock();
        });
    next.awaitWaiting();
    cond.signal();
    assertThat(broken.joinForFailure()).isInstanceOf(OutOfMemoryError.class);
    next.join();
    assertThat(mutex.tryLock()).isTrue();
  }
}
