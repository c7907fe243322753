package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Garbage;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A value is made once, or fails once, for all. */
@Timeout(60)
class OnceValueTest {
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void aThousandRacersGetTheSameValueMadeOnce() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      calls.set(0);
      OnceValue<Object> value =
          OnceValue.of(() -> {
            calls.incrementAndGet();
            return new Object();
          });
      Object[] got = new Object[1000];
      var start = new WaitGroup();
      start.add(1);
      List<Actor> racers = new ArrayList<>();
      for (int i = 0; i < got.length; i++) {
        int mine = i;
        racers.add(
            Actor.Kind.VIRTUAL.start(() -> {
              start.await();
              got[mine] = value.get();
            }));
      }
      start.done();
      for (Actor racer : racers) {
        racer.join();
      }
      assertThat(got).containsOnly(got[0]).doesNotContainNull();
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void itIsNotMadeBeforeItIsAskedFor() throws Exception {
    OnceValue<Integer> value = OnceValue.of(calls::incrementAndGet);
    assertThat(value).hasToString("once value (not done)");
    assertThat(calls).hasValue(0);
    assertThat(value.get()).isEqualTo(1);
    assertThat(value.get()).isEqualTo(1);
    assertThat(value).hasToString("once value: 1");
  }

  @Test
  void aNullIsAValueToo() throws Exception {
    OnceValue<@Nullable String> value =
        OnceValue.of(() -> {
          calls.incrementAndGet();
          return null;
        });
    assertThat(value.get()).isNull();
    assertThat(value.get()).isNull();
    assertThat(calls).hasValue(1);
  }

  @Test
  void aFailureIsRememberedAndThrownAfresh() {
    OnceValue<Integer> value = failing(new IOException("no disk"));
    ExecutionException first = catchThrowableOfType(ExecutionException.class, value::get);
    ExecutionException second = catchThrowableOfType(ExecutionException.class, value::get);
    assertThat(first).isNotSameAs(second);
    assertThat(first.getCause()).isSameAs(second.getCause()).hasMessage("no disk");
    assertThat(calls).hasValue(1);
    assertThat(value).hasToString("once value (done)");
  }

  @Test
  void evenAnErrorIs() {
    OnceValue<Integer> value = failing(new AssertionError("bug"));
    assertThatThrownBy(value::get).isInstanceOf(ExecutionException.class);
    assertThatThrownBy(value::get).hasRootCauseInstanceOf(AssertionError.class);
    assertThat(calls).hasValue(1);
  }

  private OnceValue<Integer> failing(Throwable failure) {
    return OnceValue.of(() -> {
      calls.incrementAndGet();
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    });
  }

  @Test
  void whoWaitsSeesTheFailureToo() throws InterruptedException {
    var may = new WaitGroup();
    may.add(1);
    OnceValue<Integer> value =
        OnceValue.of(() -> {
          may.await();
          throw new IOException("no disk");
        });
    Actor maker = Actor.Kind.VIRTUAL.start(value::get).awaitWaiting();
    Actor waiter = Actor.Kind.PLATFORM.start(value::get).awaitWaiting();
    may.done();
    assertThat(maker.joinForFailure()).hasRootCauseMessage("no disk");
    assertThat(waiter.joinForFailure()).hasRootCauseMessage("no disk");
  }

  @Test
  void anInterruptedMakerFailsItAndItsThreadStaysInterrupted() {
    OnceValue<Integer> value = failing(new InterruptedException());
    assertThatThrownBy(value::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).as("for whom the interrupt was").isTrue();
    assertThatThrownBy(value::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).as("for whom it was not").isFalse();
  }

  @Test
  void onceMadeNothingStopsIt() throws Exception {
    OnceValue<Integer> value = OnceValue.of(calls::incrementAndGet);
    try (var ctx = Context.background().withCancel()) {
      ctx.cancel();
      assertThatThrownBy(() -> value.get(ctx)).isInstanceOf(CanceledException.class);
      assertThat(value.get(Context.background())).isEqualTo(1);
      assertThat(value.get(ctx)).isEqualTo(1);
    }
    Thread.currentThread().interrupt();
    assertThat(value.get()).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theMakerIsGarbageOnceItHasRun() throws Exception {
    Object large = new Object();
    WeakReference<Object> gone = new WeakReference<>(large);
    OnceValue<Integer> value = OnceValue.of(hashOf(large));
    large = null;
    assertThat(value.get()).isNotNull();
    Garbage.awaitCollection("what the maker held", gone);
    assertThat(value.get()).isNotNull();
  }

  private static Callable<Integer> hashOf(Object object) {
    return () -> System.identityHashCode(object);
  }
}
