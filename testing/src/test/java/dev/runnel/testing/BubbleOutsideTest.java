package dev.runnel.testing;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.Task;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is inside a bubble and what is outside it, and what comes of mixing the two. */
@Timeout(60)
class BubbleOutsideTest {
  private static final Duration YEAR = Duration.ofDays(365);

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
  void notOnlyChannelsAreRefusedOutside() throws Exception {
    Bubble.run(() -> {
      Mutex mutex = new Mutex();
      WaitGroup group = new WaitGroup();
      Semaphore semaphore = Semaphore.of(1);
      Context ctx = Context.background().withCancel();
      for (Task use :
          new Task[] {mutex::lock, group::await, semaphore::acquire, ctx.done()::receive}) {
        FutureTask<Throwable> outside = new FutureTask<>(() -> catchThrowable(use::run));
        Thread.ofVirtual().start(outside);
        assertThat(outside.get())
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("was made in a bubble and is used outside it");
      }
      assertThat(mutex.tryLock()).isTrue();
    });
  }

  /**
   * They have no part in its time, and it does not wait for them; what they start is outside too.
   */
  @Test
  void rawThreadsAreOutside() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<Throwable> noClock = new AtomicReference<>();
    Chan<Integer> outside = Chan.buffered(1);
    AtomicReference<Thread> raw = new AtomicReference<>();
    Bubble.run(() -> {
      Thread thread =
          Thread.ofPlatform()
              .start(() -> {
                noClock.set(catchThrowable(Bubble::clock));
                go(() -> outside.send(Bubble.class.hashCode()));
                awaitUninterruptibly(release);
              });
      raw.set(thread);
      Go.sleep(YEAR); // though it is neither done nor durably blocked
    });
    assertThat(raw.get().isAlive()).isTrue();
    release.countDown();
    raw.get().join();
    assertThat(noClock.get()).isInstanceOf(IllegalStateException.class);
    assertThat(outside.receive()).isNotNull();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anyThreadMayRunABubbleWhoseTaskIsAGoroutine() throws Exception {
    Task bubble =
        () ->
            Bubble.run(() -> {
              assertThat(Goroutine.current()).isNotNull();
              assertThat(Thread.currentThread().isVirtual()).isTrue();
              Go.sleep(YEAR);
            });
    for (Thread.Builder kind : new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
      FutureTask<Throwable> run = new FutureTask<>(() -> catchThrowable(bubble::run));
      kind.start(run);
      assertThat(run.get()).isNull();
    }
    Goroutine goroutine = go(bubble);
    goroutine.join();
    assertThat(goroutine.failure()).isNull();
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
}
