package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many readers or one writer, and who goes before whom. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Actor.Kind.class)
class RWMutexTest {
  @Parameter private Actor.Kind kind;

  private final RWMutex mutex = new RWMutex();

  @Test
  void readersAreInsideTogether() throws InterruptedException {
    mutex.readLock();
    kind.start(mutex::readLock).join();
    assertThat(mutex.tryReadLock()).isTrue();
    assertThat(mutex).hasToString("rwmutex (3 readers)");
    assertThat(mutex.tryLock()).isFalse();
    assertThat(mutex.tryLock(Duration.ofNanos(1000))).isFalse();
    mutex.readUnlock();
    mutex.readUnlock();
    kind.start(mutex::readUnlock).join(); // any thread may
    assertThat(mutex.tryLock()).isTrue();
  }

  @Test
  void aWriterIsInsideAlone() throws InterruptedException {
    mutex.lock();
    assertThat(mutex).hasToString("rwmutex (locked)");
    assertThat(mutex.tryLock()).isFalse();
    assertThat(mutex.tryReadLock()).isFalse();
    assertThat(mutex.tryLock(Duration.ofNanos(1000))).isFalse();
    assertThat(mutex.tryReadLock(Duration.ofNanos(1000))).isFalse();
    kind.start(mutex::unlock).join(); // any thread may
    assertThat(mutex.tryReadLock()).isTrue();
  }

  @Test
  void aWriterWaitsForTheLastReader() throws InterruptedException {
    mutex.readLock();
    mutex.readLock();
    Actor writer = kind.start(mutex::lock).awaitWaiting();
    mutex.readUnlock();
    writer.awaitWaiting();
    mutex.readUnlock();
    writer.join();
    assertThat(mutex.tryReadLock()).isFalse();
  }

  @Test
  void aWaitingWriterKeepsNewReadersOut() throws InterruptedException {
    mutex.readLock();
    Actor writer = kind.start(mutex::lock).awaitWaiting();
    assertThat(mutex.tryReadLock()).isFalse();
    Actor reader = kind.start(mutex::readLock).awaitWaiting();
    mutex.readUnlock();
    writer.join();
    reader.awaitWaiting();
    mutex.unlock();
    reader.join();
  }

