package dev.runnel.testing;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runnel.Chan;
import dev.runnel.DeadlockException;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.Task;
import dev.runnel.sync.Mutex;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong in a bubble, and what it says. */
@Timeout(60)
class BubbleTroubleTest {
  private static final Duration YEAR = Duration.ofDays(365);

  @Test
  void aDeadlockNamesEveryGoroutine() {
    assertThatExceptionOfType(DeadlockException.class)
        .isThrownBy(() ->
            Bubble.run(() -> {
              Mutex mutex = new Mutex();
              mutex.lock();
              go("locker", mutex::lock);
              Chan.unbuffered().receive();
            }))
        .withMessageStartingWith("all goroutines of the bubble are asleep - deadlock!")
        .withMessageContaining("\"main\" [chan receive on ")
        .withMessageContaining("BubbleTroubleTest")
        .withMessageContaining("\"locker\" [mutex lock");
  }

  @Test
  void survivorsAreNamedAndEnded() throws Exception {
    AtomicReference<Goroutine> left = new AtomicReference<>();
    assertThatExceptionOfType(LeakError.class)
        .isThrownBy(() -> Bubble.run(() -> left.set(go("reader", Chan.unbuffered()::receive))))
        .withMessageStartingWith("1 goroutine is left in the bubble when its main has returned:")
        .withMessageContaining("\"reader\" [chan receive");
    left.get().join();
    assertThat(left.get().failure()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void timeStopsWhenMainReturns() {
    assertThatExceptionOfType(LeakError.class)
        .isThrownBy(() -> Bubble.run(() -> go("sleeper", () -> Go.sleep(YEAR))))
        .withMessageContaining("\"sleeper\" [sleep]");
  }

  @Test
  void thoseThatRunWhenMainReturnsMayEnd() throws Exception {
    for (int i = 0; i < 300; i++) {
      Bubble.run(() -> {
        Chan<Integer> quit = Chan.unbuffered();
        go(() -> quit.receive());
        go(() -> {});
        quit.close();
      });
    }
  }

  @Test
  void theFirstFailureIsThrownAsItIsAndEndsTheBubble() {
    IOException thrown = new IOException("disk");
    assertThat(
            catchThrowable(() ->
                Bubble.run(() -> {
                  throw thrown;
                })))
        .isSameAs(thrown);
    AssertionError wrong = new AssertionError("wrong");
    assertThat(
            catchThrowable(() ->
                Bubble.run(() -> {
                  go(() -> {
                    throw wrong;
                  });
                  while (true) {
                    Go.sleep(YEAR);
                  }
                })))
        .isSameAs(wrong);
  }

  @Test
  void aFailureComesWithADump() {
    Throwable thrown =
        catchThrowable(() ->
            Bubble.run(() -> {
              go("reader", Chan.unbuffered()::receive);
              Bubble.settle();
              throw new IOException("disk");
            }));
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(thrown.getSuppressed()[0]).hasMessageContaining("\"reader\" [chan receive on ");
  }

  /** Each goes down for itself: the one because it was interrupted. */
  @Test
  void failuresOfSeveralGoroutinesAreKept() {
    for (int i = 0; i < 100; i++) {
      IOException first = new IOException("first");
      IOException second = new IOException("second");
      Throwable thrown =
          catchThrowable(() ->
              Bubble.run(() -> {
                CountDownLatch both = new CountDownLatch(2);
                for (IOException e : new IOException[] {first, second}) {
                  go(() -> {
                    both.countDown();
                    both.await();
                    throw e;
                  });
                }
                Chan.nil().receive();
              }));
      assertThat(thrown).isIn(first, second);
      List<Throwable> told = new ArrayList<>(List.of(thrown.getSuppressed()));
      told.add(thrown);
      assertThat(told).contains(first, second);
    }
  }

  @Test
  void whatGoesWrongWhileTheBubbleEndsIsKeptAndItsInterruptIsNot() {
    AssertionError wrong = new AssertionError("not closed");
    Throwable thrown =
        catchThrowable(() ->
            Bubble.run(() -> {
              go("interrupted", Chan.unbuffered()::receive);
              go(
                  "failing",
                  () -> {
                    try {
                      Chan.nil().receive();
                    } finally {
                      throwIt(wrong);
                    }
                  });
            }));
    assertThat(thrown).isInstanceOf(LeakError.class);
    assertThat(thrown.getSuppressed()).containsExactly(wrong);
  }

  private static void throwIt(Error error) {
    throw error;
  }

  @Test
  void aBubbleInABubbleIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Bubble.run(() -> Bubble.run(() -> {})))
        .withMessage("a bubble can't be run in a bubble");
  }

