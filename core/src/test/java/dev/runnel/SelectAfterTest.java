package dev.runnel;

import static dev.runnel.Select.after;
import static dev.runnel.Select.afterGet;
import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases that win when a time has passed. */
class SelectAfterTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Chan<String> channel = Chan.buffered(1);

  @Test
  void winsWhenNothingElseComes() throws InterruptedException {
    assertThat(select(channel.onReceive(), afterGet(SOON, () -> "late"))).isEqualTo("late");
    assertThat(select(afterGet(SOON, () -> "alone"))).isEqualTo("alone");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void zeroOrNegativeWinsAtOnceButOnlyIfNoOtherIsReady(long seconds) throws InterruptedException {
    Duration now = Duration.ofSeconds(seconds);
    for (int i = 0; i < 100; i++) {
      assertThat(select(afterGet(now, () -> "now"), channel.onReceive())).isEqualTo("now");
      channel.send("value");
      assertThat(select(afterGet(now, () -> "now"), channel.onReceive())).isEqualTo("value");
    }
  }

  @Test
  void otherwiseComesBeforeAnyTime() throws InterruptedException {
    assertThat(select(afterGet(HOUR, () -> "hour"), otherwiseGet(() -> "now"))).isEqualTo("now");
    assertThat(select(afterGet(Duration.ZERO, () -> "zero"), otherwiseGet(() -> "now")))
        .isEqualTo("now");
  }

  @Test
  void pollAndTimedAwaitKnowTheTimeToo() throws InterruptedException {
    var now = after(Duration.ZERO, () -> {});
    assertThat(Select.of(channel.onReceive(), now).poll()).isSameAs(now);
    assertThat(Select.of(channel.onReceive(), after(HOUR, () -> {})).poll()).isNull();
    assertThat(Select.of(channel.onReceive(), after(HOUR, () -> {})).await(SOON)).isNull();
    var soon = after(SOON, () -> {});
    assertThat(Select.of(channel.onReceive(), soon).await(HOUR)).isSameAs(soon);
    var asSoon = after(SOON, () -> {});
    assertThat(Select.of(channel.onReceive(), asSoon).await(SOON)).isSameAs(asSoon);
  }

  @Test
  void aTimeOfCenturiesSaturates() throws InterruptedException {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    Actor actor =
        Actor.Kind.VIRTUAL.start(() -> select(channel.onReceive(), after(longest, () -> {})));
    actor.awaitWaiting();
    channel.send("value");
    actor.join();
  }

  @Test
  void noSelectStartsAThreadOfItsOwn() throws InterruptedException {
    Chan<String> never = Chan.unbuffered();
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      actors.add(Actor.Kind.VIRTUAL.start(() -> select(never.onReceive(), after(HOUR, () -> {}))));
    }
    for (Actor actor : actors) {
      actor.awaitWaiting();
    }
    long clocks =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().startsWith("runnel"))
            .count();
    assertThat(clocks).isOne();
    never.close();
    for (Actor actor : actors) {
      actor.join();
    }
  }
}
