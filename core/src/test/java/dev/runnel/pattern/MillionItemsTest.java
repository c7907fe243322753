package dev.runnel.pattern;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Channels;
import dev.runnel.testkit.Garbage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A million items go through each pattern, and the heap is at the end what it was at the start. */
@Timeout(300)
@ExtendWith(Accounted.class)
class MillionItemsTest {
  private static final int MANY = 1_000_000;

  /** Ten bytes an item would be ten times this. */
  private static final long MOST_GROWTH = 1_000_000;

  private static final long SUM = (MANY - 1L) * MANY / 2;

  private final Context ctx = Context.background();

  /** Receives all, and looks at the heap when a tenth has come, and at the end. */
  private static long sum(ReceiveChan<Integer> values) {
    long early = 0;
    long sum = 0;
    int count = 0;
    for (int value : values) {
      sum += value;
      if (++count == MANY / 10) {
        early = Garbage.used();
      }
    }
    long late = Garbage.used();
    assertThat(count).isEqualTo(MANY);
    assertThat(late - early).isLessThan(MOST_GROWTH);
    return sum;
  }

  private static ReceiveChan<Integer> numbers() {
    return Generators.range(0, MANY);
  }

  @Test
  void workerPool() {
    assertThat(sum(WorkerPool.of(5).start(numbers(), n -> n, ctx))).isEqualTo(SUM);
  }

  @Test
  void orderedWorkerPool() {
    assertThat(sum(WorkerPool.of(5).ordered().start(numbers(), n -> n, ctx))).isEqualTo(SUM);
  }

  @Test
  void forEach() throws Exception {
    AtomicLong sum = new AtomicLong();
    long[] early = {0};
    WorkerPool.of(5)
        .forEach(
            numbers(),
            n -> {
              if (n == MANY / 10) {
                early[0] = Garbage.used();
              }
              sum.addAndGet(n);
            },
            ctx);
    assertThat(sum).hasValue(SUM);
    assertThat(Garbage.used() - early[0]).isLessThan(MOST_GROWTH);
  }

  @Test
  void fanOutAndFanIn() {
    assertThat(sum(FanIn.merge(FanOut.compete(3, numbers(), ctx), ctx))).isEqualTo(SUM);
  }

  @ParameterizedTest
  @EnumSource
  void aFanOutOfAnyKind(FanOutTest.Kind kind) {
    assertThat(sum(kind.of(1, numbers(), ctx).way(0))).isEqualTo(SUM);
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP_NEWEST", "DROP_OLDEST", "DISCONNECT"})
  void aDeadSubscriberHoldsNoMoreThanItsBuffer(WhenFull whenFull) {
    var news = Broadcaster.<Integer>create();
    var dead = news.subscribe(100, whenFull);
    var received = news.subscribe(100, WhenFull.BLOCK);
    var sender =
        go(() -> {
          for (int i = 0; i < MANY; i++) {
            news.send(i);
          }
          news.close();
        });
    assertThat(sum(received)).isEqualTo(SUM);
    assertThat(sender.name()).isNotEmpty();
    assertThat(Channels.drain(dead)).hasSize(100);
  }

  @Test
  void broadcast() {
    var news = Broadcaster.<Integer>create();
    var received = news.subscribe(100, WhenFull.BLOCK);
    var sender =
        go(() -> {
          for (int i = 0; i < MANY; i++) {
            news.send(i);
          }
          news.close();
        });
    assertThat(sum(received)).isEqualTo(SUM);
    assertThat(sender.name()).isNotEmpty();
  }

  @Test
  void producer() {
    assertThat(
            sum(
                Generators.produce(
                    ctx,
                    out -> {
                      for (int i = 0; i < MANY; i++) {
                        out.send(i);
                      }
                    })))
        .isEqualTo(SUM);
  }
}
