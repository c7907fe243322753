package dev.runnel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The boundary between two goroutines, at any capacity and any pace of either. */
@Timeout(60)
@ExtendWith(Accounted.class)
class BufferTest {
  private final Context ctx = Context.background();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 100, 1024, 1025})
  void allValuesComeInOrderWhoeverIsFaster(int capacity) throws Exception {
    long seed = System.nanoTime();
    System.out.println("BufferTest, capacity " + capacity + ": seed " + seed);
    Random up = new Random(seed);
    Random down = new Random(seed + 1);
    assertThat(
            Pipeline.range(0, 30_000)
                .tap(n -> pause(n, up))
                .buffer(capacity)
                .tap(n -> pause(n, down))
                .toList(ctx))
        .isEqualTo(IntStream.range(0, 30_000).boxed().toList());
  }

  /** For some thousand values one end is slower, then the other, and then neither. */
  @SuppressWarnings("ThreadPriorityCheck") // the yields only vary who comes first
  private static void pause(int n, Random random) {
    if (random.nextInt(3) == 0 && ((n >> 12) & 1) == random.nextInt(2)) {
      for (int i = random.nextInt(200); i > 0; i--) {
        Thread.onSpinWait();
      }
      if (random.nextInt(20) == 0) {
        Thread.yield();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 100, 1025})
  void upstreamIsAsFarAheadAsPromisedAndNoFarther(int capacity) throws Exception {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger farthest = new AtomicInteger();
    Chan<Boolean> go = Chan.unbuffered();
    var sum =
        Go.call(() ->
            Pipeline.range(0, 5_000)
                .tap(_ -> made.incrementAndGet())
                .buffer(capacity)
                .tap(n -> {
                  if (n == 0) {
                    go.receive();
                  }
                  farthest.accumulateAndGet(made.get() - n - 1, Math::max);
                })
                .count(ctx));
    // the one downstream holds, those that wait, and the one that upstream holds
    Eventually.that("as far ahead as may be", () -> made.get() == capacity + 2);
    go.close();
    assertThat(sum.get()).isEqualTo(5_000);
    assertThat(farthest.get()).isLessThanOrEqualTo(capacity + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 100})
  void aValueGoesOnWithoutOthersAndTheirEnd(int capacity) throws Exception {
    Chan<Integer> in = Chan.unbuffered();
    Chan<Integer> out = Chan.unbuffered();
    Goroutine run = Go.go(() -> Pipeline.from(in).buffer(capacity).sendTo(out, ctx));
    for (int n = 0; n < 1_000; n++) {
      in.send(n);
      assertThat(out.receive()).isEqualTo(n); // else it would wait here for ever
    }
    in.close();
    assertThat(out.receive()).isNull();
    run.join();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 100})
  void aFailureComesBehindAllValues(int capacity) {
    for (int count = 0; count < 300; count += 7) {
      IOException failure = new IOException("source");
      List<Integer> seen = new ArrayList<>();
      int values = count;
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() ->
              Pipeline.range(0, values)
                  .concat(Pipeline.failed(failure))
                  .buffer(capacity)
                  .forEach(seen::add, ctx))
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
      assertThat(seen).isEqualTo(IntStream.range(0, values).boxed().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 100})
  void whoeverWaitsIsStopped(int capacity) throws Exception {
    // the sender waits for room, and downstream wants no more
    AtomicInteger made = new AtomicInteger();
    assertThat(
            Pipeline.generate(made::incrementAndGet)
                .buffer(capacity)
                .tap(_ ->
                    Eventually.that("as far ahead as may be", () -> made.get() >= capacity + 2))
                .first(ctx))
        .hasValue(1);
    assertThat(Goroutines.others()).isEmpty();

    // the receiver waits for a value, and the context ends
    CancelContext brief = ctx.withCancel();
    Chan<Integer> in = Chan.unbuffered();
    var stopped = Go.call(() -> Pipeline.from(in).buffer(capacity).count(brief));
    in.send(1);
    brief.cancel();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(stopped::get)
        .withCauseInstanceOf(CanceledException.class);
  }

  @Test
  void anInterruptStopsARunThatNeverWaits() throws Exception {
    Chan<Boolean> begun = Chan.buffered(1);
    Goroutine run =
        Go.go(() ->
            Pipeline.generate(() -> 1)
                .buffer(64)
                .forEach(_ -> begun.trySend(true), Context.background()));
    assertThat(begun.receive()).isTrue();
    run.interrupt();
    run.join();
    assertThat(run.failure()).isInstanceOf(InterruptedException.class);
  }
}
