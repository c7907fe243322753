package dev.runnel.stress;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.Goroutine;
import dev.runnel.Select;
import dev.runnel.testkit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Selects that race with one another, with closes and with the ends of contexts. */
class SelectStormTest {

  /**
   * Each receives from one channel and sends to the next, so that all are partners of all; with one
   * channel, everybody is on both sides of it, and nobody may get what it offers itself.
   */
  @ParameterizedTest
  @CsvSource({"1, 2", "1, 8", "2, 2", "3, 3", "3, 9", "50, 50"})
  void aRingOfSelectsKeepsTurningAndLosesNothing(int channels, int workers)
      throws InterruptedException {
    assertThat(SelectRing.run(channels, workers)).isPositive();
  }

  /** Two selects over crossed channels, and a close or a cancel, all at the same moment. */
  @Test
  void exactlyOneOfEverythingWinsAtTheSameMoment() throws InterruptedException {
    Turns rounds = Turns.of(8_000);
    for (int round = 0; rounds.allow(round); round++) {
      Chan<Integer> a = Chan.unbuffered();
      Chan<Integer> b = Chan.unbuffered();
      CancelContext ctx = Context.background().withCancel();
      AtomicIntegerArray count = new AtomicIntegerArray(2); // sent, received
      StartLine start = new StartLine(4);
      Goroutine sender =
          go(() -> {
            start.await();
            Select.select(
                a.onSend(1, () -> count.incrementAndGet(0)),
                b.onSend(2, () -> count.incrementAndGet(0)),
                ctx.onDone(() -> {}));
          });
      Goroutine receiver =
          go(() -> {
            start.await();
            Select.select(
                b.onReceive(v -> count.addAndGet(1, v - 1), () -> {}),
                a.onReceive(v -> count.addAndGet(1, v), () -> {}),
                ctx.onDone(() -> {}));
          });
      Goroutine third =
          go(() -> {
            start.await();
            Select.select(
                a.onReceive(v -> count.addAndGet(1, v), () -> {}),
                b.onReceive(v -> count.addAndGet(1, v - 1), () -> {}),
                ctx.onDone(() -> {}));
          });
      start.await();
      if (round % 2 == 1) {
        receiver.join(Duration.ofNanos(round % 64 * 100L));
      }
      if (round % 4 < 2) {
        ctx.cancel();
      } else {
        sender.join(); // it would throw if its channel were closed
        a.close();
        b.close();
      }
      sender.join();
      receiver.join();
      third.join();
      assertThat(sender.failure()).as("round %s", round).isNull();
      assertThat(receiver.failure()).as("round %s", round).isNull();
      assertThat(third.failure()).as("round %s", round).isNull();
      assertThat(count.get(1)).as("received in round %s", round).isEqualTo(count.get(0));
      assertThat(WhiteBox.waitersOf(a) + WhiteBox.waitersOf(b)).isZero();
      assertThat(WhiteBox.waitersOf(ctx.done())).isZero();
    }
  }

  /**
   * All who wait when a channel closes learn of it, whether they wait there alone or elsewhere too,
   * and whether they have come to wait or are still on their way.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCloseReachesEverySelectThatWaits(boolean fails) throws InterruptedException {
    Turns rounds = Turns.of(20);
    for (int round = 0; rounds.allow(round); round++) {
      Chan<Integer> closing = Chan.unbuffered();
      Chan<Integer> idle = Chan.unbuffered();
      Chan<Integer> full = Chan.unbuffered();
      List<Actor> waiters = new ArrayList<>();
      AtomicInteger told = new AtomicInteger();
      for (int i = 0; i < 200; i++) {
        boolean plain = i % 4 == 0;
        waiters.add(
            Actor.Kind.VIRTUAL.start(() -> {
              if (plain) {
                assertThat(closing.receive(Duration.ofHours(1)).isClosed()).isTrue();
                told.incrementAndGet();
                return;
              }
              var end = closing.onReceive();
              try {
                assertThat(Select.of(idle.onReceive(), end, full.onSend(1)).await()).isSameAs(end);
              } catch (ChannelFailedException failed) {
                assertThat(fails).isTrue();
              }
              assertThat(end.closed()).isTrue();
              told.incrementAndGet();
            }));
      }
      if (fails) {
        closing.fail(new IllegalStateException("as planned"));
      } else {
        closing.close();
      }
      for (Actor waiter : waiters) {
        waiter.join();
      }
      assertThat(told.get()).isEqualTo(200);
      assertThat(WhiteBox.waitersOf(closing)).isZero();
      assertThat(WhiteBox.waitersOf(idle) + WhiteBox.waitersOf(full)).isZero();
    }
  }
}
