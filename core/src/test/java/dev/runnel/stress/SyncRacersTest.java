package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.ReceiveResult;
import dev.runnel.Task;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Actor;
import dev.runnel.time.RateLimiter;
import dev.runnel.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand who want the same at the same moment, one in ten of them on a platform thread. For
 * Once, OnceValue and SingleFlight their own tests have such races.
 */
@Timeout(120)
@SuppressWarnings("ThreadPriorityCheck") // yields, so that others come
class SyncRacersTest {
  private static final int RACERS = 1000;

  private static void race(Task task) throws InterruptedException {
    WaitGroup start = new WaitGroup();
    start.add(1);
    List<Actor> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      Actor.Kind kind = i % 10 == 0 ? Actor.Kind.PLATFORM : Actor.Kind.VIRTUAL;
      racers.add(
          kind.start(() -> {
            start.await();
            task.run();
          }));
    }
    start.done();
    for (Actor racer : racers) {
      racer.join();
    }
  }

  @Test
  void forAMutex() throws InterruptedException {
    Mutex mutex = new Mutex();
    int[] counter = new int[1]; // plain
    race(() -> {
      for (int i = 0; i < 10; i++) {
        mutex.lock();
        int before = counter[0];
        Thread.yield(); // so that they pile up
        counter[0] = before + 1;
        mutex.unlock();
      }
    });
    assertThat(counter[0]).isEqualTo(10 * RACERS);
  }

  @Test
  void forAnRwMutex() throws InterruptedException {
    RWMutex mutex = new RWMutex();
    AtomicInteger number = new AtomicInteger();
    AtomicInteger reading = new AtomicInteger();
    int[] pair = new int[2]; // plain
    race(() -> {
      if (number.incrementAndGet() % 10 == 0) {
        mutex.lock();
        pair[0]++;
        Thread.yield();
        assertThat(reading).hasValue(0);
        pair[1]++;
        mutex.unlock();
      } else {
        mutex.readLock();
        reading.incrementAndGet();
        Thread.yield();
        assertThat(pair[0]).isEqualTo(pair[1]);
        reading.decrementAndGet();
        mutex.readUnlock();
      }
    });
    assertThat(pair).containsExactly(RACERS / 10, RACERS / 10);
    assertThat(mutex.tryLock()).isTrue();
  }

  @Test
  void forThePermitsOfASemaphore() throws InterruptedException {
    Semaphore semaphore = Semaphore.of(7);
    AtomicInteger number = new AtomicInteger();
    AtomicInteger held = new AtomicInteger();
    race(() -> {
      int n = 1 + number.incrementAndGet() % 7;
      for (int i = 0; i < 3; i++) {
        semaphore.acquire(n);
        assertThat(held.addAndGet(n)).isLessThanOrEqualTo(7);
        Thread.yield();
        held.addAndGet(-n);
        semaphore.release(n);
      }
    });
    assertThat(semaphore).hasToString("semaphore (7 of 7 free)");
  }

  @Test
  void forTheTokensOfARateLimiter() throws InterruptedException {
    RateLimiter limiter = RateLimiter.perSecond(0, 100);
    AtomicInteger allowed = new AtomicInteger();
    race(() -> {
      if (limiter.allow()) {
        allowed.incrementAndGet();
      }
    });
    assertThat(allowed).hasValue(100);
  }

  @Test
  void toStopATimer() throws InterruptedException {
    for (Duration delay : List.of(Duration.ofHours(1), Duration.ZERO)) {
      Timer timer = Timer.of(delay); // of zero: it has rung, or rings, or is about to
      AtomicInteger stopped = new AtomicInteger();
      race(() -> {
        if (timer.stop()) {
          stopped.incrementAndGet();
        }
      });
      assertThat(stopped).hasValue(1);
      assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    }
  }

  @Test
  void allWaitForOneBroadcast() throws InterruptedException {
    Mutex mutex = new Mutex();
    Cond cond = Cond.of(mutex);
    int[] waiting = new int[1]; // plain
    boolean[] open = new boolean[1];
    race(() -> {
      mutex.lock();
      if (++waiting[0] == RACERS) {
        open[0] = true;
        cond.broadcast();
      }
      while (!open[0]) {
        cond.await();
      }
      waiting[0]--;
      mutex.unlock();
    });
    assertThat(waiting[0]).isZero();
  }
}
