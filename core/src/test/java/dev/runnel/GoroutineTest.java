package dev.runnel;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.testkit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The handle of a goroutine. */
class GoroutineTest {
  private final Chan<String> gate = Chan.unbuffered();
  private int plain;

  @Test
  void runsOnAVirtualThreadWhoseNumberIsItsId() throws InterruptedException {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Goroutine goroutine = go(() -> thread.set(Thread.currentThread()));
    goroutine.join();
    assertThat(thread.get().isVirtual()).isTrue();
    assertThat(goroutine.id()).isEqualTo(thread.get().threadId());
    assertThat(goroutine.name()).isEqualTo("goroutine-" + goroutine.id());
  }

  @Test
  void hasTheNameItWasGiven() throws InterruptedException {
    AtomicReference<String> name = new AtomicReference<>();
    Goroutine goroutine = go("crawler", () -> name.set(Thread.currentThread().getName()));
    goroutine.join();
    assertThat(goroutine.name()).isEqualTo("crawler");
    assertThat(goroutine).asString().contains("\"crawler\"", "[done]", "" + goroutine.id());
    assertThat(name).hasValue("crawler");
  }

  @Test
  void currentIsTheGoroutineTheCodeRunsInAndNullElsewhere() throws InterruptedException {
    AtomicReference<Goroutine> current = new AtomicReference<>();
    Goroutine goroutine = go(() -> current.set(Goroutine.current()));
    goroutine.join();
    assertThat(current).hasValue(goroutine);
    assertThat(Goroutine.current()).isNull();
    Actor.Kind.VIRTUAL.start(() -> assertThat(Goroutine.current()).isNull()).join();
  }

  @ParameterizedTest
  @EnumSource
  void joinWaitsUntilItIsDone(Actor.Kind kind) throws InterruptedException {
    Goroutine goroutine = go(gate::receive);
    Actor joiner = kind.start(goroutine::join).awaitWaiting();
    Actor timed = kind.start(() -> assertThat(goroutine.join(Duration.ofDays(1))).isTrue());
    timed.awaitWaiting();
    assertThat(goroutine.isDone()).isFalse();
    assertThat(goroutine.failure()).isNull();
    assertThat(goroutine.join(Duration.ofMillis(1))).isFalse();
    assertThat(goroutine.join(Duration.ZERO)).isFalse();
    assertThat(goroutine.join(Duration.ofSeconds(-1))).isFalse();
    gate.close();
    joiner.join();
    timed.join();
    assertThat(goroutine.isDone()).isTrue();
    goroutine.join();
    assertThat(goroutine.join(Duration.ZERO)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void joinCanBeInterrupted(Actor.Kind kind) throws InterruptedException {
    Goroutine goroutine = go(gate::receive);
    Actor joiner = kind.start(goroutine::join).awaitWaiting();
    joiner.interrupt();
    assertThat(joiner.joinForFailure()).isInstanceOf(InterruptedException.class);
    gate.close();
    goroutine.join();
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(goroutine::join);
  }

  @Test
  void aGoroutineCantJoinItself() throws InterruptedException {
    Goroutine goroutine =
        go(() -> assertThatIllegalStateException().isThrownBy(() -> Goroutine.current().join()));
    goroutine.join();
    assertThat(goroutine.failure()).isNull();
  }

  @Test
  void interruptEndsABlockingOperation() throws InterruptedException {
    Chan<Object> thrown = Chan.buffered(1);
    Goroutine goroutine =
        go(() -> {
          try {
            gate.receive();
          } catch (InterruptedException e) {
            thrown.send(e);
          }
        });
    goroutine.interrupt();
    assertThat(thrown.receive()).isInstanceOf(InterruptedException.class);
    goroutine.join();
    goroutine.interrupt(); // does nothing
    assertThat(goroutine.failure()).isNull();
  }

  @Test
  void inheritsNoThreadLocals() throws InterruptedException {
    var local = new InheritableThreadLocal<String>();
    local.set("mine");
    AtomicReference<String> seen = new AtomicReference<>("unset");
    try {
      go(() -> seen.set(local.get())).join();
    } finally {
      local.remove();
    }
    assertThat(seen).hasValue(null);
  }

  @Test
  void startHappensBeforeTheBodyAndTheBodyBeforeJoin() throws InterruptedException {
    for (int i = 0; i < 10_000; i += 2) {
      plain = i;
      go(() -> plain++).join();
      assertThat(plain).isEqualTo(i + 1);
    }
  }

  @Test
  void manyRunAtOnce() throws InterruptedException {
    List<Goroutine> goroutines = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      goroutines.add(go(gate::receive));
    }
    gate.close();
    for (Goroutine goroutine : goroutines) {
      goroutine.join();
    }
  }

  @Test
  void nothingMayBeNull() {
    assertThatNullPointerException().isThrownBy(() -> go(null));
    assertThatNullPointerException().isThrownBy(() -> go((String) null, () -> {}));
    assertThatNullPointerException().isThrownBy(() -> go("name", null));
    assertThatNullPointerException().isThrownBy(() -> go((Context) null, () -> {}));
    assertThatNullPointerException().isThrownBy(() -> go(Context.background(), null));
    assertThatNullPointerException().isThrownBy(() -> Go.call(null));
    assertThatNullPointerException().isThrownBy(() -> Go.run(null));
    assertThatNullPointerException().isThrownBy(() -> Go.sleep(null));
  }
}
