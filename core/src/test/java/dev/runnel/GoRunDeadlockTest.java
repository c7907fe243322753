package dev.runnel;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.ChildJvm;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Logs;
import dev.runnel.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program whose goroutines are all asleep for ever. */
@Timeout(60)
class GoRunDeadlockTest {
  private static final Duration SOON = Duration.ofMillis(100);

  private final Logs logs = Logs.capture();

  @AfterEach
  void close() {
    logs.close();
  }

  /**
   * In a JVM of their own, since JUnit's threads, some of which are no daemons, could wake the
   * goroutines for all that Go.run knows.
   */
  @Test
  void deadlocksAreThrownWithADump() throws Exception {
    List<String> printed = ChildJvm.run(DeadlockedPrograms.class);
    assertThat(printed)
        .filteredOn(line -> line.startsWith("all goroutines are asleep - deadlock!"))
        .hasSize(3);
    String all = String.join("\n", printed);
    assertThat(all)
        .containsSubsequence(
            "-- main alone",
            "goroutine ",
            "\"main\" [chan receive on ",
            "DeadlockedPrograms",
            "-- three",
            "\"main\" [chan send (nil chan)",
            "\"locker\" [mutex lock",
            "\"waiter\" [wait group",
            "interrupted: true",
            "-- a program in a program",
            "[future get",
            "[chan receive")
        .doesNotContain("internal.park");
  }

  @Test
  void timersAreNoDeadlock() throws Exception {
    Go.run(() -> Go.sleep(SOON));
    Go.run(() -> Timer.after(SOON).receive());
    Go.run(() -> {
      try (var ctx = Context.background().withTimeout(SOON)) {
        ctx.done().receive();
      }
    });
    Go.run(() -> {
      Chan<Integer> channel = Chan.unbuffered();
      Timer.run(SOON, () -> channel.send(1));
      channel.receive();
    });
    assertThat(logs.messages()).isEmpty();
  }

  /** The goroutine that a timer starts is in the program, so main's end interrupts it. */
  @Test
  void whatATimerStartsIsInTheProgram() throws Exception {
    AtomicReference<Goroutine> started = new AtomicReference<>();
    Go.run(() -> {
      Chan<Integer> begun = Chan.unbuffered();
      Timer.run(
          Duration.ofMillis(1),
          () -> {
            started.set(Goroutine.current());
            begun.send(1);
            Chan.nil().receive();
          });
      begun.receive();
    });
    started.get().join();
    assertThat(started.get().failure()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aGoroutineThatWaitsOutsideRunnelIsNoDeadlock() throws Exception {
    CountDownLatch foreign = new CountDownLatch(1);
    Thread opener = null;
    try {
      Chan<Integer> channel = Chan.unbuffered();
      opener =
          Thread.ofVirtual()
              .unstarted(() -> {
                try {
                  Go.sleep(Duration.ofMillis(200));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                foreign.countDown();
              });
      opener.start();
      Go.run(() -> {
        go(() -> {
          foreign.await();
          channel.send(1);
        });
        channel.receive();
      });
    } finally {
      opener.interrupt();
    }
    assertThat(logs.messages()).isEmpty();
  }

  @Test
  void anOpenTokenMakesItAWarning() throws Exception {
    Chan<Integer> channel = Chan.unbuffered();
    Thread.ofVirtual()
        .start(() -> {
          Eventually.that("a warning", () -> !logs.messages().isEmpty());
          channel.trySend(1);
        });
    Go.run(() -> {
      try (Outside _ = Go.outside()) {
        channel.receive();
      }
    });
    assertThat(logs.messages()).hasSize(1);
    assertThat(logs.messages().getFirst())
        .contains("all goroutines are asleep, and only", "Outside token", "chan receive");
  }

  @Test
  void anotherThreadMakesItAWarning() throws Exception {
    Chan<Integer> channel = Chan.unbuffered();
    Thread other =
        Thread.ofPlatform()
            .daemon(false)
            .name("feeder")
            .start(() -> {
              Eventually.that("a warning", () -> !logs.messages().isEmpty());
              channel.trySend(1);
            });
    Go.run(() -> channel.receive());
    other.join();
    assertThat(logs.messages().getFirst()).contains("another thread, ", "feeder");
  }

  @Test
  void busyGoroutinesAreNeverTakenForDeadlocked() throws Exception {
    Go.run(() -> {
      Chan<Integer> ping = Chan.unbuffered();
      Chan<Integer> pong = Chan.unbuffered();
      go(() -> {
        for (int i : ping) {
          pong.send(i);
        }
        pong.close();
      });
      long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
      for (int i = 0; System.nanoTime() < end; i++) {
        ping.send(i);
        pong.receive();
      }
      ping.close();
      assertThat(pong.receive()).isNull();
    });
    assertThat(logs.messages()).isEmpty();
  }
}
