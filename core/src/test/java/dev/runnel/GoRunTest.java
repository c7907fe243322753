package dev.runnel;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Logs;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program in a world of its own. */
class GoRunTest {
  private final Logs logs = Logs.capture();

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void runsMainAsAGoroutineAndWaitsForIt() throws Exception {
    AtomicReference<Goroutine> main = new AtomicReference<>();
    Go.run(() -> {
      Go.sleep(Duration.ofMillis(1));
      main.set(Goroutine.current());
    });
    assertThat(main.get().name()).isEqualTo("main");
    main.get().join();
    assertThat(main.get().failure()).isNull();
    assertThat(logs.messages()).isEmpty();
  }

  @Test
  void whatMainThrowsIsThrownAsItIs() {
    for (Throwable thrown :
        new Throwable[] {new IOException("disk"), new RuntimeException("bug"), new Error("bad")}) {
      assertThatExceptionOfType(Throwable.class)
          .isThrownBy(() -> Go.run(() -> sneak(thrown)))
          .isSameAs(thrown);
    }
    assertThat(logs.messages()).isEmpty();
  }

  @Test
  void goroutinesThatStillRunAreNamedAndInterrupted() throws Exception {
    AtomicReference<Goroutine> reader = new AtomicReference<>();
    AtomicReference<Goroutine> grandchild = new AtomicReference<>();
    Chan<Integer> started = Chan.unbuffered();
    Go.run(() -> {
      reader.set(go("reader", () -> Chan.nil().receive()));
      go(() -> {
        grandchild.set(go("grandchild", () -> Go.sleep(Duration.ofHours(1))));
        started.send(1);
      });
      started.receive();
    });
    assertThat(logs.messages()).hasSize(1);
    assertThat(logs.messages().getFirst())
        .contains("main returned while 2 of its goroutines", "\"reader\"", "\"grandchild\"");
    reader.get().join();
    grandchild.get().join();
    assertThat(reader.get().failure()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void survivorsAreInterruptedThoughMainFailed() throws Exception {
    AtomicReference<Goroutine> survivor = new AtomicReference<>();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            Go.run(() -> {
              survivor.set(go("survivor", () -> Chan.nil().receive()));
              throw new IOException("disk");
            }));
    assertThat(logs.messages()).hasSize(1);
    survivor.get().join();
  }

  /** A goroutine on its last instructions, after what main waited for, does not still run. */
  @Test
  void aGoroutineThatMainHasWaitedForIsNotNamed() throws Exception {
    for (int i = 0; i < 1000; i++) {
      Go.run(() -> go(() -> {}).join());
      Go.run(() -> {
        WaitGroup done = new WaitGroup();
        done.go(() -> {});
        done.go(() -> {});
        done.await();
      });
      Go.run(() -> {
        Chan<Integer> channel = Chan.buffered(1);
        go(() -> channel.closeAfter(() -> channel.send(1)));
        channel.receiveEach(v -> {});
      });
      Go.run(() -> {
        try (var group = ErrGroup.open()) {
          group.go(() -> {});
          group.await();
        }
      });
    }
    assertThat(logs.messages()).isEmpty();
  }

  /** What main's last act sets free gets its moment to end. */
  @Test
  void aGoroutineThatMainHasWokenIsNotNamed() throws Exception {
    for (int i = 0; i < 500; i++) {
      Go.run(() -> {
        Chan<Integer> quit = Chan.unbuffered();
        try (var ctx = Context.background().withCancel()) {
          Goroutine one = go(quit::receive);
          Goroutine two = go(() -> ctx.done().receive());
          Eventually.that("both asleep", () -> asleep(one) && asleep(two));
        }
        quit.close();
      });
    }
    assertThat(logs.messages()).isEmpty();
  }

  private static boolean asleep(Goroutine goroutine) {
    return goroutine.toString().contains("chan receive");
  }

  @Test
  void aGoroutineThatIsBusyIsNamedWhenItsMomentIsOver() throws Exception {
    AtomicReference<Goroutine> busy = new AtomicReference<>();
    Go.run(() ->
        busy.set(
            go(
                "busy",
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                  }
                })));
    assertThat(logs.messages()).hasSize(1);
    assertThat(logs.messages().getFirst()).contains("1 of its goroutines", "\"busy\" [running]");
    busy.get().join();
  }

  @Test
  void whatSurvivorsStartIsInterruptedToo() throws Exception {
    Chan<Goroutine> late = Chan.buffered(1);
    Go.run(() ->
        go(() -> {
          try {
            Chan.nil().receive();
          } finally {
            late.trySend(go("late", () -> Go.sleep(Duration.ofHours(1))));
          }
        }));
    Goroutine started = late.receive();
    started.join();
    assertThat(started.failure()).isInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aTaskThatAContextsEndStartsBelongsToTheProgram(Actor.Kind byWhom) throws Exception {
    AtomicReference<Goroutine> task = new AtomicReference<>();
    Go.run(() -> {
      CancelContext ctx = Context.background().withCancel();
      Chan<Integer> started = Chan.unbuffered();
      ctx.afterDone(() -> {
        task.set(Goroutine.current());
        started.send(1);
        Chan.nil().receive();
      });
      byWhom.start(ctx::cancel).join(); // not a goroutine of this program: a clock, a signal
      started.receive();
    });
    assertThat(logs.messages()).hasSize(1);
    task.get().join();
  }

  @Test
  void whatAnInterruptedMainThrowsOnItsWayOutIsNotLost() throws Exception {
    IOException disk = new IOException("disk");
    Actor caller =
        Actor.Kind.PLATFORM.start(() ->
            Go.run(() -> {
              try {
                Chan.nil().receive();
              } catch (InterruptedException e) {
                throw disk;
              }
            }));
    caller.awaitWaiting().interrupt();
    assertThat(caller.joinForFailure())
        .isInstanceOf(InterruptedException.class)
        .hasSuppressedException(disk);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptOfTheCallerInterruptsMainAndWaitsForItsEnd(Actor.Kind kind)
      throws InterruptedException {
    AtomicReference<Goroutine> main = new AtomicReference<>();
    Chan<Integer> ended = Chan.buffered(1);
    Actor caller =
        kind.start(() ->
            Go.run(() -> {
              main.set(Goroutine.current());
              try {
                Go.sleep(Duration.ofHours(1));
              } finally {
                ended.close();
              }
            }));
    caller.awaitWaiting().interrupt();
    assertThat(caller.joinForFailure()).isInstanceOf(InterruptedException.class);
    assertThat(main.get().isDone()).isTrue();
    assertThat(ended.tryReceive()).isInstanceOf(ReceiveResult.Closed.class);
    assertThat(logs.messages()).isEmpty();
  }

  @Test
  void aProgramInAProgramHasItsOwnSurvivors() throws Exception {
    Goroutine[] goroutines = new Goroutine[2];
    Go.run(() -> {
      goroutines[0] = go("outer", () -> Chan.nil().receive());
      Go.run(() -> goroutines[1] = go("inner", () -> Chan.nil().receive()));
      goroutines[1].join();
      assertThat(goroutines[0].isDone()).isFalse();
      assertThat(logs.messages().getFirst()).contains("\"inner\"").doesNotContain("\"outer\"");
    });
    goroutines[0].join();
    assertThat(logs.messages()).hasSize(2);
    assertThat(logs.messages().getLast()).contains("\"outer\"").doesNotContain("\"inner\"");
  }

  @Test
  @SuppressWarnings("try") // closing twice is the point
  void anOutsideTokenCanBeClosedTwiceAndTakenAnywhere() throws Exception {
    try (Outside outside = Go.outside()) {
      outside.close();
    }
    Go.run(() -> {
      try (Outside outside = Go.outside()) {
        outside.close();
      }
    });
    assertThat(logs.messages()).isEmpty();
  }

  @SuppressWarnings("unchecked") // a task can throw only exceptions; an Error gets out like this
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
