package dev.runnel.testing.virtualtime;

import static dev.runnel.Go.go;
import static dev.runnel.Select.after;
import static dev.runnel.Select.afterGet;
import static dev.runnel.Select.select;
import static dev.runnel.testing.virtualtime.Timeline.START;
import static dev.runnel.testing.virtualtime.Timeline.seconds;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.DeadlineExceededException;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.Select;
import dev.runnel.interop.ConcurrentGatherers;
import dev.runnel.interop.GoroutineExecutor;
import dev.runnel.interop.Queues;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testing.Bubble;
import dev.runnel.testing.RunnelTest;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;

/** Contexts and waits whose time runs out, to the second. */
@Timeout(60)
class DeadlinesTest {
  private final Context background = Context.background();

  @RunnelTest
  void aTimeoutCanBringItsOwnCause() throws Exception {
    RuntimeException slow = new RuntimeException("too slow");
    try (var ctx = background.withTimeout(ofHours(1), slow)) {
      var child = ctx.withCancel();
      child.done().receive();
      assertThat(child.cause()).isSameAs(slow);
      assertThat(ctx.err()).isInstanceOf(DeadlineExceededException.class).hasCause(slow);
    }
    assertThat(seconds()).isEqualTo(3600);
  }

  @RunnelTest
  void theSoonerDeadlineOfAParentWins() throws Exception {
    RuntimeException slow = new RuntimeException("too slow");
    try (var parent = background.withTimeout(ofSeconds(20), slow);
        var child = parent.withTimeout(ofHours(1), new RuntimeException("never said"));
        var withoutOne = parent.withCancel()) {
      assertThat(child.deadline()).isEqualTo(START.plusSeconds(20));
      assertThat(withoutOne.deadline()).isEqualTo(START.plusSeconds(20));
      child.done().receive();
      assertThat(child.cause()).isSameAs(slow);
      assertThat(seconds()).isEqualTo(20);
    }
  }

  @RunnelTest
  void theSoonerDeadlineOfAChildIsItsOwn() throws Exception {
    try (var parent = background.withDeadline(START.plus(ofHours(1)));
        var child = parent.withTimeout(ofSeconds(1))) {
      assertThat(child.deadline()).isEqualTo(START.plusSeconds(1));
      child.done().receive();
      assertThat(child.err()).isInstanceOf(DeadlineExceededException.class);
      assertThat(parent.err()).isNull();
      parent.done().receive();
      assertThat(seconds()).isEqualTo(3600);
    }
  }

  @RunnelTest
  void aCancelBeforeTheDeadlineWins() throws Exception {
    try (var ctx = background.withTimeout(ofSeconds(1))) {
      ctx.cancel();
      Go.sleep(ofSeconds(5)); // by now it would have ended by itself
      assertThat(ctx.err()).isInstanceOf(CanceledException.class);
    }
  }

  @RunnelTest
  void workIsInterruptedAtTheDeadline() throws Exception {
    Timeline ends = new Timeline();
    try (var ctx = background.withTimeout(ofSeconds(3))) {
      Goroutine under =
          go(
              ctx,
              () -> {
                try {
                  Go.sleep(ofHours(1));
                } catch (InterruptedException e) {
                  ends.add("interrupted");
                  throw e;
                }
              });
      under.join();
    }
    try (var ctx = background.withTimeout(ofSeconds(3));
        var group = ErrGroup.open(ctx)) {
      group.go(() -> Chan.nil().receive());
      assertThatExceptionOfType(ContextException.class).isThrownBy(group::await);
      ends.add("group");
    }
    assertThat(ends.events()).containsExactly("interrupted@3.0", "group@6.0");
  }

  @RunnelTest
  void whateverWaitsGivesUpInTime() throws Exception {
    Timeline ends = new Timeline();
    Chan<Integer> channel = Chan.unbuffered();
    assertThat(channel.receive(ofSeconds(1)).hasValue()).isFalse();
    ends.add("receive");
    assertThat(channel.send(1, ofSeconds(1))).isFalse();
    ends.add("send");
    assertThat(Chan.<Integer>nil().receive(ofSeconds(1)).hasValue()).isFalse();
    ends.add("nil");
    assertThat(Select.of(channel.onReceive()).await(ofSeconds(1))).isNull();
    ends.add("select");
    Mutex mutex = new Mutex();
    mutex.lock();
    assertThat(mutex.tryLock(ofSeconds(1))).isFalse();
    ends.add("mutex");
    RWMutex rw = new RWMutex();
    rw.lock();
    assertThat(rw.tryReadLock(ofSeconds(1))).isFalse();
    assertThat(rw.tryLock(ofSeconds(1))).isFalse();
    ends.add("rw mutex");
    assertThat(Cond.of(mutex).await(ofSeconds(1))).isFalse();
    ends.add("cond");
    assertThat(Semaphore.of(1).tryAcquire(2, ofSeconds(1))).isFalse();
    ends.add("semaphore");
    WaitGroup group = new WaitGroup();
    group.add(1);
    assertThat(group.await(ofSeconds(1))).isFalse();
    ends.add("group");
    Goroutine sleeper = go(() -> Go.sleep(ofHours(1)));
    assertThat(sleeper.join(ofSeconds(1))).isFalse();
    ends.add("join");
    sleeper.interrupt();
    sleeper.join();
    assertThat(ends.events())
        .containsExactly(
            "receive@1.0",
            "send@2.0",
            "nil@3.0",
            "select@4.0",
            "mutex@5.0",
            "rw mutex@7.0",
            "cond@8.0",
            "semaphore@9.0",
            "group@10.0",
            "join@11.0");
  }

