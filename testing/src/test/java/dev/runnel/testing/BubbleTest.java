package dev.runnel.testing;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.DeadlineExceededException;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.Select;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.WaitGroup;
import dev.runnel.time.RateLimiter;
import dev.runnel.time.Ticker;
import dev.runnel.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual time. */
@Timeout(60)
class BubbleTest {
  private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  @Test
  void aYearTakesNoTime() throws Exception {
    long start = System.nanoTime();
    Bubble.run(() -> {
      assertThat(Bubble.clock().instant()).isEqualTo(START);
      Go.sleep(YEAR);
      assertThat(Bubble.clock().instant()).isEqualTo(START.plus(YEAR));
    });
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void timeStandsStillWhileSomebodyRuns() throws Exception {
    Bubble.run(() -> {
      AtomicBoolean rang = new AtomicBoolean();
      Timer.run(Duration.ofNanos(1), () -> rang.set(true));
      long end = System.nanoTime() + 50_000_000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(rang).isFalse();
      assertThat(Bubble.clock().instant()).isEqualTo(START);
      Go.sleep(Duration.ofNanos(1));
      Bubble.settle();
      assertThat(rang).isTrue();
    });
  }

  @Test
  void sleepersWakeInTheOrderOfTheirTimes() throws Exception {
    List<Integer> woken = new ArrayList<>();
    Bubble.run(() -> {
      WaitGroup all = new WaitGroup();
      for (int i : new int[] {5, 1, 4, 2, 3}) {
        all.go(() -> {
          Go.sleep(Duration.ofHours(i));
          woken.add(i);
        });
      }
      all.await();
      assertThat(Bubble.clock().instant()).isEqualTo(START.plus(Duration.ofHours(5)));
    });
    assertThat(woken).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void settleWaitsForAllOthers() throws Exception {
    for (int i = 0; i < 200; i++) {
      Bubble.run(() -> {
        AtomicInteger steps = new AtomicInteger();
        Chan<Integer> channel = Chan.unbuffered();
        for (int j = 0; j < 3; j++) {
          go(() -> {
            steps.incrementAndGet();
            channel.receive();
            steps.incrementAndGet();
            Go.sleep(YEAR);
            steps.incrementAndGet();
          });
        }
        Bubble.settle();
        assertThat(steps).hasValue(3);
        channel.send(1);
        Bubble.settle();
        assertThat(steps).hasValue(4);
        channel.close();
        Bubble.settle();
        assertThat(steps).hasValue(6);
        assertThat(Bubble.clock().instant()).isEqualTo(START);
        Go.sleep(YEAR);
        Bubble.settle();
        assertThat(steps).hasValue(9);
      });
    }
  }

  @Test
  void everythingThatTellsTheTimeObeys() throws Exception {
    Bubble.run(() -> {
      assertThat(Timer.after(YEAR).receive()).isEqualTo(START.plus(YEAR));
      try (var ctx = Context.background().withTimeout(YEAR)) {
        ctx.done().receive();
        assertThat(ctx.err()).isInstanceOf(DeadlineExceededException.class);
      }
      assertThat(Bubble.clock().instant()).isEqualTo(START.plus(YEAR.multipliedBy(2)));
      try (Ticker ticker = Ticker.every(Duration.ofDays(1))) {
        for (int i = 0; i < 10; i++) {
          ticker.channel().receive();
        }
      }
      Instant before = Bubble.clock().instant();
      RateLimiter limiter = RateLimiter.perSecond(1, 1);
      for (int i = 0; i < 11; i++) {
        limiter.await();
      }
      assertThat(Duration.between(before, Bubble.clock().instant()))
          .isEqualTo(Duration.ofSeconds(10));
      AtomicBoolean late = new AtomicBoolean();
      Select.select(
          Chan.<Integer>unbuffered().onReceive(_ -> {}), Select.after(YEAR, () -> late.set(true)));
      assertThat(late).isTrue();
      assertThat(new Mutex().tryLock(Duration.ofSeconds(1))).isTrue();
      assertThat(new WaitGroup().await(YEAR)).isTrue();
    });
  }

  @Test
  void allKindsOfWaitsAreDurable() throws Exception {
    Bubble.run(() -> {
      Mutex mutex = new Mutex();
      mutex.lock();
      RWMutex rw = new RWMutex();
      rw.lock();
      Semaphore semaphore = Semaphore.of(1);
      semaphore.acquire();
      Mutex guard = new Mutex();
      Cond cond = Cond.of(guard);
      WaitGroup zero = new WaitGroup();
      zero.add(1);
      Chan<Integer> channel = Chan.unbuffered();
      WaitGroup all = new WaitGroup();
      all.go(mutex::lock);
      all.go(rw::readLock);
      all.go(rw::lock);
      all.go(semaphore::acquire);
      all.go(() -> {
        guard.lock();
        cond.await();
      });
      all.go(() -> zero.await());
      all.go(channel::receive);
      Goroutine sender = go(() -> Chan.buffered(1).onSend(1));
      all.go(sender::join);
      all.go(() -> Go.call(() -> channel.receive()).get());
      all.go(() -> Select.of(channel.onReceive()).await());
      Go.sleep(YEAR); // time goes on only if all of them are durably blocked
      mutex.unlock();
      rw.unlock();
      semaphore.release();
      guard.lock();
      cond.signal();
      guard.unlock();
      zero.done();
      channel.close();
      Go.sleep(YEAR);
      rw.readUnlock();
      all.await();
    });
  }

  @Test
  void interruptsAndCancellationAreSeenBeforeTimeMoves() throws Exception {
    for (int i = 0; i < 300; i++) {
      Bubble.run(() -> {
        Goroutine sleeper = go(() -> Go.sleep(YEAR));
        Bubble.settle();
        sleeper.interrupt();
        Go.sleep(Duration.ofSeconds(1));
        assertThat(sleeper.isDone()).isTrue();
        try (var ctx = Context.background().withTimeout(Duration.ofSeconds(1))) {
          Goroutine under = go(ctx, () -> Go.sleep(YEAR));
          under.join();
        }
        assertThat(Bubble.clock().instant()).isEqualTo(START.plusSeconds(2));
      });
    }
  }

  @Test
  void aGroupWithADeadline() throws Exception {
    Bubble.run(() -> {
      try (var ctx = Context.background().withTimeout(Duration.ofSeconds(3));
          ErrGroup group = ErrGroup.open(ctx)) {
        group.go(() -> Chan.nil().receive());
        assertThatExceptionOfType(DeadlineExceededException.class).isThrownBy(group::await);
      }
      assertThat(Bubble.clock().instant()).isEqualTo(START.plusSeconds(3));
    });
  }

  /** Under load and with many goroutines, time never moves too soon. */
  @Test
  void aRelayThroughManyGoroutinesTakesNoVirtualTime() throws Exception {
    Bubble.run(() -> {
      Chan<Integer> first = Chan.unbuffered();
      Chan<Integer> in = first;
      for (int i = 0; i < 500; i++) {
        Chan<Integer> from = in;
        Chan<Integer> to = Chan.unbuffered();
        go(() -> {
          for (int v : from) {
            to.send(v + 1);
          }
          to.close();
        });
        in = to;
      }
      Timer.run(Duration.ofNanos(1), () -> {});
      for (int i = 0; i < 20; i++) {
        int v = i;
        go(() -> first.send(v)).join();
        assertThat(in.receive()).isEqualTo(i + 500);
        assertThat(Bubble.clock().instant()).isEqualTo(START);
      }
      first.close();
      assertThat(in.receive()).isNull();
    });
  }
}
