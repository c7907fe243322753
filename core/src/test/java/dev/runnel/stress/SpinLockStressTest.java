package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.internal.park.SpinLock;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The lock under every channel: exclusion, and progress whatever state its contenders are in. */
class SpinLockStressTest {
  private static final class Lock extends SpinLock {}

  private final Lock lock = new Lock();
  private int guarded;

  @Test
  void oneAtATimeHoldsIt() throws InterruptedException {
    int workers = 8;
    int turns = Scale.times(100_000);
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      Actor.Kind kind = i % 2 == 0 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
      actors.add(
          kind.start(() -> {
            for (int turn = 0; turn < turns; turn++) {
              lock.lock();
              guarded++;
              lock.unlock();
            }
          }));
    }
    for (Actor actor : actors) {
      actor.join();
    }
    assertThat(guarded).isEqualTo(workers * turns);
  }

  /**
   * A select that holds one channel's lock and waits for another's may be off its carrier. Were
   * interrupted contenders, whose naps end at once, to keep the carriers busy, it would never come
   * back to unlock.
   */
  @Test
  void interruptedContendersLetAHolderRunThatIsOffItsCarrier() throws InterruptedException {
    AtomicBoolean letGo = new AtomicBoolean();
    AtomicInteger contending = new AtomicInteger();
    Actor holder =
        Actor.Kind.VIRTUAL.start(() -> {
          lock.lock();
          while (!letGo.get()) {
            LockSupport.park(this);
          }
          lock.unlock();
        });
    holder.awaitWaiting();
    List<Actor> contenders = new ArrayList<>();
    int carriers = Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < carriers; i++) {
      contenders.add(
          Actor.Kind.VIRTUAL.start(() -> {
            Thread.currentThread().interrupt();
            contending.incrementAndGet();
            lock.lock();
            lock.unlock();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
          }));
    }
    Eventually.that("contention", () -> contending.get() == carriers);
    // Long enough for all to get past spinning and yielding, to the naps.
    for (int i = 0; i < 50; i++) {
      LockSupport.parkNanos(1_000_000);
    }
    letGo.set(true);
    LockSupport.unpark(holder.thread());
    holder.join();
    for (Actor contender : contenders) {
      contender.join();
    }
  }
}
