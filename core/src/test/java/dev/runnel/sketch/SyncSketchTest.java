package dev.runnel.sketch;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Once;
import dev.runnel.sync.OnceValue;
import dev.runnel.sync.Permit;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.SingleFlight;
import dev.runnel.sync.WaitGroup;
import dev.runnel.time.RateLimiter;
import dev.runnel.time.Ticker;
import dev.runnel.time.Timer;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every name of sync and time that the design lists, as a user writes it. */
@Timeout(60)
class SyncSketchTest {
  private final Context ctx = Context.background();
  private int count;

  @Test
  void waitGroup() throws InterruptedException {
    AtomicInteger ran = new AtomicInteger();
    var group = new WaitGroup();
    group.add(1);
    group.go(ran::incrementAndGet);
    group.done();
    group.await();
    group.await(ctx);
    assertThat(group.await(ofSeconds(1))).isTrue();
    assertThat(ran).hasValue(1);
  }

  @Test
  void mutex() throws InterruptedException {
    var mutex = new Mutex();
    mutex.lock();
    try {
      count++;
    } finally {
      mutex.unlock();
    }
    mutex.lock(ctx);
    assertThat(mutex.tryLock()).isFalse();
    assertThat(mutex.tryLock(ofMillis(1))).isFalse();
    mutex.unlock();
    try (var held = mutex.hold()) {
      assertThat(held).isNotNull();
      count++;
    }
    Lock lock = mutex.asLock();
    lock.lock();
    try {
      count++;
    } finally {
      lock.unlock();
    }
    assertThat(count).isEqualTo(3);
  }

  @Test
  void rwMutex() throws InterruptedException {
    var mutex = new RWMutex();
    mutex.readLock();
    mutex.readLock(ctx);
    assertThat(mutex.tryReadLock()).isTrue();
    assertThat(mutex.tryReadLock(ofMillis(1))).isTrue();
    assertThat(mutex.tryLock()).isFalse();
    for (int i = 0; i < 4; i++) {
      mutex.readUnlock();
    }
    mutex.lock();
    mutex.unlock();
    mutex.lock(ctx);
    mutex.unlock();
    assertThat(mutex.tryLock(ofMillis(1))).isTrue();
    mutex.unlock();
    try (var held = mutex.hold()) {
      assertThat(held).isNotNull();
    }
    try (var held = mutex.readHold()) {
      assertThat(held).isNotNull();
    }
    ReadWriteLock locks = mutex.asReadWriteLock();
    assertThat(locks.readLock().tryLock()).isTrue();
    locks.readLock().unlock();
  }

  @Test
  void onceAndOnceValue() throws Exception {
    var once = new Once();
    once.run(() -> count++);
    once.run(() -> count++);
    assertThat(count).isEqualTo(1);
    OnceValue<String> value = OnceValue.of(() -> "made " + ++count);
    assertThat(value.get()).isEqualTo("made 2");
    assertThat(value.get()).isEqualTo("made 2");
  }

  @Test
  void cond() throws InterruptedException {
    var mutex = new Mutex();
    var cond = Cond.of(mutex);
    var group = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      boolean withContext = i == 0;
      group.go(() -> {
        try (var held = mutex.hold()) {
          assertThat(held).isNotNull();
          while (count == 0) {
            if (withContext) {
              cond.await(ctx);
            } else {
              cond.await();
            }
          }
        }
      });
    }
    try (var held = mutex.hold()) {
      assertThat(held).isNotNull();
      count = 1;
      cond.signal();
      cond.broadcast();
    }
    group.await();
  }

  @Test
  void semaphore() throws InterruptedException {
    var semaphore = Semaphore.of(3);
    semaphore.acquire();
    semaphore.acquire(1);
    semaphore.acquire(1, ctx);
    assertThat(semaphore.tryAcquire(1)).isFalse();
    semaphore.release();
    semaphore.release(2);
    try (Permit permit = semaphore.hold()) {
      assertThat(permit).isNotNull();
      assertThat(semaphore.tryAcquire(3)).isFalse();
    }
    assertThat(semaphore.tryAcquire(3)).isTrue();
  }

  @Test
  void singleFlight() throws Exception {
    var flight = new SingleFlight<String, Integer>();
    assertThat(flight.run("key", () -> 1)).isEqualTo(1);
    assertThat(flight.run("key", () -> 2, ctx)).isEqualTo(2);
    Future<Integer> future = flight.start("key", () -> 3);
    assertThat(future.get()).isEqualTo(3);
    flight.forget("key");
  }

  @Test
  void timerTickerRateLimiter() throws InterruptedException {
    ReceiveChan<Instant> soon = Timer.after(ofMillis(1));
    assertThat(soon.receive()).isNotNull();
    var timer = Timer.of(ofSeconds(100));
    assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    assertThat(timer.reset(ofSeconds(200))).isTrue();
    assertThat(timer.stop()).isTrue();
    assertThat(Timer.run(ofSeconds(100), () -> count++).stop()).isTrue();
    try (var ticker = Ticker.every(ofMillis(1))) {
      assertThat(ticker.channel().receive()).isNotNull();
      ticker.reset(ofMillis(2));
    }
    var limiter = RateLimiter.perSecond(1_000, 3);
    assertThat(limiter.allow()).isTrue();
    limiter.await();
    limiter.await(ctx);
    limiter.reserve().cancel();
  }
}
