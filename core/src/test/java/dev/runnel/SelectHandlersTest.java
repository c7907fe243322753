package dev.runnel;

import static dev.runnel.Select.after;
import static dev.runnel.Select.otherwise;
import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.testkit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers and mappings: where they run, what they may do and throw. */
class SelectHandlersTest {
  private final Chan<Integer> values = Chan.buffered(10);
  private final List<Object> seen = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void handlersRunOnTheCaller(Actor.Kind kind) throws InterruptedException {
    Actor actor =
        kind.start(() -> {
          select(values.onSend(1, () -> seen.add(Thread.currentThread())));
          select(values.onReceive(v -> seen.add(Thread.currentThread())));
          select(otherwise(() -> seen.add(Thread.currentThread())));
          select(after(Duration.ofNanos(1), () -> seen.add(Thread.currentThread())));
        });
    actor.join();
    assertThat(seen).hasSize(4).containsOnly(actor.thread());
  }

  @Test
  void whatAHandlerThrowsComesOutOfSelectAsItIs() throws InterruptedException {
    InterruptedException interrupt = new InterruptedException("by hand");
    RuntimeException failure = new RuntimeException("boom");
    values.sendAll(List.of(1, 2));
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() ->
            select(
                values.onReceive(v -> {
                  throw interrupt;
                })))
        .isSameAs(interrupt);
    Select reusable =
        Select.of(
            values.onReceive(v -> {
              throw failure;
            }));
    assertThatExceptionOfType(RuntimeException.class).isThrownBy(reusable::await).isSameAs(failure);
    assertThat(values.length()).isZero();
  }

  @Test
  void aReusableSelectStaysUsableAfterAnException() throws InterruptedException {
    var receive =
        values.onReceive(v -> {
          if (v == 13) {
            throw new IllegalArgumentException("unlucky");
          }
          seen.add(v);
        });
    var select = Select.of(receive);
    values.sendAll(List.of(13, 14));
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(select::await);
    assertThat(select.await()).isSameAs(receive);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(select::await);
    values.send(15);
    assertThat(select.poll()).isSameAs(receive);
    values.close();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(select::await);
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(select::await);
    assertThat(seen).containsExactly(14, 15);
  }

  @Test
  void onlyTheWinnersHandlerRuns() throws InterruptedException {
    values.send(1);
    select(
        Chan.<Integer>unbuffered().onReceive(v -> seen.add("wrong"), () -> seen.add("wrong")),
        values.onReceive(v -> seen.add("right"), () -> seen.add("wrong")),
        Chan.<Integer>nil().onSend(1, () -> seen.add("wrong")),
        otherwise(() -> seen.add("wrong")));
    assertThat(seen).containsExactly("right");
  }

  @Test
  void mappingsMakeTheResult() throws InterruptedException {
    String sent = select(values.onSend(7).map(() -> "sent"));
    assertThat(sent).isEqualTo("sent");
    String got = select(values.onReceive().map(v -> "got " + v));
    assertThat(got).isEqualTo("got 7");
    String idle = select(values.onReceive().map(v -> "got " + v), otherwiseGet(() -> "none"));
    assertThat(idle).isEqualTo("none");
    assertThat(this.<Object>selectOf(values.onSend(8))).isNull();
  }

  private <R> R selectOf(Case<? extends R> c) throws InterruptedException {
    return select(c);
  }

  @Test
  void aHandlerMaySelectOnTheSameChannels() throws InterruptedException {
    values.sendAll(List.of(1, 2));
    var receive = values.onReceive();
    select(receive.map(first -> seen.add(first) && seen.add(select(receive))));
    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void handlersAndMappingsCantBeNull() {
    assertThatNullPointerException().isThrownBy(() -> values.onReceive((Handler<Integer>) null));
    assertThatNullPointerException().isThrownBy(() -> values.onReceive(v -> {}, null));
    assertThatNullPointerException().isThrownBy(() -> values.onSend(null));
    assertThatNullPointerException().isThrownBy(() -> values.onSend(1, null));
    assertThatNullPointerException().isThrownBy(() -> values.onSend(1).value(null));
    assertThatNullPointerException().isThrownBy(() -> values.onSend(1).map(null));
    assertThatNullPointerException().isThrownBy(() -> values.onReceive().map(null));
    assertThatNullPointerException().isThrownBy(() -> values.onReceive().map(v -> v, null));
    assertThatNullPointerException().isThrownBy(() -> otherwise(null));
    assertThatNullPointerException().isThrownBy(() -> after(Duration.ZERO, null));
    assertThatNullPointerException().isThrownBy(() -> after(null, () -> {}));
    assertThatNullPointerException().isThrownBy(() -> Context.background().onDone(null));
  }
}
