package dev.runnel.testing;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.DeadlockException;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.Select;
import dev.runnel.Task;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One goroutine at a time, in all kinds of orders. */
@Timeout(60)
class ExploreTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A counter that is read under a lock, and written under it, but not in one go. */
  static void lostUpdate() throws Exception {
    Mutex mutex = new Mutex();
    int[] count = {0};
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      all.go(() -> {
        mutex.lock();
        int seen = count[0];
        mutex.unlock();
        mutex.lock();
        count[0] = seen + 1;
        mutex.unlock();
      });
    }
    all.await();
    assertThat(count[0]).isEqualTo(2);
  }

  /** Two locks, taken in two orders. */
  private static void lockOrder() throws Exception {
    Mutex a = new Mutex();
    Mutex b = new Mutex();
    WaitGroup all = new WaitGroup();
    for (Mutex[] order : new Mutex[][] {{a, b}, {b, a}}) {
      all.go(() -> {
        order[0].lock();
        order[1].lock();
        order[1].unlock();
        order[0].unlock();
      });
    }
    all.await();
  }

  private static ScheduleError failureOf(Strategy strategy, int schedules, Task task) {
    return catchThrowableOfType(
        ScheduleError.class, () -> Explore.schedules(schedules).by(strategy).run(task));
  }

  @Test
  void everyStrategyFindsALostUpdateAndADeadlock() {
    for (Strategy strategy :
        new Strategy[] {
          Strategy.mixed(), Strategy.randomWalk(), Strategy.pct(2), Strategy.exhaustive(1)
        }) {
      assertThat(failureOf(strategy, 1000, ExploreTest::lostUpdate))
          .hasCauseInstanceOf(AssertionError.class);
      assertThat(failureOf(strategy, 1000, ExploreTest::lockOrder))
          .hasCauseInstanceOf(DeadlockException.class);
    }
  }

  @Test
  void aReplayFailsInTheSameWayEachTime() throws Exception {
    for (Strategy strategy :
        new Strategy[] {Strategy.randomWalk(), Strategy.pct(3), Strategy.exhaustive(2)}) {
      ScheduleError first = failureOf(strategy, 1000, ExploreTest::lostUpdate);
      assertThat(first.getMessage())
          .contains("Explore.replay(\"" + first.seed() + "\")")
          .doesNotContain("differs from run to run");
      for (int i = 0; i < 50; i++) {
        ScheduleError again =
            catchThrowableOfType(
                ScheduleError.class,
                () -> Explore.replay(first.seed()).run(ExploreTest::lostUpdate));
        assertThat(again).isNotNull();
        assertThat(again.trace()).isEqualTo(first.trace());
      }
    }
  }

  @Test
  void theTraceTellsWhoDidWhatOnWhatAndWhere() {
    ScheduleError failure = failureOf(Strategy.mixed(), 1000, ExploreTest::lockOrder);
    assertThat(failure.trace())
        .anyMatch(line -> line.matches("[23] +lock Mutex [12] +ExploreTest.java:\\d+"));
    assertThat(failure.trace().getFirst()).matches("1 \"main\" +wait group add WaitGroup 1 .*");
    assertThat(failure.getMessage()).contains(failure.trace().getLast());
  }

  @Test
  void theTraceTellsWhatIsSent() {
    ScheduleError failure =
        failureOf(
            Strategy.mixed(),
            1,
            () -> {
              Chan.buffered(1).send(7);
              Chan.buffered(1).trySend("x");
              throw new IllegalStateException("seen");
            });
    assertThat(failure.trace()).hasSize(2);
    assertThat(failure.trace().get(0)).matches("1 \"main\" +send chan 1 <- 7 +ExploreTest.*");
    assertThat(failure.trace().get(1)).matches("1 \"main\" +try send chan 2 <- x +ExploreTest.*");
  }

  @Test
  void theTraceTellsWhatIsReceived() {
    ScheduleError failure =
        failureOf(
            Strategy.mixed(),
            1,
            () -> {
              Chan<Integer> channel = Chan.buffered(4);
              channel.sendAll(List.of(7, 8, 9, 10));
              channel.receive();
              channel.tryReceive();
              channel.receiveUpTo(2, new ArrayList<>());
              channel.tryReceive();
              channel.close();
              channel.receive();
              throw new IllegalStateException("seen");
            });
    assertThat(failure.trace().subList(4, 11))
        .extracting(line -> line.replaceAll(" +", " ").replaceAll(" ExploreTest.*", ""))
        .containsExactly(
            "1 \"main\" receive chan 1 -> 7",
            "1 \"main\" try receive chan 1 -> 8",
            "1 \"main\" receive chan 1 -> 9",
            "1 \"main\" receive up to chan 1 -> [10]",
            "1 \"main\" try receive chan 1 -> nothing",
            "1 \"main\" close chan 1",
            "1 \"main\" receive chan 1 -> closed");
  }

  @Test
  void theTraceTellsWhatASelectChose() {
    ScheduleError failure =
        failureOf(
            Strategy.mixed(),
            1,
            () -> {
              Chan<Integer> channel = Chan.buffered(1);
              Chan<Integer> never = Chan.unbuffered();
              Select.select(never.onReceive(_ -> {}), channel.onSend(7, () -> {}));
              Select.select(never.onReceive(_ -> {}), channel.onReceive(_ -> {}));
              Select.select(never.onReceive(_ -> {}), Select.otherwise(() -> {}));
              Select.select(never.onReceive(_ -> {}), Select.after(SECOND, () -> {}));
              Select.of(never.onReceive()).poll();
              never.close();
              Select.of(never.onReceive()).await();
              throw new IllegalStateException("seen");
            });
    assertThat(failure.trace())
        .extracting(line -> line.replaceAll(" +", " ").replaceAll(" ExploreTest.*", ""))
        .containsExactly(
            "1 \"main\" select: send chan 1 <- 7",
            "1 \"main\" select: receive chan 1 -> 7",
            "1 \"main\" select: otherwise",
            "1 \"main\" select: after",
            "1 \"main\" select: nothing in time",
            "1 \"main\" close chan 2",
            "1 \"main\" select: receive chan 2 -> closed");
    assertThat(failure.trace()).allMatch(line -> line.contains("ExploreTest.java:"));
  }

  @Test
  void aReceivedValueStandsWhereItWasAskedFor() {
    ScheduleError failure =
        failureOf(
            Strategy.mixed(),
            1,
            () -> {
              Chan<String> channel = Chan.unbuffered();
              Goroutine reader = go("reader", () -> channel.receive());
              Bubble.settle();
              channel.send("x");
              reader.join();
              throw new IllegalStateException("seen");
            });
    assertThat(failure.trace())
        .anyMatch(line -> line.matches("2 \"reader\" +receive chan 1 -> x +ExploreTest.*"));
  }

  @Test
  void anExhaustiveExplorationEndsWhenAllIsSeen() throws Exception {
    Set<List<Integer>> orders = new HashSet<>();
    int ran =
        Explore.schedules(100_000)
            .by(Strategy.exhaustive(3))
            .run(() -> {
              List<Integer> order = new ArrayList<>();
              Chan<Integer> channel = Chan.unbounded();
              WaitGroup all = new WaitGroup();
              for (int i = 0; i < 3; i++) {
                int v = i;
                all.go(() -> channel.send(v));
              }
              all.await();
              channel.close();
              channel.forEach(order::add);
              orders.add(order);
            });
    assertThat(orders).hasSize(6);
    assertThat(ran).isBetween(6, 20_000);
  }

  @Test
  void aSelectsChoiceAndTimersOfOneInstantAreExplored() throws Exception {
    Set<String> seen = new HashSet<>();
    Explore.schedules(200)
        .run(() -> {
          Chan<String> a = Chan.buffered(1);
          Chan<String> b = Chan.buffered(1);
          go(() -> {
            Go.sleep(Duration.ofSeconds(1));
            a.send("a");
          });
          go(() -> {
            Go.sleep(Duration.ofSeconds(1));
            b.send("b");
          });
          String first = Select.select(a.onReceive().map(v -> v), b.onReceive().map(v -> v));
          String second = Select.select(a.onReceive().map(v -> v), b.onReceive().map(v -> v));
          seen.add(first + second);
        });
    assertThat(seen).containsExactlyInAnyOrder("ab", "ba");
  }

  @Test
  void interruptsAndCancellationRepeatExactly() throws Exception {
    Task program =
        () -> {
          Chan<Integer> channel = Chan.unbuffered();
          List<String> log = new ArrayList<>();
          try (var ctx = Context.background().withTimeout(Duration.ofSeconds(1))) {
            WaitGroup all = new WaitGroup();
            for (int i = 0; i < 3; i++) {
              int v = i;
              Goroutine g =
                  go(
                      ctx,
                      () -> {
                        channel.send(v);
                        log.add("sent " + v);
                      });
              all.go(() -> g.join());
            }
            log.add("got " + channel.receive());
            Goroutine sleeper = go(() -> Go.sleep(Duration.ofHours(1)));
            sleeper.interrupt();
            all.await();
            sleeper.join();
          }
          if (log.indexOf("sent 2") >= 0) {
            throw new AssertionError(log.toString());
          }
        };
    ScheduleError first = failureOf(Strategy.mixed(), 1000, program);
    for (int i = 0; i < 100; i++) {
      ScheduleError again =
          catchThrowableOfType(
              ScheduleError.class, () -> Explore.replay(first.seed()).run(program));
      assertThat(again.getCause()).hasMessage(first.getCause().getMessage());
      assertThat(again.trace()).isEqualTo(first.trace());
    }
  }

  @Test
  void aSeedFixesTheWholeExploration() {
    Set<String> seeds = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      seeds.add(
          catchThrowableOfType(
                  ScheduleError.class,
                  () -> Explore.schedules(1000).from(42).run(ExploreTest::lostUpdate))
              .seed());
    }
    assertThat(seeds).hasSize(1);
  }

  @Test
  void whatIsLeftIsAFailure() {
    assertThat(failureOf(Strategy.mixed(), 10, () -> go(Chan.unbuffered()::receive)))
        .hasCauseInstanceOf(LeakError.class);
  }

  @Test
  void aLoopWithoutEndIsAFailure() {
    Chan<Integer> none = Chan.unbuffered();
    assertThat(
            failureOf(
                Strategy.mixed(),
                10,
                () -> {
                  Chan<Integer> mine = Chan.unbuffered();
                  while (!Thread.currentThread().isInterrupted()) {
                    mine.tryReceive();
                  }
                }))
        .hasCauseInstanceOf(StalledException.class);
    assertThat(none.length()).isZero();
  }

  @Test
  void whatIsNoSeedIsRefused() {
    for (String seed : new String[] {"", "walk", "walk-xyz", "pct-1-2", "path-1-a", "run-1"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Explore.replay(seed))
          .withMessageContaining("no seed");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Explore.schedules(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Strategy.pct(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Strategy.exhaustive(-1));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Explore.replay("walk-1").from(1));
  }
}
