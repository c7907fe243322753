package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Condition} promises, for the locks of ours that have conditions. */
@Timeout(60)
@ParameterizedClass
@ValueSource(booleans = {true, false})
@SuppressWarnings({
  "JavaUtilDate", // the interface has it
  "WaitNotInLoop", // that there are no spurious wake-ups is what is tested
  "LockNotBeforeTry" // a failed test may leave its own lock locked
})
class JucConditionTest {
  @Parameter private boolean ofMutex;

  private Lock lock;
  private Condition condition;

  @BeforeEach
  void aLock() {
    lock = ofMutex ? new Mutex().asLock() : new RWMutex().asReadWriteLock().writeLock();
    condition = lock.newCondition();
  }

  /** Every form that waits for a signal, and for nothing else. */
  enum Form {
    AWAIT,
    UNINTERRUPTIBLY,
    NANOS,
    TIMED,
    UNTIL;

    void await(Condition condition) throws InterruptedException {
      switch (this) {
        case AWAIT -> condition.await();
        case UNINTERRUPTIBLY -> condition.awaitUninterruptibly();
        case NANOS -> assertThat(condition.awaitNanos(Long.MAX_VALUE - 1)).isPositive();
        case TIMED -> assertThat(condition.await(1000, TimeUnit.DAYS)).isTrue();
        case UNTIL ->
            assertThat(condition.awaitUntil(Date.from(Instant.parse("2999-01-01T00:00:00Z"))))
                .isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void itLetsGoOfTheLockWhileItWaitsAndHoldsItAfterwards(Form form) throws InterruptedException {
    Actor waiting =
        Actor.Kind.VIRTUAL.start(() -> {
          lock.lock();
          form.await(condition);
          lock.unlock(); // fails if it is not held
        });
    waiting.awaitWaiting();
    lock.lock(); // would wait for ever if it had not let go
    condition.signal();
    Actor.Kind.PLATFORM.start(() -> assertThat(lock.tryLock()).isFalse()).join();
    lock.unlock();
    waiting.join();
    assertThat(lock.tryLock()).isTrue();
  }

  @Test
  void signalWakesTheLongestWaitingAndSignalAllTheRest() throws InterruptedException {
    List<Integer> woken = Collections.synchronizedList(new ArrayList<>());
    List<Actor> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int mine = i;
      waiting.add(
          Actor.Kind.VIRTUAL
              .start(() -> {
                lock.lock();
                condition.await();
                woken.add(mine);
                lock.unlock();
              })
              .awaitWaiting());
    }
    for (int i = 0; i < 2; i++) {
      lock.lock();
      condition.signal();
      lock.unlock();
      waiting.get(i).join();
    }
    assertThat(woken).containsExactly(0, 1);
    lock.lock();
    condition.signalAll();
    lock.unlock();
    for (Actor actor : waiting) {
      actor.join();
    }
    assertThat(woken).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void timeRunsOutWithTheLockHeld() throws InterruptedException {
    lock.lock();
    assertThat(condition.awaitNanos(1000)).isNotPositive();
    assertThat(condition.awaitNanos(0)).isNotPositive();
    assertThat(condition.awaitNanos(Long.MIN_VALUE)).isNotPositive();
    assertThat(condition.await(1, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(condition.await(-1, TimeUnit.DAYS)).isFalse();
    assertThat(condition.awaitUntil(new Date(0))).isFalse();
    assertThat(condition.awaitUntil(new java.sql.Date(0))).as("has no instant").isFalse();
    lock.unlock();
  }

  @ParameterizedTest
  @EnumSource(value = Form.class, mode = EnumSource.Mode.EXCLUDE, names = "UNINTERRUPTIBLY")
  void anInterruptCutsItShortWithTheLockHeld(Form form) throws InterruptedException {
    for (boolean pending : new boolean[] {true, false}) {
      Actor waiting =
          Actor.Kind.PLATFORM.start(() -> {
            lock.lock();
            if (pending) {
              Thread.currentThread().interrupt();
            }
            try {
              form.await(condition);
            } finally {
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              lock.unlock();
            }
          });
      if (!pending) {
        waiting.awaitWaiting().interrupt();
      }
      assertThat(waiting.joinForFailure()).isInstanceOf(InterruptedException.class);
    }
    assertThat(lock.tryLock()).isTrue();
  }

  @Test
  void uninterruptiblyMeansThat() throws InterruptedException {
    boolean[] flag = new boolean[1];
    Actor waiting =
        Actor.Kind.VIRTUAL.start(() -> {
          lock.lock();
          condition.awaitUninterruptibly();
          flag[0] = Thread.currentThread().isInterrupted();
          lock.unlock();
        });
    for (int i = 0; i < 3; i++) {
      waiting.awaitWaiting().interrupt();
      Eventually.that("the flag is taken down", () -> !waiting.thread().isInterrupted());
    }
    waiting.awaitWaiting();
    lock.lock();
    condition.signal();
    lock.unlock();
    waiting.join();
    assertThat(flag[0]).isTrue();
  }

  @Test
  void withoutTheLockItIsRefused() {
    for (ThrowingCallable call :
        new ThrowingCallable[] {
          condition::await,
          condition::awaitUninterruptibly,
          () -> condition.awaitNanos(1),
          () -> condition.await(1, TimeUnit.DAYS),
          () -> condition.awaitUntil(new Date()),
          condition::signal,
          condition::signalAll
        }) {
      assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(call);
    }
    assertThat(lock.tryLock()).isTrue();
  }

  @Test
  void aReadLockHasNoConditions() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> new RWMutex().asReadWriteLock().readLock().newCondition());
  }

  /** The example of the JDK's documentation of {@link Condition}, with our lock in it. */
  @Test
  void theBoundedBufferOfTheJdkWorks() throws InterruptedException {
    BoundedBuffer buffer = new BoundedBuffer(lock);
    long[] sum = new long[1];
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      actors.add(
          Actor.Kind.VIRTUAL.start(() -> {
            for (int n = 1; n <= 2000; n++) {
              buffer.put(n);
            }
          }));
    }
    Actor taker =
        Actor.Kind.PLATFORM.start(() -> {
          for (int n = 0; n < 8000; n++) {
            sum[0] += buffer.take();
          }
        });
    for (Actor actor : actors) {
      actor.join();
    }
    taker.join();
    assertThat(sum[0]).isEqualTo(4L * 2000 * 2001 / 2);
  }

  /** A buffer that waits when it is full, and when it is empty. */
  private static final class BoundedBuffer {
    private final Lock lock;
    private final Condition notFull;
    private final Condition notEmpty;
    private final int[] items = new int[3];
    private int put;
    private int take;
    private int count;

    BoundedBuffer(Lock lock) {
      this.lock = lock;
      this.notFull = lock.newCondition();
      this.notEmpty = lock.newCondition();
    }

    void put(int item) throws InterruptedException {
      lock.lock();
      try {
        while (count == items.length) {
          notFull.await();
        }
        items[put] = item;
        put = (put + 1) % items.length;
        count++;
        notEmpty.signal();
      } finally {
        lock.unlock();
      }
    }

    int take() throws InterruptedException {
      lock.lock();
      try {
        while (count == 0) {
          notEmpty.await();
        }
        int item = items[take];
        take = (take + 1) % items.length;
        count--;
        notFull.signal();
        return item;
      } finally {
        lock.unlock();
      }
    }
  }
}
