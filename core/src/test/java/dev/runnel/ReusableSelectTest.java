package dev.runnel;

import static dev.runnel.Select.otherwise;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.sun.management.ThreadMXBean;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Queues;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reusable select: its turns, its cases, and what it refuses. */
class ReusableSelectTest {
  private final Chan<Integer> in = Chan.buffered(1);
  private final Chan<Integer> out = Chan.buffered(1);

  @Test
  void pollAndTimedAwaitGiveNullWhenNothingIsReady() throws InterruptedException {
    var receive = in.onReceive();
    var select = Select.of(receive);
    assertThat(select.poll()).isNull();
    assertThat(select.await(Duration.ZERO)).isNull();
    assertThat(select.await(Duration.ofSeconds(Long.MIN_VALUE))).isNull();
    assertThat(select.await(Duration.ofMillis(1))).isNull();
    in.send(1);
    assertThat(select.await(Duration.ZERO)).isSameAs(receive);
    assertThat(Queues.waiting(in)).isZero();
  }

  @Test
  void aTimedAwaitIsServedWhileItWaits() throws InterruptedException {
    var receive = in.onReceive();
    var select = Select.of(receive);
    Actor actor =
        Actor.Kind.VIRTUAL.start(
            () -> assertThat(select.await(Duration.ofSeconds(Long.MAX_VALUE))).isSameAs(receive));
    actor.awaitWaiting();
    in.send(1);
    actor.join();
  }

  @Test
  void awaitRunsTheHandlerAndGivesTheCaseItWasGiven() throws InterruptedException {
    List<Integer> seen = new ArrayList<>();
    var receive = in.onReceive(v -> seen.add(v));
    var select = Select.of(receive, out.onReceive());
    in.send(1);
    assertThat(select.await()).isSameAs(receive);
    assertThat(seen).containsExactly(1);
  }

  /** It keeps its wait from turn to turn; that of one goroutine must not become another's. */
  @Test
  void turnsWaitInOneGoroutineAfterTheOther() throws InterruptedException {
    var receive = in.onReceive();
    var select = Select.of(receive, out.onReceive());
    for (int i = 0; i < 6; i++) {
      int expected = i;
      Actor.Kind kind = i % 4 < 2 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
      Actor actor =
          kind.start(() -> {
            for (int turn = 0; turn < 2; turn++) {
              assertThat(select.await()).isSameAs(receive);
              assertThat(receive.value()).isEqualTo(expected + turn);
            }
          });
      actor.awaitWaiting();
      in.send(i);
      Eventually.that("the second wait", () -> Queues.waiting(in) == 1);
      in.send(i + 1);
      actor.join();
    }
    assertThat(Queues.waiting(in) + Queues.waiting(out)).isZero();
  }

  /** The alarm of a turn may go off late, when the wait would be another turn's. */
  @Test
  void onlyTheWaitOfATurnWithoutADeadlineIsUsedAgain() throws InterruptedException {
    var select = Select.of(in.onReceive(), out.onReceive());
    Actor timed = Actor.Kind.VIRTUAL.start(() -> select.await(Duration.ofDays(1))).awaitWaiting();
    in.send(1);
    timed.join();
    assertThat(Queues.keepsWait(select)).isFalse();
    Actor untimed = Actor.Kind.VIRTUAL.start(select::await).awaitWaiting();
    out.send(1);
    untimed.join();
    assertThat(Queues.keepsWait(select)).isTrue();
  }

  @Test
  void turnsWithAndWithoutADeadlineAndInterruptedOnesTakeTurns() throws InterruptedException {
    var receive = in.onReceive();
    var select = Select.of(receive, out.onReceive());
    int values = 2_000;
    int[] sum = new int[1];
    Actor receiver =
        Actor.Kind.VIRTUAL.start(() -> {
          for (int i = 0, received = 0; received < values; i++) {
            if (i % 7 == 0) {
              Thread.currentThread().interrupt();
            }
            try {
              Case<?> won = i % 3 == 0 ? select.await(Duration.ofNanos(20_000)) : select.await();
              if (won != null) {
                sum[0] += receive.value();
                received++;
              }
            } catch (InterruptedException e) {
              assertThat(i % 7).isZero();
            }
          }
        });
    for (int i = 1; i <= values; i++) {
      in.send(i);
    }
    receiver.join();
    assertThat(sum[0]).isEqualTo(values * (values + 1) / 2);
    assertThat(Queues.waiting(in) + Queues.waiting(out)).isZero();
  }

