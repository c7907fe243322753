package dev.runnel;

import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Garbage;
import dev.runnel.testkit.Queues;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A select that waits: what wakes it, and what it leaves behind. */
class SelectWaitingTest {
  private final Chan<Object> a = Chan.unbuffered();
  private final Chan<Object> b = Chan.unbuffered();

  @ParameterizedTest
  @EnumSource
  void aSenderServesAWaitingSelectAndTheLosersLeaveNoTrace(Actor.Kind kind)
      throws InterruptedException {
    AtomicReference<Object> got = new AtomicReference<>();
    Actor actor = kind.start(() -> got.set(select(a.onReceive(), b.onReceive(), a.onSend("mine"))));
    actor.awaitWaiting();
    assertThat(Queues.waiting(a)).isEqualTo(2);
    b.send("yours");
    actor.join();
    assertThat(got).hasValue("yours");
    assertNoTrace();
    assertThat(a.tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
  }

  @ParameterizedTest
  @EnumSource
  void aReceiverServesAWaitingSelectAndTheLosersLeaveNoTrace(Actor.Kind kind)
      throws InterruptedException {
    Actor actor = kind.start(() -> select(a.onSend("to a"), b.onSend("to b"), b.onReceive()));
    actor.awaitWaiting();
    assertThat(a.receive()).isEqualTo("to a");
    actor.join();
    assertNoTrace();
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheWaitAndLeavesNoTrace(Actor.Kind kind) throws InterruptedException {
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Actor actor =
        kind.start(() -> {
          try {
            select(a.onReceive(), b.onSend("x"));
          } finally {
            flag.set(Thread.currentThread().isInterrupted());
          }
        });
    actor.awaitWaiting().interrupt();
    assertThat(actor.joinForFailure()).isInstanceOf(InterruptedException.class);
    assertThat(flag).hasValue(false);
    assertNoTrace();
    assertThat(a.trySend("x")).isFalse();
    assertThat(b.tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
  }

  @Test
  void noCasesOrOnlyNilOnesWaitForEverButForAnInterrupt() throws InterruptedException {
    Chan<Object> nil = Chan.nil();
    Actor none = Actor.Kind.VIRTUAL.start(() -> select());
    Actor nilOnes = Actor.Kind.VIRTUAL.start(() -> select(nil.onReceive(), nil.onSend(1)));
    Actor reusable = Actor.Kind.PLATFORM.start(() -> Select.of(nil.onReceive()).await());
    for (Actor actor : new Actor[] {none, nilOnes, reusable}) {
      actor.awaitWaiting().interrupt();
      assertThat(actor.joinForFailure()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aSelectOnBothSidesOfAChannelNeverMatchesItself() throws InterruptedException {
    assertThat(Select.of(a.onReceive(), a.onSend("mine")).poll()).isNull();
    Actor actor = Actor.Kind.VIRTUAL.start(() -> select(a.onReceive(), a.onSend("mine")));
    actor.awaitWaiting();
    assertThat(Queues.waiting(a)).isEqualTo(2);
    assertThat(a.receive()).isEqualTo("mine");
    actor.join();
    assertNoTrace();
  }

  @Test
  void twoSelectsOnBothSidesOfAChannelMatchEachOther() throws InterruptedException {
    AtomicReference<Object> got = new AtomicReference<>("nothing");
    Actor first = Actor.Kind.VIRTUAL.start(() -> got.set(select(a.onReceive(), a.onSend("first"))));
    first.awaitWaiting();
    Object mine = select(a.onReceive(), a.onSend("second"));
    first.join();
    if (mine == null) {
      assertThat(got).hasValue("second");
    } else {
      assertThat(mine).isEqualTo("first");
      assertThat(got).hasValue(null);
    }
    assertNoTrace();
  }

  @Test
  void aWaitingSendSelectMeetsAReceiveSelect() throws InterruptedException {
    Actor sender = Actor.Kind.VIRTUAL.start(() -> select(a.onSend(1), b.onSend(2)));
    sender.awaitWaiting();
    assertThat(select(b.onReceive(), Chan.nil().onReceive())).isEqualTo(2);
    sender.join();
    assertNoTrace();
  }

  @Test
  void aWaitingReceiveSelectMeetsASendSelect() throws InterruptedException {
    AtomicReference<Object> got = new AtomicReference<>();
    Actor receiver = Actor.Kind.VIRTUAL.start(() -> got.set(select(a.onReceive(), b.onReceive())));
    receiver.awaitWaiting();
    select(b.onSend(2), Chan.nil().onSend(1));
    receiver.join();
    assertThat(got).hasValue(2);
    assertNoTrace();
  }

  @Test
  void selectsAndPlainReceiversAreServedInTheOrderTheyCame() throws InterruptedException {
    Chan<Object> order = Chan.unbounded();
    for (int i = 0; i < 6; i++) {
      String name = "waiter " + i;
      boolean selects = i % 2 == 0;
      Actor.Kind.VIRTUAL
          .start(() -> {
            Object v = selects ? select(b.onReceive(), a.onReceive()) : a.receive();
            order.send(name + " got " + v);
          })
          .awaitWaiting();
    }
    for (int i = 0; i < 6; i++) {
      a.send(i);
      assertThat(order.receive()).isEqualTo("waiter " + i + " got " + i);
    }
  }

  @Test
  void theValueOfALosingSendIsGarbageAtOnce() throws InterruptedException {
    WeakReference<Object> value = loseASend();
    Garbage.awaitCollection("the value that did not go", value);
    a.close(); // keeps the channel in use until here
  }

  private WeakReference<Object> loseASend() throws InterruptedException {
    Object value = new Object();
    WeakReference<Object> reference = new WeakReference<>(value);
    AtomicReference<Object> box = new AtomicReference<>(value);
    Actor actor =
        Actor.Kind.PLATFORM.start(
            () -> select(a.onSend(box.getAndSet(null)), b.onReceive())); // box: not in the lambda
    actor.awaitWaiting();
    b.send("wins");
    actor.join();
    return reference;
  }

  @Test
  void aDroppingChannelIsAlwaysReadyForASend() throws InterruptedException {
    Chan<Integer> latest = Chan.buffered(1, Overflow.DROP_LATEST);
    Chan<Integer> oldest = Chan.buffered(1, Overflow.DROP_OLDEST);
    for (int i = 0; i < 3; i++) {
      select(latest.onSend(i));
      var send = oldest.onSend(i);
      assertThat(Select.of(send).poll()).isSameAs(send);
    }
    assertThat(latest.receive()).isZero();
    assertThat(oldest.receive()).isEqualTo(2);
    assertThat(latest.dropped()).isEqualTo(2);
    assertThat(oldest.dropped()).isEqualTo(2);
  }

  @Test
  void aNullCaseIsNamedByItsIndexAndTheOthersStayFree() throws InterruptedException {
    var free = Chan.<Object>unbounded().onSend(1);
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> select(free, null))
        .withMessageContaining("case 1");
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> Select.of(free, free, null))
        .withMessageContaining("case 2");
    select(free);
  }

  private void assertNoTrace() {
    assertThat(Queues.waiting(a)).isZero();
    assertThat(Queues.waiting(b)).isZero();
  }
}
