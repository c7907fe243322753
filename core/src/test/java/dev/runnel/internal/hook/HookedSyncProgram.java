package dev.runnel.internal.hook;

import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.Task;
import dev.runnel.pattern.Broadcaster;
import dev.runnel.pattern.Subscription;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Once;
import dev.runnel.sync.OnceValue;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.SingleFlight;
import dev.runnel.sync.WaitGroup;
import dev.runnel.time.RateLimiter;
import dev.runnel.time.Ticker;
import dev.runnel.time.Timer;
import java.time.Duration;

/**
 * Does everything of sync and time once, and prints what the hooks were told: see HookedSyncTest.
 */
final class HookedSyncProgram {
  private static final Duration HOUR = Duration.ofHours(1);

  private HookedSyncProgram() {}

  public static void main(String[] args) throws Exception {
    RecordingOps.on();
    mutexes();
    others();
    times();
    waits();
  }

  private static void show(String what, Task task) throws Exception {
    RecordingOps.SEEN.clear();
    task.run();
    System.out.println(what + ": " + String.join(" ", RecordingOps.SEEN));
  }

  private static void mutexes() throws Exception {
    Context ctx = Context.background();
    Mutex mutex = new Mutex();
    show("lock", mutex::lock);
    show("tryLock in vain", mutex::tryLock);
    show("timed tryLock in vain", () -> mutex.tryLock(Duration.ZERO));
    show("unlock", mutex::unlock);
    show("lock(ctx)", () -> mutex.lock(ctx));
    show("hand back", mutex::unlock);
    show("tryLock", mutex::tryLock);
    Cond cond = Cond.of(mutex);
    show("cond in vain", () -> cond.await(Duration.ZERO));
    show("signal", cond::signal);
    show("broadcast", cond::broadcast);
    RWMutex rw = new RWMutex();
    show("rw lock", rw::lock);
    show("rw tryReadLock in vain", rw::tryReadLock);
    show("rw timed tryReadLock in vain", () -> rw.tryReadLock(Duration.ZERO));
    show("rw unlock", rw::unlock);
    show("rw readLock", rw::readLock);
    show("rw tryLock in vain", rw::tryLock);
    show("rw tryReadLock", rw::tryReadLock);
    show("rw readUnlock", rw::readUnlock);
    rw.readUnlock();
    show("rw tryLock", rw::tryLock);
    rw.unlock();
    show("rw lock()", () -> rw.asReadWriteLock().writeLock().lock());
    rw.unlock();
    show("rw read lock()", () -> rw.asReadWriteLock().readLock().lock());
  }

  private static void others() throws Exception {
    Semaphore semaphore = Semaphore.of(1);
    show("acquire", semaphore::acquire);
    show("tryAcquire in vain", semaphore::tryAcquire);
    show("timed tryAcquire in vain", () -> semaphore.tryAcquire(1, Duration.ZERO));
    show("release", semaphore::release);
    show("tryAcquire", semaphore::tryAcquire);
    Once once = new Once();
    show("once", () -> once.run(() -> {}));
    show("once done", () -> once.run(() -> {}));
    OnceValue<Integer> value = OnceValue.of(() -> 1);
    show("once value", value::get);
    show("once value made", value::get);
    SingleFlight<Integer, Integer> flights = new SingleFlight<>();
    show("single flight", () -> flights.run(1, () -> 1));
    WaitGroup group = new WaitGroup();
    show("add", () -> group.add(1));
    show("done", group::done);
    show("await", group::await);
    Broadcaster<Integer> news = Broadcaster.create();
    Subscription<Integer> subscription = news.subscribe(5);
    show("news", () -> news.send(1));
    show("news again", () -> news.send(2));
    show("news heard", subscription::receive);
  }

  private static void times() throws Exception {
    Timer[] timer = new Timer[1];
    show("timer", () -> timer[0] = Timer.of(HOUR));
    show("timer reset", () -> timer[0].reset(HOUR));
    show("timer stop", () -> timer[0].stop());
    Ticker[] ticker = new Ticker[1];
    show("ticker", () -> ticker[0] = Ticker.every(HOUR));
    show("ticker reset", () -> ticker[0].reset(HOUR));
    show("ticker close", () -> ticker[0].close());
    RateLimiter limiter = RateLimiter.perSecond(0, 2);
    show("limiter await", limiter::await);
    show("limiter allow", limiter::allow);
    show("limiter allow in vain", limiter::allow);
    show("limiter reserve", limiter::reserve);
  }

  /** With a hook nobody spins, so every wait is seen by the parker. */
  private static void waits() throws Exception {
    Mutex mutex = new Mutex();
    mutex.lock();
    waits("mutex", mutex::lock, mutex::unlock);
    RWMutex rw = new RWMutex();
    rw.lock();
    waits("rwmutex", rw::lock, rw::unlock);
    waits("rwmutex reader", rw::readLock, rw::unlock);
    waits("rwmutex writer", rw::lock, rw::readUnlock);
    Semaphore semaphore = Semaphore.of(1);
    semaphore.acquire();
    waits("semaphore", semaphore::acquire, semaphore::release);
    Mutex other = new Mutex();
    Cond cond = Cond.of(other);
    waits(
        "cond",
        () -> {
          other.lock();
          cond.await();
          other.unlock();
        },
        cond::signal);
    waits("timer", () -> Timer.after(Duration.ofMillis(500)).receive(), () -> {});
    RateLimiter limiter = RateLimiter.perSecond(2, 1);
    limiter.await();
    waits("limiter", limiter::await, () -> {});
  }

  private static void waits(String what, Task wait, Task letGo) throws Exception {
    RecordingParks.PARKED.clear();
    Goroutine goroutine = Go.go(wait);
    while (RecordingParks.PARKED.isEmpty() && !goroutine.isDone()) {
      Thread.onSpinWait();
    }
    String reason = RecordingParks.PARKED.peek();
    letGo.run();
    goroutine.join();
    System.out.println(what + " waits: " + reason);
  }
}
