package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Garbage;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A single run under any number of racers, whatever comes of it. */
@Timeout(60)
@SuppressWarnings("ThreadPriorityCheck") // a yield, so that others come
class OnceTest {
  private final Once once = new Once();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void aThousandRacersRunItOnceAndNoneReturnsBefore() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      Once racedFor = new Once();
      int[] made = new int[1];
      var start = new WaitGroup();
      start.add(1);
      List<Actor> racers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        racers.add(
            Actor.Kind.VIRTUAL.start(() -> {
              start.await();
              racedFor.run(() -> {
                Thread.yield();
                made[0]++; // plain
              });
              assertThat(made[0]).isEqualTo(1);
            }));
      }
      start.done();
      for (Actor racer : racers) {
        racer.join();
      }
    }
  }

  @Test
  void aFailedRunCountsAndFailsOnlyWhoRanIt() throws Exception {
    assertThatThrownBy(() ->
            once.run(() -> {
              throw new IOException("no");
            }))
        .isInstanceOf(IOException.class)
        .hasMessage("no");
    once.run(runs::incrementAndGet);
    assertThat(runs).hasValue(0);
    assertThat(once).hasToString("once (done)");
  }

  @Test
  void thoseWhoWaitForARunThatFailsGoOn() throws InterruptedException {
    var may = new WaitGroup();
    may.add(1);
    Actor runner =
        Actor.Kind.VIRTUAL.start(() ->
            once.run(() -> {
              may.await();
              throw new IOException("no");
            }));
    runner.awaitWaiting();
    assertThat(once).hasToString("once (running)");
    Actor waiter = Actor.Kind.PLATFORM.start(() -> once.run(runs::incrementAndGet));
    waiter.awaitWaiting();
    may.done();
    assertThat(runner.joinForFailure()).isInstanceOf(IOException.class);
    waiter.join();
    assertThat(runs).hasValue(0);
  }

  @Test
  void anInterruptedRunCounts() throws Exception {
    assertThatThrownBy(() ->
            once.run(() -> {
              throw new InterruptedException();
            }))
        .isInstanceOf(InterruptedException.class);
    once.run(runs::incrementAndGet);
    assertThat(runs).hasValue(0);
  }

  @Test
  void onceDoneNothingStopsIt() throws Exception {
    once.run(runs::incrementAndGet);
    try (var ctx = Context.background().withCancel()) {
      ctx.cancel();
      Thread.currentThread().interrupt();
      assertThatCode(() -> once.run(ctx, runs::incrementAndGet)).doesNotThrowAnyException();
      assertThatCode(() -> once.run(runs::incrementAndGet)).doesNotThrowAnyException();
    }
    assertThat(Thread.interrupted()).as("left as it was").isTrue();
    assertThat(runs).hasValue(1);
  }

  @Test
  void anEndedContextKeepsItFromBeingRunButNotForOthers() throws Exception {
    try (var ctx = Context.background().withCancel()) {
      ctx.cancel();
      assertThatThrownBy(() -> once.run(ctx, runs::incrementAndGet))
          .isInstanceOf(CanceledException.class);
    }
    assertThat(once).hasToString("once (not done)");
    once.run(Context.background(), runs::incrementAndGet);
    assertThat(runs).hasValue(1);
  }

  @Test
  void theContextDoesNotReachIntoTheTask() throws Exception {
    try (var ctx = Context.background().withCancel()) {
      once.run(
          ctx,
          () -> {
            ctx.cancel();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            runs.incrementAndGet();
          });
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void itHoldsOnToNoThread() throws InterruptedException {
    WeakReference<Thread> runner = runInAThread();
    Garbage.awaitCollection("the thread that ran it", runner);
    assertThat(once).hasToString("once (done)");
  }

  private WeakReference<Thread> runInAThread() throws InterruptedException {
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                once.run(runs::incrementAndGet);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    thread.join();
    return new WeakReference<>(thread);
  }
}
