package dev.runnel.observe;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Goroutine;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.ChildJvm;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Goroutines that wait for one another's locks, while others run. */
@Timeout(60)
class LockWatchTest {
  @BeforeEach
  void track() {
    Goroutines.track();
  }

  @AfterEach
  void untrack() {
    Goroutines.untrack();
  }

  private static List<Long> ids(LockDeadlock deadlock) {
    return deadlock.goroutines().stream().map(GoroutineSnapshot::id).toList();
  }

  /** Two that take two locks in opposite orders, both with one before either asks for the other. */
  private static List<Goroutine> lockInOppositeOrders(Mutex a, Mutex b) throws Exception {
    WaitGroup first = new WaitGroup();
    first.add(2);
    Goroutine one = go("one", () -> lockBoth(a, b, first));
    Goroutine two = go("two", () -> lockBoth(b, a, first));
    return List.of(one, two);
  }

  private static void lockBoth(Mutex a, Mutex b, WaitGroup first) throws InterruptedException {
    a.lock();
    try {
      first.done();
      first.await();
      b.lock();
      b.unlock();
    } finally {
      a.unlock();
    }
  }

  private static void end(List<Goroutine> goroutines) throws InterruptedException {
    goroutines.forEach(Goroutine::interrupt);
    for (Goroutine goroutine : goroutines) {
      goroutine.join();
    }
  }

  @Test
  void aCycleIsToldOnceWithWhoHoldsAndWhoWaitsWhere() throws Exception {
    Queue<LockDeadlock> told = new ConcurrentLinkedQueue<>();
    try (LockWatch _ = LockWatch.open(told::add)) {
      List<Goroutine> both = lockInOppositeOrders(new Mutex(), new Mutex());
      Eventually.that("it is told", () -> !told.isEmpty());
      LockDeadlock deadlock = told.peek();
      long one = both.get(0).id();
      long two = both.get(1).id();
      assertThat(ids(deadlock)).containsExactlyInAnyOrder(one, two);
      assertThat(deadlock.toString())
          .contains("goroutine " + one + " waits for a lock that goroutine " + two + " holds\n")
          .contains("goroutine " + two + " waits for a lock that goroutine " + one + " holds\n")
          .contains("\"one\" [mutex lock on mutex (locked) held by goroutine " + two + "]:\n")
          .contains("LockWatchTest.lockBoth(LockWatchTest.java:");
      end(both);
      // The next is told after the watch has looked again; so had it told the first again.
      List<Goroutine> again = lockInOppositeOrders(new Mutex(), new Mutex());
      Eventually.that("the next is told", () -> told.size() >= 2);
      assertThat(told).hasSize(2);
      end(again);
    }
    assertThat(LockDeadlock.find()).isEmpty();
  }

  @Test
  void whoLocksTwiceWaitsForItself() throws Exception {
    Mutex mutex = new Mutex();
    Goroutine self =
        go(() -> {
          mutex.lock();
          mutex.lock();
        });
    Eventually.that("it is found", () -> LockDeadlock.find().size() == 1);
    assertThat(ids(LockDeadlock.find().getFirst())).containsExactly(self.id());
    end(List.of(self));
  }

  @Test
  void aReaderThatWaitsForAWriterIsInACycleToo() throws Exception {
    RWMutex shared = new RWMutex();
    Mutex mutex = new Mutex();
    WaitGroup first = new WaitGroup();
    first.add(2);
    Goroutine writer =
        go(() -> {
          shared.lock();
          first.done();
          first.await();
          mutex.lock();
        });
    Goroutine reader =
        go(() -> {
          mutex.lock();
          first.done();
          first.await();
          shared.readLock();
        });
    Eventually.that("it is found", () -> LockDeadlock.find().size() == 1);
    assertThat(ids(LockDeadlock.find().getFirst()))
        .containsExactlyInAnyOrder(writer.id(), reader.id());
    end(List.of(writer, reader));
  }

  @Test
  void aWaitThatEndsByItselfIsNoDeadlock() throws Exception {
    Mutex mutex = new Mutex();
    mutex.lock();
    Chan<Boolean> locked = Chan.buffered(2);
    Goroutine holder =
        go(() -> {
          Mutex own = new Mutex();
          own.lock();
          locked.send(own.tryLock(Duration.ofMillis(50)));
          try (var ctx = Context.background().withTimeout(Duration.ofDays(1))) {
            own.lock(ctx);
          }
        });
    assertThat(locked.receive()).isFalse();
    Eventually.that("it waits again", () -> holder.toString().endsWith("[mutex lock]"));
    assertThat(LockDeadlock.find()).isEmpty();
    end(List.of(holder));
  }

  @Test
  void whoWaitsForSomebodyAwakeIsNoDeadlock() throws Exception {
    Mutex mutex = new Mutex();
    Chan<Integer> go = Chan.unbuffered();
    WaitGroup locked = new WaitGroup();
    locked.add(1);
    Goroutine holder =
        go(() -> {
          mutex.lock();
          locked.done();
          go.receive();
          mutex.unlock();
        });
    locked.await();
    Goroutine waiter =
        go(() -> {
          mutex.lock();
          mutex.unlock();
        });
    Eventually.that(
        "the dump says who holds it",
        () ->
            Goroutines.dump().goroutines().stream()
                .anyMatch(g -> g.id() == waiter.id() && g.heldBy() == holder.id()));
    assertThat(LockDeadlock.find()).isEmpty();
    go.close();
    waiter.join();
  }

  @Test
  void theHolderIsForgottenWhenSomebodyElseUnlocks() throws Exception {
    Mutex mutex = new Mutex();
    Goroutine locker = go(mutex::lock);
    locker.join();
    mutex.unlock();
    mutex.lock(); // by a thread that is no goroutine
    Goroutine waiter = go(mutex::lock);
    Eventually.that("it waits", () -> waiter.toString().endsWith("[mutex lock]"));
    assertThat(Goroutines.dump().goroutines())
        .filteredOn(g -> g.id() == waiter.id())
        .allMatch(g -> g.heldBy() == 0);
    mutex.unlock();
    waiter.join();
  }

  @Test
  void thePropertySwitchesItOnAndLogs() throws Exception {
    List<String> printed = ChildJvm.run(LoggedDeadlock.class, "-Drunnel.deadlocks=on", "-Xmx64m");
    assertThat(String.join("\n", printed))
        .contains("a deadlock of locks:", "waits for a lock that goroutine", "LoggedDeadlock");
  }
}