  @RunnelTest
  void aLargeRequestWhoseTimeRunsOutLetsThoseBehindItGoOn() throws Exception {
    Semaphore ten = Semaphore.of(10);
    ten.acquire(5);
    Timeline ends = new Timeline();
    WaitGroup all = new WaitGroup();
    all.go(() -> assertThat(ten.tryAcquire(10, ofSeconds(20))).isFalse());
    all.go(() -> {
      Go.sleep(ofSeconds(1)); // so that it comes behind
      ten.acquire(5);
      ends.add("acquired");
    });
    all.await();
    assertThat(ends.events()).containsExactly("acquired@20.0");
    assertThat(ten).hasToString("semaphore (0 of 10 free)");
  }

  @RunnelTest
  void theSoonestCaseOfASelectWins() throws Exception {
    String won =
        select(
            afterGet(ofHours(1), () -> "an hour"),
            afterGet(ofSeconds(1), () -> "soon"),
            afterGet(ofSeconds(Long.MAX_VALUE), () -> "never"));
    assertThat(won).isEqualTo("soon");
    assertThat(seconds()).isEqualTo(1);
  }

  @RunnelTest
  void aReusableSelectStartsTheTimeAnewEachTurn() throws Exception {
    Chan<String> channel = Chan.buffered(1);
    List<String> turns = new ArrayList<>();
    var receive = channel.onReceive();
    var late = after(ofSeconds(5), () -> turns.add("late@" + seconds()));
    var select = Select.of(receive, late);
    for (int i = 0; i < 3; i++) {
      assertThat(select.await()).isSameAs(late);
      channel.send("value");
      Go.sleep(ofSeconds(1));
      assertThat(select.await()).isSameAs(receive);
    }
    assertThat(turns).containsExactly("late@5.0", "late@11.0", "late@17.0");
    var soon = after(ofSeconds(1), () -> {});
    assertThat(Select.of(channel.onReceive(), soon).await(ofHours(1))).isSameAs(soon);
    var asSoon = after(ofSeconds(1), () -> {});
    assertThat(Select.of(channel.onReceive(), asSoon).await(ofSeconds(1))).isSameAs(asSoon);
    assertThat(Select.of(channel.onReceive(), after(ofHours(1), () -> {})).await(ofSeconds(1)))
        .isNull();
    assertThat(seconds()).isEqualTo(21);
  }

  /** What Runnel looks like to code that knows {@code java.util.concurrent} only. */
  @RunnelTest
  @SuppressWarnings("WaitNotInLoop") // Runnel's conditions wake nobody without a reason
  void whatIsShownToOthersGoesByTheTimeToo() throws Exception {
    Timeline ends = new Timeline();
    Mutex mutex = new Mutex();
    mutex.lock();
    assertThat(mutex.asLock().tryLock(1, SECONDS)).isFalse();
    ends.add("lock");
    var condition = mutex.asLock().newCondition();
    assertThat(condition.await(1, SECONDS)).isFalse();
    assertThat(condition.awaitNanos(SECONDS.toNanos(1))).isLessThanOrEqualTo(0);
    assertThat(condition.awaitUntil(Date.from(START.plusSeconds(4)))).isFalse();
    ends.add("condition");
    RWMutex rw = new RWMutex();
    rw.lock();
    assertThat(rw.asReadWriteLock().readLock().tryLock(1, SECONDS)).isFalse();
    assertThat(rw.asReadWriteLock().writeLock().tryLock(1, SECONDS)).isFalse();
    ends.add("read-write lock");
    var queue = Queues.of(Chan.<Integer>buffered(1));
    assertThat(queue.poll(1, SECONDS)).isNull();
    queue.add(1);
    assertThat(queue.offer(2, 1, SECONDS)).isFalse();
    ends.add("queue");
    var future = Go.call(() -> Chan.nil().receive());
    assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, SECONDS));
    future.cancel(true);
    ends.add("future");
    try (var executor = GoroutineExecutor.open(background)) {
      executor.execute(() -> napFor(5));
      executor.shutdown();
      assertThat(executor.awaitTermination(1, SECONDS)).isFalse();
      assertThat(executor.awaitTermination(1, HOURS)).isTrue();
    }
    ends.add("executor");
    assertThat(
            Stream.of(1, 2, 3)
                .peek(_ -> napFor(2))
                .gather(ConcurrentGatherers.windows(10, ofSeconds(3)))
                .toList())
        .containsExactly(List.of(1, 2), List.of(3));
    assertThat(ends.events())
        .containsExactly(
            "lock@1.0",
            "condition@4.0",
            "read-write lock@6.0",
            "queue@8.0",
            "future@9.0",
            "executor@14.0");
  }

  private static void napFor(int seconds) {
    try {
      Go.sleep(ofSeconds(seconds));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @RunnelTest
  void aGroupThatWaitsForTheStubbornSaysSoAfterTenSeconds() throws Exception {
    Timeline logged = new Timeline();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord told) {
            if (Goroutine.current() != null
                && told.getMessage().contains("has waited")
                && told.getParameters()[0].equals("10")) {
              logged.add("told");
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.runnel");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try (ErrGroup group = ErrGroup.open()) {
      group.go(DeadlinesTest::heedNoInterruptForAMinute);
      Bubble.settle();
      group.cancel();
    } finally {
      logger.setUseParentHandlers(true);
      logger.removeHandler(handler);
    }
    assertThat(logged.events()).containsExactly("told@10.0");
    assertThat(seconds()).isEqualTo(60);
  }

  private static void heedNoInterruptForAMinute() {
    while (seconds() < 60) {
      try {
        Go.sleep(ofSeconds(Math.round(60 - seconds())));
      } catch (InterruptedException ignored) {
        // as it says
      }
    }
  }
}