  @Test
  void aSelectThatHasWaitedKeepsNoThreadInMemory() throws InterruptedException {
    var select = Select.of(in.onReceive(), out.onReceive());
    WeakReference<Thread> gone = waitOnce(select);
    Eventually.that(
        "collection of the thread",
        () -> {
          System.gc();
          return gone.refersTo(null);
        });
    assertThat(select.poll()).isNull();
    assertThat(Queues.keepsWait(select)).isTrue();
  }

  @Test
  void aSendCaseThatLostLetsItsValueGoWhenItHasAnother() throws InterruptedException {
    Chan<Object> sending = Chan.unbuffered();
    SendCase<Object> send = sending.onSend("a first value");
    var select = Select.of(in.onReceive(), send);
    WeakReference<Object> gone = loseOnce(select, send);
    Eventually.that(
        "collection of the value",
        () -> {
          System.gc();
          return gone.refersTo(null);
        });
    assertThat(Queues.keepsWait(select)).isTrue();
  }

  private WeakReference<Object> loseOnce(Select select, SendCase<Object> send)
      throws InterruptedException {
    Object value = new Object();
    send.value(value);
    Actor actor = Actor.Kind.VIRTUAL.start(select::await).awaitWaiting();
    in.send(1);
    actor.join();
    send.value("another");
    return new WeakReference<>(value);
  }

  private WeakReference<Thread> waitOnce(Select select) throws InterruptedException {
    Actor actor = Actor.Kind.VIRTUAL.start(select::await).awaitWaiting();
    in.send(1);
    actor.join();
    return new WeakReference<>(actor.thread());
  }

  @Test
  void aTurnThatNeedNotWaitAllocatesNothing() throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var receive = in.onReceive();
    var send = in.onSend(1);
    var select = Select.of(out.onReceive(), receive, send);
    int turns = 20_000;
    long sum = 0;
    long before = 0;
    for (int i = -turns; i < turns; i++) { // from 0 on it counts; before, classes are loaded
      before = i == 0 ? threads.getCurrentThreadAllocatedBytes() : before;
      sum += select.await() == receive ? receive.value() : 0;
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(sum).isEqualTo(turns);
    assertThat(bytes).isLessThan(turns);
  }

  @Test
  void aSendCaseSendsTheValueItWasSetTo() throws InterruptedException {
    var send = out.onSend(1);
    var select = Select.of(send);
    select.await();
    assertThat(out.receive()).isEqualTo(1);
    assertThat(send.value(2)).isSameAs(send);
    select.await();
    assertThat(out.receive()).isEqualTo(2);
    select.await();
    assertThat(out.receive()).isEqualTo(2);
  }

  @Test
  void aHandlerMaySetWhatTheNextTurnSends() throws InterruptedException {
    var send = out.onSend(0);
    var select = Select.inOrder(in.onReceive(v -> send.value(v * 10)), send);
    in.send(7);
    select.await();
    select.await();
    assertThat(out.receive()).isEqualTo(70);
  }

  @Test
  void theValueOfASendCantBeSetWhileItsSelectWaits() throws InterruptedException {
    var send = Chan.<Integer>unbuffered().onSend(1);
    Actor actor = Actor.Kind.VIRTUAL.start(() -> Select.of(send, in.onReceive()).await());
    actor.awaitWaiting();
    assertThatIllegalStateException().isThrownBy(() -> send.value(2)).withMessageContaining("turn");
    in.send(1);
    actor.join();
    send.value(2);
  }

