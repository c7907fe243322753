package dev.runnel.pattern;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import dev.runnel.ReceiveChan;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values go the ways they should, and a fan-out ends whole. */
@Timeout(60)
@ExtendWith(Accounted.class)
class FanOutTest {
  private final Context background = Context.background();

  /** How values are distributed; what holds for one should hold for all. */
  enum Kind {
    COMPETE,
    ROUND_ROBIN,
    BY_KEY,
    BROADCAST;

    Ways<Integer> of(int ways, ReceiveChan<Integer> in, Context ctx) {
      return switch (this) {
        case COMPETE -> FanOut.compete(ways, in, ctx);
        case ROUND_ROBIN -> FanOut.roundRobin(ways, in, ctx);
        case BY_KEY -> FanOut.byKey(ways, in, n -> n % 10, ctx);
        case BROADCAST -> FanOut.broadcast(ways, in, ctx);
      };
    }
  }

  private static List<Integer> ints(int many) {
    return IntStream.range(0, many).boxed().toList();
  }

  /** Receives from all ways at once. */
  private static List<List<Integer>> drain(List<ReceiveChan<Integer>> ways) throws Exception {
    List<Future<List<Integer>>> futures = new ArrayList<>();
    try (ErrGroup group = ErrGroup.open()) {
      for (ReceiveChan<Integer> way : ways) {
        futures.add(group.call(() -> way.stream().toList()));
      }
      group.await();
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Future<List<Integer>> future : futures) {
      all.add(future.get());
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void everyValueArrivesOnceInOrder(Kind kind) throws Exception {
    List<List<Integer>> ways = drain(kind.of(4, Generators.range(0, 1000), background));
    assertThat(ways).hasSize(4);
    for (List<Integer> way : ways) {
      assertThat(way).isSorted();
    }
    if (kind == Kind.BROADCAST) {
      assertThat(ways).containsOnly(ints(1000));
    } else {
      assertThat(ways.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(ints(1000));
    }
  }

  @Test
  void waysTakeTurns() throws Exception {
    List<List<Integer>> ways = drain(FanOut.roundRobin(3, Generators.range(0, 9), background));
    assertThat(ways).containsExactly(List.of(0, 3, 6), List.of(1, 4, 7), List.of(2, 5, 8));
  }

  @Test
  void theSameKeyGoesTheSameWayAndManyKeysGoEveryWay() throws Exception {
    List<List<Integer>> ways =
        drain(
            FanOut.byKey(
                4, Generators.range(0, 1000), n -> n % 100 == 0 ? null : n % 100, background));
    for (int key = 0; key < 100; key++) {
      int its = key;
      assertThat(ways.stream().filter(way -> way.stream().anyMatch(n -> n % 100 == its)))
          .hasSize(1);
    }
    assertThat(ways).noneMatch(List::isEmpty);
  }

  @Test
  void competingWorkersSendWhatTheyMakeOfAValue() throws Exception {
    Ways<String> ways = FanOut.compete(3, Generators.range(0, 100), n -> "v" + n, background);
    assertThat(FanIn.merge(ways, background).stream()).hasSize(100).contains("v0", "v99");
  }

  @Test
  void waysMayBeReceivedFromOneAfterTheOther() throws Exception {
    Ways<Integer> ways = FanOut.compete(3, Generators.range(0, 100), background);
    int received = 0;
    for (ReceiveChan<Integer> way : ways) {
      received += (int) way.stream().count();
    }
    assertThat(received).isEqualTo(100);
  }

  @Test
  void aWayHasABuffer() throws Exception {
    var ways = FanOut.to(2).buffer(3).broadcast(Generators.range(0, 3), background);
    assertThat(ways.get(0).stream()).containsExactly(0, 1, 2);
    assertThat(ways.get(1).stream()).containsExactly(0, 1, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> FanOut.to(0));
    assertThatIllegalArgumentException().isThrownBy(() -> FanOut.to(1).buffer(-1));
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyInputEndsEveryWay(Kind kind) throws Exception {
    assertThat(drain(kind.of(3, Generators.of(), background)))
        .containsExactly(List.of(), List.of(), List.of());
  }

  @ParameterizedTest
  @EnumSource
  void theFailureOfTheInputGoesEveryWay(Kind kind) {
    IOException failure = new IOException("input");
    Chan<Integer> in = Chan.unbuffered();
    in.fail(failure);
    for (ReceiveChan<Integer> way : kind.of(3, in, background)) {
      assertThatExceptionOfType(ChannelFailedException.class)
          .isThrownBy(way::receive)
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    }
  }

  @Test
  void theFailureOfAWorkerGoesEveryWay() {
    IOException failure = new IOException("worker");
    Ways<Integer> ways =
        FanOut.compete(
            3,
            Generators.repeat(1),
            _ -> {
              throw failure;
            },
            background);
    for (ReceiveChan<Integer> way : ways) {
      assertThatExceptionOfType(ChannelFailedException.class)
          .isThrownBy(way::receive)
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    }
  }

  @Test
  void theFailureOfAKeyGoesEveryWay() {
    Ways<Integer> ways = FanOut.byKey(2, Generators.of(0), n -> 1 / n, background);
    for (ReceiveChan<Integer> way : ways) {
      assertThatExceptionOfType(ChannelFailedException.class)
          .isThrownBy(way::receive)
          .withCauseInstanceOf(ArithmeticException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConsumerThatStopsEarlyClosesAll(Kind kind) throws Exception {
    try (var ways = kind.of(3, Generators.range(0, 1_000_000), background)) {
      ways.get(0).tryReceive();
    }
    assertThat(Goroutines.others()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aConsumerThatStopsAloneLeavesTheOthersGoingOn(Kind kind) throws Exception {
    Ways<Integer> ways = kind.of(2, Generators.range(0, 1000), background);
    Feed<Integer> left = ways.way(0);
    if (kind != Kind.BY_KEY) { // whose first value may go the other way
      left.receive();
    }
    left.close();
    left.close();
    List<Integer> rest = ways.get(1).stream().toList();
    switch (kind) {
      case COMPETE -> assertThat(rest).hasSizeGreaterThanOrEqualTo(998);
      case ROUND_ROBIN -> assertThat(rest).hasSizeGreaterThanOrEqualTo(998).contains(999);
      case BY_KEY -> assertThat(rest).isNotEmpty();
      case BROADCAST -> assertThat(rest).containsExactlyElementsOf(ints(1000));
    }
    assertThat(left.tryReceive().isClosed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whenAllWaysAreClosedNothingMoreIsTaken(Kind kind) throws Exception {
    Chan<Integer> in = Chan.buffered(100);
    in.sendAll(ints(100));
    Ways<Integer> ways = kind.of(2, in, background);
    ways.way(0).close();
    ways.way(1).close();
    if (kind != Kind.COMPETE) {
      in.trySend(100); // a distributor that waits for a value learns of it with the next
    }
    Eventually.that("its end", () -> Goroutines.others().isEmpty());
    assertThat(in.length()).isGreaterThan(90);
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfTheContextFailsEveryWay(Kind kind) throws Exception {
    try (var ctx = background.withCancel()) {
      Ways<Integer> ways = kind.of(2, Chan.nil(), ctx);
      ctx.cancel();
      for (ReceiveChan<Integer> way : ways) {
        assertThatExceptionOfType(ChannelFailedException.class)
            .isThrownBy(way::receive)
            .withCauseInstanceOf(CanceledException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelingAtEveryStepLeavesNothing(Kind kind) throws Exception {
    Steps.cancelAtEach((ctx, steps) -> {
      Chan<Integer> in = Chan.unbuffered();
      var _ =
          go(
              ctx,
              () ->
                  in.closeAfter(() -> {
                    for (int i = 0; i < 4; i++) {
                      steps.step();
                      in.send(i);
                    }
                  }));
      Ways<Integer> ways = kind.of(2, in, ctx);
      Queue<Integer> received = new ConcurrentLinkedQueue<>();
      try (ErrGroup group = ErrGroup.open()) {
        for (ReceiveChan<Integer> way : ways) {
          group.go(() -> {
            try {
              for (int value : way) {
                steps.step();
                received.add(value);
              }
            } catch (ChannelFailedException e) {
              assertThat(e).hasCauseInstanceOf(ContextException.class);
            }
          });
        }
        group.await();
      }
      if (ctx.err() == null) {
        assertThat(received).hasSize(kind == Kind.BROADCAST ? 8 : 4);
      }
    });
  }

  @Test
  void aWorkerThatSwallowsTheInterruptOfItsClosedWayTakesNoMore() throws Exception {
    Chan<Integer> begun = Chan.unbuffered();
    Chan<Integer> in = Chan.buffered(10);
    in.sendAll(List.of(1, 2, 3));
    Ways<Integer> ways =
        FanOut.compete(
            1,
            in,
            n -> {
              begun.send(n);
              try {
                Chan.nil().receive();
              } catch (InterruptedException e) {
                // swallowed
              }
              return n;
            },
            background);
    begun.receive();
    ways.way(0).close();
    Eventually.that("its end", () -> Goroutines.others().isEmpty());
    assertThat(in.length()).isEqualTo(2);
  }

  @Test
  void aWorkerThatClosesItsOwnFanOutIsRefused() throws Exception {
    AtomicReference<Ways<Integer>> self = new AtomicReference<>();
    Chan<Integer> in = Chan.unbuffered();
    Ways<Integer> ways =
        FanOut.compete(
            1,
            in,
            n -> {
              self.get().close();
              return n;
            },
            background);
    self.set(ways);
    in.send(1);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(ways.get(0)::receive)
        .withCauseInstanceOf(IllegalStateException.class);
  }
}
