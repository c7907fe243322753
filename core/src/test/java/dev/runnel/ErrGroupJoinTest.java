package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Logs;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A group's close waits for its goroutines, whatever they and others do. */
class ErrGroupJoinTest {
  private final Logs logs = Logs.capture();
  private final AtomicBoolean released = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();

  @AfterEach
  void close() {
    logs.close();
  }

  @ParameterizedTest
  @EnumSource
  void itJoinsATaskThatIgnoresInterrupts(Actor.Kind kind) throws Exception {
    ErrGroup group = ErrGroup.open();
    group.go(this::ignoreInterrupts);
    group.cancel();
    Actor closer =
        kind.start(() -> {
          group.close();
          assertThat(ended).isTrue();
        });
    closer.awaitWaiting();
    released.set(true);
    closer.join();
  }

  @ParameterizedTest
  @EnumSource
  void interruptsDoNotEndItAndAreNotLost(Actor.Kind kind) throws Exception {
    ErrGroup group = ErrGroup.open();
    group.go(this::ignoreInterrupts);
    group.cancel();
    Actor closer =
        kind.start(() -> {
          group.close();
          assertThat(ended).isTrue();
          assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });
    for (int i = 0; i < 3; i++) {
      closer.awaitWaiting();
      closer.interrupt();
      Eventually.that("the interrupt taken", () -> !closer.thread().isInterrupted());
    }
    closer.awaitWaiting();
    released.set(true);
    closer.join();
  }

  @Test
  void anInterruptThatWasPendingStaysPending() throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> Chan.nil().receive());
      group.cancel();
      Thread.currentThread().interrupt();
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void afterAWhileItLogsForWhomItWaitsAndWhereThatIs(Actor.Kind kind) throws Exception {
    AtomicReference<Goroutine> stubborn = new AtomicReference<>();
    ErrGroup group = ErrGroup.open().patience(Duration.ofMillis(20));
    group.go(() -> {
      stubborn.set(Goroutine.current());
      ignoreInterrupts();
    });
    group.cancel();
    Actor closer = kind.start(group::close).awaitWaiting();
    Eventually.that("the log", () -> !logs.messages().isEmpty());
    assertThat(logs.messages().getFirst())
        .contains("has waited 0.02 s", stubborn.get().name().replace("goroutine-", "goroutine "))
        .contains("ErrGroupJoinTest.ignoreInterrupts");
    closer.interrupt();
    closer.awaitWaiting();
    released.set(true);
    closer.join();
    assertThat(logs.messages()).as("it is said once").hasSize(1);
  }

  @Test
  void itsPatienceIsNotRenewedByInterrupts() throws Exception {
    ErrGroup group = ErrGroup.open().patience(Duration.ofMillis(50));
    group.go(this::ignoreInterrupts);
    group.cancel();
    Actor closer = Actor.Kind.PLATFORM.start(group::close);
    Eventually.that(
        "the log",
        () -> {
          closer.interrupt();
          return !logs.messages().isEmpty();
        });
    released.set(true);
    closer.join();
  }

  @Test
  void itWaitsTenSecondsBeforeItSaysAnything() {
    assertThat(ErrGroup.PATIENCE).isEqualTo(Duration.ofSeconds(10));
  }

  private void ignoreInterrupts() {
    while (!released.get()) {
      LockSupport.parkNanos(1_000_000);
      var _ = Thread.interrupted();
    }
    ended.set(true);
  }
}