  @Test
  void anExplorationInABubbleIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Bubble.run(() -> Explore.schedules(1).run(() -> {})))
        .withMessage("a bubble can't be run in a bubble");
  }

  @Test
  void aBubbleInAProgramAndAProgramInABubble() throws Exception {
    AtomicReference<Goroutine> seen = new AtomicReference<>();
    Go.run(() -> Bubble.run(() -> Go.sleep(YEAR)));
    Bubble.run(() ->
        Go.run(() -> {
          seen.set(Goroutine.current());
          go(() -> Go.sleep(YEAR)).join();
        }));
    assertThat(seen.get().isDone()).isTrue();
    assertThatExceptionOfType(DeadlockException.class)
        .isThrownBy(() -> Bubble.run(() -> Go.run(Chan.unbuffered()::receive)));
  }

  @Test
  void outsideABubbleThereIsNothingToSettle() {
    assertThatIllegalStateException().isThrownBy(Bubble::settle).withMessageContaining("no bubble");
    assertThatIllegalStateException().isThrownBy(Bubble::clock).withMessageContaining("no bubble");
    assertThatIllegalArgumentException().isThrownBy(() -> Bubble.run(Duration.ZERO, () -> {}));
  }

  @Test
  void theWatchdogNamesWhoKeepsTheTime() throws Exception {
    CountDownLatch foreign = new CountDownLatch(1);
    assertThatExceptionOfType(StalledException.class)
        .isThrownBy(() ->
            Bubble.run(
                Duration.ofMillis(200),
                () -> {
                  go("stuck", () -> foreign.await());
                  Go.sleep(YEAR);
                }))
        .withMessageContaining("the time of the bubble stands still")
        .withMessageContaining("\"stuck\" [blocked outside Runnel]")
        .withMessageContaining("CountDownLatch.await");
  }

  @Test
  void theWatchdogNamesEveryKindOfWaitThatIsNotRunnels() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    try (ServerSocket server = new ServerSocket(0)) {
      stalls(() -> lock.lockInterruptibly(), "[blocked outside Runnel]", "ReentrantLock.lock");
      stalls(() -> Thread.sleep(60_000), "[blocked outside Runnel]", "Thread.sleep");
      stalls(server::accept, "[", "ServerSocket.accept");
    }
    stalls(
        () -> {
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
          }
        },
        "[running]",
        "BubbleTroubleTest");
  }

  private static void stalls(Task stuck, String state, String frame) {
    assertThatExceptionOfType(StalledException.class)
        .isThrownBy(() ->
            Bubble.run(
                Duration.ofMillis(200),
                () -> {
                  go("stuck", stuck);
                  go("innocent", () -> Go.sleep(YEAR));
                  Go.sleep(YEAR);
                }))
        .withMessageContaining("the time of the bubble stands still")
        .withMessageContaining("\"stuck\" " + state)
        .withMessageContaining(frame);
  }

  @Test
  void anInterruptOfTheCallerEndsTheBubble() throws Exception {
    AtomicReference<Goroutine> main = new AtomicReference<>();
    CountDownLatch blocked = new CountDownLatch(1);
    FutureTask<Throwable> run =
        new FutureTask<>(() ->
            catchThrowable(() ->
                Bubble.run(() -> {
                  main.set(Goroutine.current());
                  blocked.countDown();
                  new CountDownLatch(1).await();
                })));
    Thread caller = Thread.ofPlatform().start(run);
    blocked.await();
    caller.interrupt();
    assertThat(run.get()).isInstanceOf(InterruptedException.class);
    assertThat(main.get().isDone()).isTrue();
  }
}
