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
import dev.runnel.sync.Mutex;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
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

  @Test
  void failuresOfSeveralGoroutinesAreKept() {
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
  }

  @Test
  void useFromOutsideIsRefused() throws Exception {
    AtomicReference<Chan<Integer>> leaked = new AtomicReference<>();
    AtomicReference<Throwable> raw = new AtomicReference<>();
    Bubble.run(() -> {
      Chan<Integer> channel = Chan.buffered(1);
      leaked.set(channel);
      Thread thread =
          Thread.ofVirtual().start(() -> raw.set(catchThrowable(() -> channel.send(1))));
      thread.join();
      assertThat(channel.length()).isZero();
      FutureTask<Throwable> select =
          new FutureTask<>(
              () -> catchThrowable(() -> dev.runnel.Select.of(channel.onReceive()).poll()));
      Thread.ofPlatform().start(select);
      assertThat(select.get()).isInstanceOf(IllegalStateException.class);
    });
    assertThat(raw.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was made in a bubble and is used outside it");
    leaked.get().send(1); // afterwards it is a channel like any other
  }

  @Test
  void twoBubblesShareNothing() throws Exception {
    Bubble.run(() -> {
      Chan<Integer> mine = Chan.buffered(1);
      FutureTask<Throwable> other =
          new FutureTask<>(() -> catchThrowable(() -> Bubble.run(() -> mine.send(1))));
      Thread.ofPlatform().start(other);
      assertThat(other.get()).isInstanceOf(IllegalStateException.class);
    });
  }

  @Test
  void aBubbleInABubbleIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Bubble.run(() -> Bubble.run(() -> {})))
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
  void whatWasMadeOutsideIsNotDurable() {
    Chan<Integer> outside = Chan.unbuffered();
    assertThatExceptionOfType(StalledException.class)
        .isThrownBy(() -> Bubble.run(Duration.ofMillis(200), outside::receive))
        .withMessageContaining("\"main\" [chan receive on " + outside);
  }

  @Test
  void whatWasMadeOutsideCanBringAValue() throws Exception {
    Chan<Integer> outside = Chan.unbuffered();
    Thread.ofVirtual()
        .start(() -> {
          try {
            outside.send(7);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Bubble.run(() -> {
      assertThat(outside.receive()).isEqualTo(7);
      Go.sleep(YEAR);
    });
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
