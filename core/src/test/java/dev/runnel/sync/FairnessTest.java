package dev.runnel.sync;

import dev.runnel.Task;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hogs, who take a thing again right after they have given it back, and never wait for anything
 * else, keep nobody out of a read-write lock or a semaphore. For the mutex, MutexFairnessTest shows
 * it.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(Actor.Kind.class)
class FairnessTest {
  private static final int TURNS = 50;

  @Parameter private Actor.Kind kind;

  private final AtomicLong hogged = new AtomicLong();
  private final List<Actor> hogs = new ArrayList<>();
  private volatile boolean over;

  /** Starts two, so that there is hardly a moment when neither holds it; waits until they work. */
  private void hogs(Task turn) {
    for (int i = 0; i < 2; i++) {
      hogs.add(
          Actor.Kind.PLATFORM.start(() -> {
            while (!over) {
              turn.run();
              hogged.incrementAndGet();
            }
          }));
    }
    Eventually.that("the hogs at work", () -> hogged.get() > 10);
  }

  @AfterEach
  void endTheHogs() throws InterruptedException {
    over = true;
    for (Actor hog : hogs) {
      hog.join();
    }
  }

  private void served(Task turn) throws InterruptedException {
    Actor actor =
        kind.start(() -> {
          for (int i = 0; i < TURNS; i++) {
            turn.run();
          }
        });
    actor.join(); // within a minute
  }

  @Test
  void readersDoNotKeepAWriterOut() throws InterruptedException {
    RWMutex mutex = new RWMutex();
    hogs(() -> {
      mutex.readLock();
      mutex.readUnlock();
    });
    served(() -> {
      mutex.lock();
      mutex.unlock();
    });
  }

  @Test
  void writersDoNotKeepAReaderOut() throws InterruptedException {
    RWMutex mutex = new RWMutex();
    hogs(() -> {
      mutex.lock();
      mutex.unlock();
    });
    served(() -> {
      mutex.readLock();
      mutex.readUnlock();
    });
  }

  @Test
  void writersDoNotKeepAWriterOut() throws InterruptedException {
    RWMutex mutex = new RWMutex();
    hogs(() -> {
      mutex.lock();
      mutex.unlock();
    });
    served(() -> {
      mutex.lock();
      mutex.unlock();
    });
  }

  @Test
  void smallRequestsDoNotKeepALargeOneOut() throws InterruptedException {
    Semaphore semaphore = Semaphore.of(2);
    hogs(() -> {
      semaphore.acquire();
      semaphore.release();
    });
    served(() -> {
      semaphore.acquire(2);
      semaphore.release(2);
    });
  }
}
