package dev.runnel.testing;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Once;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.SingleFlight;
import dev.runnel.sync.WaitGroup;
import dev.runnel.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What the engine promises, in all kinds of orders. */
class EngineExploredTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Explored(2000)
  void everyValueArrivesOnceAndInOrder() throws Exception {
    Chan<Integer> channel = Chan.buffered(1);
    List<Integer> got = new ArrayList<>();
    WaitGroup senders = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      int from = 10 * i;
      senders.go(() -> {
        for (int j = 0; j < 3; j++) {
          channel.send(from + j);
        }
      });
    }
    go(() -> {
      senders.await();
      channel.close();
    });
    channel.receiveEach(got::add);
    assertThat(got).containsExactlyInAnyOrder(0, 1, 2, 10, 11, 12);
    assertThat(got).containsSubsequence(0, 1, 2).containsSubsequence(10, 11, 12);
  }

  @Explored(2000)
  void aCloseWakesAllAndRefusesLaterSends() throws Exception {
    Chan<Integer> channel = Chan.unbuffered();
    WaitGroup all = new WaitGroup();
    int[] sent = {0};
    int[] received = {0};
    for (int i = 0; i < 2; i++) {
      all.go(() -> {
        try {
          channel.send(1);
          sent[0]++;
        } catch (ChannelClosedException closed) {
          assertThat(closed).hasMessageContaining("send on closed channel");
        }
      });
      all.go(() -> {
        if (channel.receive() != null) {
          received[0]++;
        }
      });
    }
    all.go(channel::close);
    all.await();
    assertThat(sent[0]).isEqualTo(received[0]);
  }

  @Explored(2000)
  void aSelectCommitsExactlyOneCase() throws Exception {
    Chan<Integer> a = Chan.unbuffered();
    Chan<Integer> b = Chan.unbuffered();
    int[] taken = {0};
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      all.go(() -> Select.select(a.onSend(1), b.onSend(2)));
      all.go(() -> Select.select(a.onReceive(_ -> taken[0]++), b.onReceive(_ -> taken[0]++)));
    }
    all.await();
    assertThat(taken[0]).isEqualTo(2);
    assertThat(a.tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    assertThat(b.tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
  }

  @Explored(2000)
  void aValueIsDeliveredOrStaysWhateverCancels() throws Exception {
    Chan<Integer> channel = Chan.buffered(1);
    List<Integer> got = new ArrayList<>();
    try (var ctx = Context.background().withTimeout(SECOND)) {
      Goroutine receiver =
          go(() -> {
            try {
              Integer v = channel.receive(ctx);
              got.add(v);
            } catch (ContextException ended) {
              assertThat(ctx.err()).isNotNull();
            }
          });
      Timer.run(SECOND, () -> channel.send(7));
      Goroutine interrupted =
          go(() -> {
            try {
              got.add(channel.receive());
            } catch (InterruptedException e) {
              assertThat(got).doesNotContain(8);
            }
          });
      Go.sleep(SECOND);
      interrupted.interrupt();
      receiver.join();
      interrupted.join();
    }
    Bubble.settle();
    if (channel.tryReceive() instanceof ReceiveResult.Value<Integer>(Integer left)) {
      got.add(left);
    }
    assertThat(got).containsExactly(7);
  }

  @Explored(2000)
  void locksExclude() throws Exception {
    Mutex mutex = new Mutex();
    RWMutex rw = new RWMutex();
    Semaphore one = Semaphore.of(1);
    int[] inside = {0, 0, 0};
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 3; i++) {
      all.go(() -> {
        try (var _ = mutex.hold()) {
          assertThat(++inside[0]).isEqualTo(1);
          Go.sleep(SECOND);
          inside[0]--;
        }
        rw.lock();
        assertThat(++inside[1]).isEqualTo(1);
        Go.sleep(SECOND);
        inside[1]--;
        rw.unlock();
        try (var _ = one.hold()) {
          assertThat(++inside[2]).isEqualTo(1);
          Go.sleep(SECOND);
          inside[2]--;
        }
      });
    }
    all.await();
  }

  @Explored(2000)
  void aSignalIsNeverLost() throws Exception {
    Mutex mutex = new Mutex();
    Cond cond = Cond.of(mutex);
    int[] tokens = {0};
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      all.go(() -> {
        mutex.lock();
        while (tokens[0] == 0) {
          cond.await();
        }
        tokens[0]--;
        mutex.unlock();
      });
    }
    for (int i = 0; i < 2; i++) {
      mutex.lock();
      tokens[0]++;
      cond.signal();
      mutex.unlock();
    }
    all.await();
    assertThat(tokens[0]).isZero();
  }

  @Explored(2000)
  void aGroupEndsAllAndTellsTheFirstFailure() throws Exception {
    IllegalStateException first = new IllegalStateException("first");
    Chan<Integer> never = Chan.unbuffered();
    try (ErrGroup group = ErrGroup.open()) {
      group.go(() -> never.receive());
      group.go(() -> {
        throw first;
      });
      group.go(() -> Go.sleep(SECOND));
      group.await();
      throw new AssertionError("the failure was not told");
    } catch (ContextException early) {
      assertThat(early.getCause()).isSameAs(first); // the group had ended before all were in it
    } catch (ExecutionException told) {
      assertThat(told.getCause()).isSameAs(first);
    }
  }

  @Explored(2000)
  void onceRunsOnceAndAllWaitForIt() throws Exception {
    Once once = new Once();
    int[] runs = {0};
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 3; i++) {
      all.go(() -> {
        once.run(() -> {
          Go.sleep(SECOND);
          runs[0]++;
        });
        assertThat(runs[0]).isEqualTo(1);
      });
    }
    all.await();
  }

  @Explored(2000)
  void aFlightIsSharedAndACancelledLeaderPoisonsNobody() throws Exception {
    SingleFlight<String, Integer> flights = new SingleFlight<>();
    int[] runs = {0};
    int[] told = {0};
    WaitGroup all = new WaitGroup();
    try (var ctx = Context.background().withCancel()) {
      all.go(() -> {
        try {
          assertThat(flights.run("key", () -> flight(runs), ctx)).isPositive();
        } catch (ContextException cancelled) {
          assertThat(ctx.err()).isNotNull();
        }
      });
      for (int i = 0; i < 2; i++) {
        all.go(() -> {
          assertThat(flights.run("key", () -> flight(runs))).isPositive();
          told[0]++;
        });
      }
      all.go(ctx::cancel);
      all.await();
    }
    assertThat(told[0]).isEqualTo(2);
    assertThat(runs[0]).isBetween(1, 3);
  }

  private static int flight(int[] runs) throws InterruptedException {
    Go.sleep(SECOND);
    return ++runs[0];
  }

  @Explored(2000)
  void aWriterIsAloneAndReadersAreNot() throws Exception {
    RWMutex mutex = new RWMutex();
    int[] readers = {0};
    boolean[] writing = {false};
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      all.go(() -> {
        mutex.readLock();
        readers[0]++;
        assertThat(writing[0]).isFalse();
        Go.sleep(SECOND);
        readers[0]--;
        mutex.readUnlock();
      });
      all.go(() -> {
        mutex.lock();
        writing[0] = true;
        assertThat(readers[0]).isZero();
        Go.sleep(SECOND);
        writing[0] = false;
        mutex.unlock();
      });
    }
    all.await();
  }

  @Explored(2000)
  void aTimerThatIsStoppedOrResetLeavesNoStaleValue() throws Exception {
    Timer timer = Timer.of(SECOND);
    WaitGroup all = new WaitGroup();
    boolean[] stopped = {false};
    all.go(() -> {
      Go.sleep(SECOND); // the same instant
      stopped[0] = timer.stop();
    });
    all.await();
    if (stopped[0]) {
      assertThat(timer.channel().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    }
    timer.reset(SECOND);
    assertThat(timer.channel().receive()).isEqualTo(Bubble.clock().instant());
  }

  @Explored(2000)
  void aFailureReachesEveryReceiverAfterTheValues() throws Exception {
    Chan<Integer> channel = Chan.buffered(2);
    IllegalStateException why = new IllegalStateException("why");
    int[] got = {0};
    int[] failed = {0};
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      all.go(() -> {
        try {
          while (channel.receive() != null) {
            got[0]++;
          }
        } catch (ChannelFailedException e) {
          assertThat(e).hasCause(why);
          failed[0]++;
        }
      });
    }
    all.go(() -> {
      channel.send(1);
      channel.send(2);
      assertThat(channel.fail(why)).isTrue();
      assertThat(channel.fail(why)).isFalse();
    });
    all.await();
    assertThat(got[0]).isEqualTo(2);
    assertThat(failed[0]).isEqualTo(2);
  }
}