  @Test
  void readersWhoWaitedGoBeforeTheNextWriter() throws InterruptedException {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    mutex.lock();
    Actor writer =
        kind.start(() -> {
          mutex.lock();
          order.add("writer");
          mutex.unlock();
        });
    writer.awaitWaiting();
    List<Actor> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(
          kind.start(
                  () -> {
                    mutex.readLock();
                    order.add("reader");
                  })
              .awaitWaiting());
    }
    mutex.unlock();
    for (Actor reader : readers) {
      reader.join(); // and stay inside
    }
    writer.awaitWaiting();
    for (int i = 0; i < 3; i++) {
      mutex.readUnlock();
    }
    writer.join();
    assertThat(order).containsExactly("reader", "reader", "reader", "writer");
  }

  @Test
  void whenAWaitingWriterGivesUpTheReadersItKeptOutGoOn() throws InterruptedException {
    try (CancelContext ctx = Context.background().withCancel()) {
      mutex.readLock();
      Actor writer = kind.start(() -> mutex.lock(ctx)).awaitWaiting();
      Actor reader = kind.start(mutex::readLock).awaitWaiting();
      ctx.cancel();
      assertThat(writer.joinForFailure()).isInstanceOf(CanceledException.class);
      reader.join();
      assertThat(mutex.tryReadLock()).isTrue();
      assertThat(mutex).hasToString("rwmutex (3 readers)");
    }
  }

  @Test
  void whenAWaitingWriterGivesUpTheNextWriterTakesItsPlace() throws InterruptedException {
    mutex.readLock();
    Actor first = kind.start(mutex::lock).awaitWaiting();
    Actor second = kind.start(mutex::lock).awaitWaiting();
    first.interrupt();
    assertThat(first.joinForFailure()).isInstanceOf(InterruptedException.class);
    Eventually.that("the second keeps readers out", () -> !readable());
    mutex.readUnlock();
    second.join();
    assertThat(mutex).hasToString("rwmutex (locked)");
  }

  private boolean readable() {
    boolean readable = mutex.tryReadLock();
    if (readable) {
      mutex.readUnlock();
    }
    return readable;
  }

  @Test
  void aReaderWhoGivesUpLeavesTheOthersWaiting() throws InterruptedException {
    mutex.lock();
    Actor givesUp = kind.start(mutex::readLock).awaitWaiting();
    Actor stays = kind.start(mutex::readLock).awaitWaiting();
    givesUp.interrupt();
    assertThat(givesUp.joinForFailure()).isInstanceOf(InterruptedException.class);
    stays.awaitWaiting();
    mutex.unlock();
    stays.join();
    assertThat(mutex).hasToString("rwmutex (1 readers)");
    mutex.readUnlock();
    assertThat(mutex.tryLock()).isTrue();
  }

  @Test
  void timedFormsGetItInTime() throws InterruptedException {
    Duration ages = Duration.ofDays(300_000);
    mutex.lock();
    Actor reader = kind.start(() -> assertThat(mutex.tryReadLock(ages)).isTrue()).awaitWaiting();
    mutex.unlock();
    reader.join();
    Actor writer = kind.start(() -> assertThat(mutex.tryLock(ages)).isTrue()).awaitWaiting();
    mutex.readUnlock();
    writer.join();
    mutex.unlock();
    assertThat(mutex.tryLock(Duration.ZERO)).as("free: no need to wait").isTrue();
    mutex.unlock();
    assertThat(mutex.tryReadLock(Duration.ofSeconds(-1))).isTrue();
  }

  @Test
  void timedFormsThatGiveUpLeaveNoTrace() throws InterruptedException {
    mutex.readLock();
    for (int i = 0; i < 100; i++) {
      assertThat(mutex.tryLock(Duration.ofNanos(50_000))).isFalse();
    }
    assertThat(mutex.tryReadLock()).isTrue();
    mutex.readUnlock();
    mutex.readUnlock();
    mutex.lock();
    for (int i = 0; i < 100; i++) {
      assertThat(mutex.tryReadLock(Duration.ofNanos(50_000))).isFalse();
    }
    mutex.unlock();
    assertThat(mutex.tryLock()).isTrue();
  }

  @Test
  void holdsAreGivenBackOnce() throws InterruptedException {
    try (CancelContext ctx = Context.background().withCancel()) {
      Held writing = mutex.hold(ctx);
      writing.close();
      writing.close();
      Held reading = mutex.readHold(ctx);
      Held alsoReading = mutex.readHold();
      reading.close();
      reading.close();
      assertThat(mutex).hasToString("rwmutex (1 readers)");
      alsoReading.close();
      mutex.hold().close();
      ctx.cancel();
      assertThatThrownBy(() -> mutex.hold(ctx)).isInstanceOf(CanceledException.class);
      assertThatThrownBy(() -> mutex.readHold(ctx)).isInstanceOf(CanceledException.class);
    }
    assertThat(mutex.tryLock()).isTrue();
  }

  @Test
  void writersSeeEachOthersCountsAndReadersSeeWholeOnes() throws InterruptedException {
    int[] pair = new int[2];
    List<Actor> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      boolean writes = i % 4 == 0;
      all.add(
          kind.start(() -> {
            for (int turn = 0; turn < 5000; turn++) {
              if (writes) {
                mutex.lock();
                pair[0]++;
                pair[1]++;
                mutex.unlock();
              } else {
                mutex.readLock();
                assertThat(pair[0]).isEqualTo(pair[1]);
                mutex.readUnlock();
              }
            }
          }));
    }
    for (Actor actor : all) {
      actor.join();
    }
    assertThat(pair).containsExactly(10_000, 10_000);
  }
}