  @Test
  void onlyTheWinnerOfTheLastTurnHasAValue() throws InterruptedException {
    var first = in.onReceive();
    var second = out.onReceive();
    var select = Select.of(first, second);
    assertNoValue(first);
    in.send(1);
    select.await();
    assertThat(first.value()).isEqualTo(1);
    assertNoValue(second);
    out.send(2);
    select.await();
    assertThat(second.value()).isEqualTo(2);
    assertNoValue(first);
    select.poll();
    assertNoValue(second);
  }

  @Test
  void nobodyHasAValueAfterATurnThatWasInterrupted() throws InterruptedException {
    var receive = in.onReceive();
    var select = Select.of(receive);
    in.send(1);
    select.await();
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(select::await);
    assertNoValue(receive);
  }

  private static void assertNoValue(ReceiveCase<?> receive) {
    assertThatIllegalStateException()
        .isThrownBy(receive::value)
        .withMessageContaining("did not win");
    assertThat(receive.closed()).isFalse();
  }

  @Test
  void aCaseBelongsToOneReusableSelectOnce() throws InterruptedException {
    var bound = in.onReceive();
    var free = out.onReceive();
    Select.of(bound);
    assertThatIllegalStateException()
        .isThrownBy(() -> Select.of(free, bound))
        .withMessageContaining("fresh case");
    assertThatIllegalStateException().isThrownBy(() -> select(free, bound));
    assertThatIllegalStateException().isThrownBy(() -> select(bound.map(v -> v)));
    assertThatIllegalStateException().isThrownBy(() -> Select.inOrder(free, free));
    assertThatIllegalStateException().isThrownBy(() -> select(free, free));
    Select.of(free); // what was refused has taken nothing
  }

  @Test
  void aOneShotSelectLetsItsCasesGo() throws InterruptedException {
    var receive = in.onReceive();
    for (int i = 0; i < 3; i++) {
      in.send(i);
      assertThat(select(receive)).isEqualTo(i);
    }
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> select(receive));
    Select.of(receive);
  }

  @Test
  void aCaseInUseByAWaitingSelectIsRefused() throws InterruptedException {
    var receive = in.onReceive();
    Actor actor = Actor.Kind.VIRTUAL.start(() -> select(receive)).awaitWaiting();
    assertThatIllegalStateException().isThrownBy(() -> select(receive));
    assertThatIllegalStateException().isThrownBy(() -> Select.of(receive));
    in.send(1);
    actor.join();
  }

  @Test
  void aMappedCaseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Select.of(in.onReceive().map(v -> v)))
        .withMessageContaining("mapped");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Select.inOrder(out.onSend(1).map(() -> 1)));
  }

  @Test
  void twoOtherwisesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> select(otherwise(() -> {}), otherwise(() -> {})))
        .withMessageContaining("otherwise");
  }

  @Test
  void concurrentUseIsRefusedAndHarmsNothing() throws InterruptedException {
    var receive = in.onReceive();
    var select = Select.of(receive);
    Actor actor = Actor.Kind.VIRTUAL.start(select::await).awaitWaiting();
    assertThatIllegalStateException().isThrownBy(select::await).withMessageContaining("in use");
    assertThatIllegalStateException().isThrownBy(select::poll);
    assertThatIllegalStateException().isThrownBy(() -> select.await(Duration.ZERO));
    in.send(1);
    actor.join();
    assertThat(select.poll()).isNull();
  }

  @Test
  void aHandlerCantUseItsOwnSelect() throws InterruptedException {
    var selects = new ArrayList<Select>();
    selects.add(Select.of(in.onReceive(v -> selects.getFirst().poll())));
    in.send(1);
    assertThatIllegalStateException().isThrownBy(selects.getFirst()::await);
  }

  @Test
  void itsCasesAreThoseItWasGivenThen() throws InterruptedException {
    var receive = in.onReceive();
    Case<?>[] cases = {receive};
    var select = Select.of(cases);
    cases[0] = out.onReceive();
    in.send(1);
    assertThat(select.await()).isSameAs(receive);
    assertThatNullPointerException().isThrownBy(() -> select.await(null));
  }
}
