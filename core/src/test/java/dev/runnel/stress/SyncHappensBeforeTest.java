package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.ErrGroup;
import dev.runnel.Task;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Once;
import dev.runnel.sync.OnceValue;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.SingleFlight;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Actor;
import dev.runnel.time.Ticker;
import dev.runnel.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each happens-before that sync and time promise: what one thread wrote to a plain field before,
 * another sees after. A stress test can only find that it is not so; the proofs are in the comments
 * of the classes.
 */
@Timeout(120)
@ParameterizedClass
@EnumSource(Actor.Kind.class)
@SuppressWarnings("ThreadPriorityCheck") // yields, so that others come
class SyncHappensBeforeTest {
  private static final int ROUNDS = 10_000;
  private static final Duration HOUR = Duration.ofHours(1);

  @Parameter private Actor.Kind kind;

  /** What is written plainly before, and read plainly after. */
  private static final class Box {
    int value;
  }

  /** Runs the same in several threads. */
  private void inThreads(int count, Task task) throws InterruptedException {
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      actors.add(kind.start(task));
    }
    for (Actor actor : actors) {
      actor.join();
    }
  }

  @Test
  void anUnlockBeforeTheNextLockByWhateverForm() throws Exception {
    Mutex mutex = new Mutex();
    Box box = new Box();
    inThreads(
        4,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            switch (i % 4) {
              case 0 -> mutex.lock();
              case 1 -> mutex.asLock().lock();
              case 2 -> assertThat(mutex.tryLock(HOUR)).isTrue();
              default -> {
                while (!mutex.tryLock()) {
                  Thread.yield(); // whoever was given it may need this carrier
                }
              }
            }
            box.value++;
            mutex.unlock();
          }
        });
    assertThat(box.value).isEqualTo(4 * ROUNDS);
  }

  @Test
  void anUnlockBeforeTheLockThatWasHandedOver() throws Exception {
    Mutex mutex = new Mutex();
    Box box = new Box();
    for (int round = 1; round <= 50; round++) {
      mutex.lock();
      int expected = round;
      Actor starving =
          kind.start(() -> {
            mutex.lock();
            assertThat(box.value).isEqualTo(expected);
            mutex.unlock();
          });
      starving.awaitWaiting();
      long start = System.nanoTime();
      while (System.nanoTime() - start < 1_100_000) { // longer than a waiter lets others barge in
        Thread.onSpinWait();
      }
      box.value = round;
      mutex.unlock();
      starving.join();
    }
  }

  @Test
  void aWritersUnlockBeforeReadersAndWriters() throws Exception {
    RWMutex mutex = new RWMutex();
    Box first = new Box();
    Box second = new Box();
    inThreads(
        4,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            if (i % 4 == 0) {
              mutex.lock();
              first.value++;
              second.value++;
              mutex.unlock();
            } else {
              mutex.readLock();
              assertThat(first.value).isEqualTo(second.value);
              mutex.readUnlock();
            }
          }
        });
    assertThat(first.value).isEqualTo(ROUNDS);
  }

  /** Readers write too, each to a place of its own, which only a writer reads. */
  @Test
  void aReadersUnlockBeforeTheNextWriter() throws Exception {
    RWMutex mutex = new RWMutex();
    int readers = 3;
    int[][] pairs = new int[readers][2];
    List<Actor> actors = new ArrayList<>();
    for (int[] own : pairs) {
      actors.add(
          kind.start(() -> {
            for (int i = 0; i < ROUNDS; i++) {
              mutex.readLock();
              own[0]++;
              own[1]++;
              mutex.readUnlock();
            }
          }));
    }
    for (int i = 0; i < ROUNDS / 4; i++) {
      mutex.lock();
      for (int[] of : pairs) {
        assertThat(of[0]).isEqualTo(of[1]);
      }
      mutex.unlock();
    }
    for (Actor actor : actors) {
      actor.join();
    }
    mutex.lock();
    for (int[] of : pairs) {
      assertThat(of).containsExactly(ROUNDS, ROUNDS);
    }
  }

  /** The signaller does not hold the mutex, so nothing else passes on what it wrote. */
  @Test
  void aSignalBeforeTheAwaitThatItWakes() throws Exception {
    Mutex mutex = new Mutex();
    Cond cond = Cond.of(mutex);
    Box box = new Box();
    Chan<Integer> waiting = Chan.buffered(1);
    Actor waiter =
        kind.start(() -> {
          for (int round = 1; round <= ROUNDS; round++) {
            mutex.lock();
            waiting.send(round);
            cond.await();
            assertThat(box.value).isEqualTo(round);
            mutex.unlock();
          }
        });
    for (int round = 1; round <= ROUNDS; round++) {
      assertThat(waiting.receive()).isEqualTo(round);
      mutex.lock(); // it is in the queue now
      mutex.unlock();
      box.value = round;
      if (round % 2 == 0) {
        cond.signal();
      } else {
        cond.broadcast();
      }
    }
    waiter.join();
  }

  @Test
  void aReleaseBeforeTheAcquireThatGetsThosePermits() throws Exception {
    Semaphore semaphore = Semaphore.of(3);
    Box box = new Box();
    inThreads(
        4,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            switch (i % 3) {
              case 0 -> semaphore.acquire(3);
              case 1 -> assertThat(semaphore.tryAcquire(2, HOUR)).isTrue();
              default -> {
                while (!semaphore.tryAcquire(2)) {
                  Thread.yield(); // whoever was given it may need this carrier
                }
              }
            }
            box.value++; // two of them never fit at the same time
            semaphore.release(i % 3 == 0 ? 3 : 2);
          }
        });
    assertThat(box.value).isEqualTo(4 * ROUNDS);
  }

  @Test
  void doneBeforeTheAwaitThatItReleases() throws Exception {
    Chan<Box> work = Chan.unbuffered();
    WaitGroup group = new WaitGroup();
    Actor worker =
        kind.start(() -> {
          for (Box box : work) {
            box.value = 1;
            group.done();
          }
        });
    for (int i = 0; i < ROUNDS; i++) {
      Box box = new Box();
      group.add(1);
      work.send(box);
      group.await();
      assertThat(box.value).isEqualTo(1);
    }
    work.close();
    worker.join();
  }

  @Test
  void aMembersWorkBeforeTheAwaitOfItsGroup() throws Exception {
    for (int i = 0; i < ROUNDS / 10; i++) {
      Box[] boxes = {new Box(), new Box(), new Box()};
      try (ErrGroup group = ErrGroup.open()) {
        for (Box box : boxes) {
          group.go(() -> box.value = 1);
        }
        group.await();
      }
      assertThat(boxes).allSatisfy(box -> assertThat(box.value).isEqualTo(1));
    }
  }

  @Test
  void aOncesRunBeforeTheReturnOfEveryCall() throws Exception {
    Once[] onces = new Once[ROUNDS];
    Box[] boxes = new Box[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      onces[i] = new Once();
      boxes[i] = new Box();
    }
    inThreads(
        4,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            Box box = boxes[i];
            onces[i].run(() -> box.value = 1);
            assertThat(box.value).isEqualTo(1);
          }
        });
  }

  @Test
  void theMakingOfAValueBeforeTheReturnOfEveryGet() throws Exception {
    List<OnceValue<Box>> values = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      values.add(
          OnceValue.of(() -> {
            Box box = new Box();
            box.value = 1;
            return box;
          }));
    }
    inThreads(
        4,
        () -> {
          for (OnceValue<Box> value : values) {
            assertThat(value.get().value).isEqualTo(1);
          }
        });
  }

  @Test
  void theBodyBeforeTheReturnOfEveryCallThatSharesItsResult() throws Exception {
    SingleFlight<Integer, Box> flights = new SingleFlight<>();
    inThreads(
        4,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            Box box =
                flights.run(
                    i % 2,
                    () -> {
                      Box made = new Box();
                      made.value = 1;
                      return made;
                    });
            assertThat(box.value).isEqualTo(1);
          }
        });
  }

  @Test
  void theSettingOfATimerBeforeWhatItSendsOrRuns() throws Exception {
    Chan<Integer> ran = Chan.buffered(1);
    Box box = new Box();
    Timer sending = Timer.of(HOUR);
    Timer running = Timer.run(HOUR, () -> ran.send(box.value));
    Chan<Integer> seen = Chan.unbuffered();
    int rounds = ROUNDS / 20;
    Actor receiver =
        kind.start(() -> {
          for (int round = 1; round <= rounds; round++) {
            sending.channel().receive();
            seen.send(box.value);
          }
        });
    for (int round = 1; round <= rounds; round++) {
      box.value = round;
      sending.reset(Duration.ZERO);
      assertThat(seen.receive()).isEqualTo(round);
      box.value = -round;
      running.reset(Duration.ZERO);
      assertThat(ran.receive()).isEqualTo(-round);
    }
    receiver.join();
  }

  @Test
  void theSettingOfATickerBeforeWhatItSends() throws Exception {
    for (int round = 1; round <= ROUNDS / 20; round++) {
      Box box = new Box();
      try (Ticker ticker = Ticker.every(HOUR)) {
        Actor receiver =
            kind.start(() -> {
              ticker.channel().receive();
              assertThat(box.value).isEqualTo(1);
            });
        box.value = 1;
        ticker.reset(Duration.ofNanos(1000));
        receiver.join();
      }
    }
  }
}
