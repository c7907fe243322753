package dev.runnel;

import static dev.runnel.Select.otherwise;
import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Queues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which case wins. */
class SelectChoiceTest {
  /** With these, a fair count is off by 10 % less than once in 10^20 runs. */
  private static final int TURNS = 10_000;

  @Test
  void allReadyCasesHaveTheSameChanceInAOneShotSelect() throws InterruptedException {
    Chan<Integer> closed = closed();
    Chan<Integer> full = Chan.buffered(1);
    Chan<Integer> room = Chan.unbounded();
    Chan<Integer> idle = Chan.unbuffered();
    Integer[] wins = {0, 0, 0};
    for (int i = 0; i < TURNS; i++) {
      full.trySend(1);
      select(
          idle.onReceive(v -> {}),
          closed.onReceive(v -> {}, () -> wins[0]++),
          full.onReceive(v -> wins[1]++),
          room.onSend(1, () -> wins[2]++));
    }
    assertThat(wins).allSatisfy(n -> assertThat(n).isBetween(TURNS / 3 - 400, TURNS / 3 + 400));
  }

  @Test
  void allReadyCasesHaveTheSameChanceInAReusableSelect() throws InterruptedException {
    List<Case<?>> cases = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      cases.add(closed().onReceive());
    }
    Select select = Select.of(cases.toArray(Case<?>[]::new));
    Integer[] wins = {0, 0, 0, 0, 0};
    for (int i = 0; i < TURNS; i++) {
      wins[cases.indexOf(select.await())]++;
    }
    assertThat(wins).allSatisfy(n -> assertThat(n).isBetween(TURNS / 5 - 400, TURNS / 5 + 400));
  }

  @Test
  void theSameChannelTwiceCountsTwice() throws InterruptedException {
    Chan<Integer> twice = closed();
    Chan<Integer> once = closed();
    int[] wins = new int[1];
    for (int i = 0; i < TURNS; i++) {
      select(
          twice.onReceive(v -> {}, () -> {}),
          once.onReceive(v -> {}, () -> wins[0]++),
          twice.onReceive(v -> {}, () -> {}));
    }
    assertThat(wins[0]).isBetween(TURNS / 3 - 400, TURNS / 3 + 400);
  }

  @Test
  void inOrderAlwaysPrefersTheFirstReadyCase() throws InterruptedException {
    Chan<Integer> urgent = Chan.buffered(1);
    Chan<Integer> other = closed();
    var first = urgent.onReceive();
    var second = other.onReceive();
    var third = closed().onReceive();
    var select = Select.inOrder(first, second, third);
    for (int i = 0; i < 1000; i++) {
      assertThat(select.await()).isSameAs(second);
      urgent.send(i);
      assertThat(select.await()).isSameAs(first);
      assertThat(first.value()).isEqualTo(i);
    }
  }

  @Test
  void otherwiseWinsOnlyIfNoneIsReady() throws InterruptedException {
    Chan<Integer> values = Chan.buffered(1);
    for (int i = 0; i < 1000; i++) {
      Chan<Integer> none = Chan.nil();
      assertThat(select(otherwiseGet(() -> -1), values.onReceive(), none.onReceive()))
          .isEqualTo(-1);
      values.send(i);
      assertThat(select(otherwiseGet(() -> -1), values.onReceive(), none.onReceive())).isEqualTo(i);
    }
    assertThat(Queues.waiting(values)).isZero();
  }

  @Test
  void otherwiseAloneWinsAtOnce() throws InterruptedException {
    List<String> seen = new ArrayList<>();
    select(otherwise(() -> seen.add("idle")));
    assertThat(seen).containsExactly("idle");
  }

  @Test
  void aPendingInterruptWinsOverOtherwiseAndOverReadyCases() {
    Chan<Integer> ready = Chan.buffered(1);
    ready.trySend(1);
    var reusable = Select.of(ready.onReceive(), otherwise(() -> {}));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> select(ready.onReceive(), otherwiseGet(() -> 0)));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(reusable::await);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(reusable::poll);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> reusable.await(Duration.ZERO));
    assertThat(ready.length()).isOne();
  }

  /** A value is always in one of the two, so a look that is not one moment would miss it. */
  @Test
  void allChannelsAreLookedAtInOneMoment() throws InterruptedException {
    Chan<Integer> a = Chan.buffered(2);
    Chan<Integer> b = Chan.buffered(2);
    b.send(0);
    Actor mover =
        Actor.Kind.PLATFORM.start(() -> {
          while (true) {
            a.send(1);
            b.receiveOrThrow();
            b.send(1);
            a.receiveOrThrow();
          }
        });
    for (int i = 0; i < 50_000; i++) {
      Chan<Integer> from =
          select(a.onReceive().map(v -> a), otherwiseGet(() -> null), b.onReceive().map(v -> b));
      assertThat(from).as("turn %s", i).isNotNull();
      from.send(1);
    }
    mover.interrupt();
    assertThat(mover.joinForFailure()).isInstanceOf(InterruptedException.class);
  }

  private static Chan<Integer> closed() {
    Chan<Integer> channel = Chan.unbuffered();
    channel.close();
    return channel;
  }
}
