package dev.runnel.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.InterruptedIterationException;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Channels;
import dev.runnel.testkit.Goroutines;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stages of streams that use goroutines, channels and the time. */
@Timeout(60)
@ExtendWith(Accounted.class)
class ConcurrentGatherersTest {
  private final Context ctx = Context.background();

  @Test
  void callsRunAtOnceAndTheirResultsComeAsTheyAreReady() {
    Chan<Boolean> second = Chan.unbuffered();
    List<Integer> results =
        Stream.of(1, 2)
            .gather(
                ConcurrentGatherers.<Integer, Integer>mapUnordered(
                    2,
                    n -> {
                      if (n == 1) {
                        second.receive(); // only the second lets the first go on
                      } else {
                        second.close();
                      }
                      return n * 10;
                    }))
            .toList();
    assertThat(results).containsExactlyInAnyOrder(10, 20);
  }

  @Test
  void noMoreRunAtATimeThanMay() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Integer> results =
        IntStream.range(0, 1000)
            .boxed()
            .gather(
                ConcurrentGatherers.<Integer, Integer>mapUnordered(
                    3,
                    n -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      LockSupport.parkNanos(1);
                      running.decrementAndGet();
                      return n;
                    }))
            .toList();
    assertThat(results)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1000).boxed().toList());
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void nullsGoThrough() {
    assertThat(
            Stream.of("a", null)
                .gather(ConcurrentGatherers.<String, String>mapUnordered(1, _ -> null))
                .toList())
        .containsExactly(null, null);
  }

  @Test
  void aStreamThatHasEnoughInterruptsTheCallsThatRun() {
    AtomicInteger stopped = new AtomicInteger();
    assertThat(
            Stream.iterate(0, n -> n + 1)
                .gather(
                    ConcurrentGatherers.<Integer, Integer>mapUnordered(
                        3,
                        n -> {
                          if (n % 3 == 0) {
                            return n;
                          }
                          try {
                            return Chan.<Integer>nil().receive();
                          } finally {
                            stopped.incrementAndGet();
                          }
                        }))
                .findFirst())
        .contains(0);
    assertThat(Goroutines.others()).as("waited for").isEmpty();
    assertThat(stopped.get()).isBetween(0, 2);
  }

  @Test
  void aFailingCallStopsTheOthersAndGoesThrough() {
    IOException cause = new IOException("broken");
    for (Throwable thrown : List.of(cause, new IllegalStateException(), new AssertionError())) {
      assertThatExceptionOfType(Throwable.class)
          .isThrownBy(() -> failing(thrown))
          .satisfies(t -> {
            if (thrown instanceof IOException) {
              assertThat(t).isInstanceOf(CompletionException.class).hasCause(cause);
            } else {
              assertThat(t).isSameAs(thrown);
            }
          });
      assertThat(Goroutines.others()).isEmpty();
    }
  }

  private static List<Integer> failing(Throwable thrown) {
    return IntStream.range(0, 100)
        .boxed()
        .gather(
            ConcurrentGatherers.<Integer, Integer>mapUnordered(
                4,
                n -> {
                  if (n == 3) {
                    switch (thrown) {
                      case Exception e -> throw e;
                      case Error e -> throw e;
                      default -> throw new AssertionError(thrown);
                    }
                  }
                  return Chan.<Integer>nil().receive();
                }))
        .toList();
  }

  @Test
  void aFailureDownstreamStopsTheCalls() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() ->
            Stream.of(0, 1, 2, 3)
                .gather(
                    ConcurrentGatherers.<Integer, Integer>mapUnordered(
                        2, n -> n == 0 ? n : Chan.<Integer>nil().receive()))
                .map(n -> 1 / n)
                .toList());
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void aFailureUpstreamLeavesTheCallsToEndByThemselves() {
    Chan<Boolean> go = Chan.unbuffered();
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() ->
            Stream.of(1, 0)
                .map(n -> 1 / n)
                .gather(ConcurrentGatherers.<Integer, Boolean>mapUnordered(2, _ -> go.receive()))
                .toList());
    go.close();
    Goroutines.awaitNoOthers();
  }

  @Test
  void anInterruptAndTheEndOfTheContextStopAllOfIt() throws Exception {
    Actor streaming = Actor.Kind.VIRTUAL.start(this::waitingStream).awaitWaiting();
    streaming.interrupt();
    assertThat(streaming.joinForFailure()).isInstanceOf(InterruptedIterationException.class);

    CancelContext soon = ctx.withCancel();
    Actor under = Actor.Kind.VIRTUAL.start(() -> soon.run(this::waitingStream)).awaitWaiting();
    soon.cancel();
    assertThat(under.joinForFailure()).isInstanceOf(CanceledException.class);
    Goroutines.awaitNoOthers();
  }

  private void waitingStream() {
    Stream.of(1, 2, 3)
        .gather(
            ConcurrentGatherers.<Integer, Integer>mapUnordered(
                2, _ -> Chan.<Integer>nil().receive()))
        .forEach(_ -> {});
  }

  @Test
  void windowsEndByNumberAndByTime() {
    AtomicLong now = new AtomicLong();
    List<List<Integer>> windows =
        Stream.of(0, 1, 2, 3, 9, 10, 11, 30)
            .peek(now::set)
            .gather(ConcurrentGatherers.<Integer>windows(3, Duration.ofNanos(5), now::get))
            .toList();
    assertThat(windows)
        .containsExactly(List.of(0, 1, 2), List.of(3), List.of(9, 10, 11), List.of(30));
    assertThat(
            Stream.of(1, 2, 3)
                .gather(ConcurrentGatherers.windows(2, Duration.ofDays(1)))
                .limit(1)
                .toList())
        .containsExactly(List.of(1, 2));
    assertThat(Stream.of().gather(ConcurrentGatherers.windows(2, Duration.ZERO)).toList())
        .isEmpty();
  }

  @Test
  void aMergeTakesTurnsAndDrainsTheChannelAtTheEnd() throws Exception {
    Chan<Integer> chan = Channels.full(3);
    chan.close();
    assertThat(Stream.of(10, 11).gather(ConcurrentGatherers.merge(chan)).toList())
        .containsExactly(10, 0, 11, 1, 2);

    Chan<Integer> later = Chan.unbuffered();
    Actor sender = Actor.Kind.VIRTUAL.start(() -> later.closeAfter(() -> later.send(5)));
    assertThat(Stream.of(1).gather(ConcurrentGatherers.merge(later)).toList())
        .containsExactlyInAnyOrder(1, 5);
    sender.join();
  }

  @Test
  void aMergeTakesNothingThatDoesNotGoOn() {
    Chan<Integer> chan = Channels.full(5);
    assertThat(Stream.of(10, 11).gather(ConcurrentGatherers.merge(chan)).limit(3).toList())
        .containsExactly(10, 0, 11);
    assertThat(Channels.drain(chan)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aMergeFailsWithItsChannelAndEndsWithAnInterrupt() throws Exception {
    Chan<Integer> failed = Chan.unbuffered();
    failed.fail(new Exception("broken"));
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(() -> Stream.of(1).gather(ConcurrentGatherers.merge(failed)).toList());
    Actor merging =
        Actor.Kind.PLATFORM
            .start(
                () -> Stream.of(1).gather(ConcurrentGatherers.merge(Chan.nil())).forEach(_ -> {}))
            .awaitWaiting();
    merging.interrupt();
    assertThat(merging.joinForFailure()).isInstanceOf(InterruptedIterationException.class);
  }

  @Test
  void misuseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConcurrentGatherers.mapUnordered(0, n -> n));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConcurrentGatherers.windows(0, Duration.ZERO));
    assertThatNullPointerException().isThrownBy(() -> ConcurrentGatherers.mapUnordered(1, null));
    assertThatNullPointerException().isThrownBy(() -> ConcurrentGatherers.merge(null));
  }
}
