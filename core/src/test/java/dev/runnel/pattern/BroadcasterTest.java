package dev.runnel.pattern;

import static dev.runnel.Go.go;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.Select;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Channels;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody gets every value, as far as they keep up; nobody holds up others unasked. */
@Timeout(60)
@ExtendWith(Accounted.class)
class BroadcasterTest {
  private final Broadcaster<Integer> news = Broadcaster.create();

  private void send(int... values) throws InterruptedException {
    for (int value : values) {
      news.send(value);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoKeepsUpGetsEverything(WhenFull whenFull) throws Exception {
    try (var a = news.subscribe(3, whenFull);
        var b = news.subscribe(3, whenFull)) {
      send(1, 2, 3);
      assertThat(Channels.drain(a)).containsExactly(1, 2, 3);
      assertThat(Channels.drain(b)).containsExactly(1, 2, 3);
      send(4);
      assertThat(Channels.drain(a)).containsExactly(4);
      assertThat(Channels.drain(b)).containsExactly(4);
      assertThat(news.dropped()).isZero();
    }
    assertThat(news.subscribers()).isZero();
  }

  @Test
  void nobodyIsListening() throws Exception {
    send(1);
    assertThat(news.dropped()).isZero();
    try (var late = news.subscribe(1)) {
      assertThat(late.tryReceive().hasValue()).isFalse();
    }
  }

  @Test
  void theNewestIsDropped() throws Exception {
    var sub = news.subscribe(2);
    send(1, 2, 3, 4);
    assertThat(sub.dropped()).isEqualTo(2);
    assertThat(news.dropped()).isEqualTo(2);
    assertThat(Channels.drain(sub)).containsExactly(1, 2);
    send(5);
    assertThat(Channels.drain(sub)).containsExactly(5);
    sub.close();
    assertThat(news.dropped()).as("of those who left, too").isEqualTo(2);
  }

  @Test
  void theOldestIsDropped() throws Exception {
    try (var sub = news.subscribe(2, WhenFull.DROP_OLDEST)) {
      send(1, 2, 3, 4);
      assertThat(sub.dropped()).isEqualTo(2);
      assertThat(Channels.drain(sub)).containsExactly(3, 4);
    }
  }

  @Test
  void theSlowIsDisconnected() throws Exception {
    var sub = news.subscribe(2, WhenFull.DISCONNECT);
    send(1, 2, 3);
    assertThat(news.subscribers()).isZero();
    send(4);
    assertThat(List.of(sub.receiveOrThrow(), sub.receiveOrThrow())).containsExactly(1, 2);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(sub::receive)
        .withCauseInstanceOf(SlowSubscriberException.class);
    assertThat(sub.dropped()).isEqualTo(1);
    assertThat(news.dropped()).isEqualTo(1);
  }

  @Test
  void theSenderWaitsForWhoAskedForItAfterTheOthersHaveGotTheValue() throws Exception {
    try (var slow = news.subscribe(1, WhenFull.BLOCK);
        var quick = news.subscribe(10)) {
      send(1);
      Actor sender = Actor.Kind.VIRTUAL.start(() -> send(2)).awaitWaiting();
      assertThat(Channels.drain(quick)).containsExactly(1, 2);
      assertThat(slow.receive()).isEqualTo(1);
      sender.join();
      assertThat(slow.receive()).isEqualTo(2);
      assertThat(slow.dropped()).isZero();
    }
  }

  @Test
  void whileASenderWaitsOthersComeAndGo() throws Exception {
    var slow = news.subscribe(0, WhenFull.BLOCK);
    Actor sender = Actor.Kind.PLATFORM.start(() -> send(1, 2)).awaitWaiting();
    var other = news.subscribe(5);
    assertThat(news.subscribers()).isEqualTo(2);
    slow.close();
    sender.join();
    assertThat(Channels.drain(other)).as("it came after 1").containsExactly(2);
    other.close();
    assertThat(news.subscribers()).isZero();
  }

  @Test
  void aWaitingSenderCanBeInterrupted() throws Exception {
    try (var slow = news.subscribe(0, WhenFull.BLOCK)) {
      Actor sender = Actor.Kind.VIRTUAL.start(() -> send(1)).awaitWaiting();
      sender.interrupt();
      assertThat(sender.joinForFailure()).isInstanceOf(InterruptedException.class);
      assertThat(slow.tryReceive().hasValue()).isFalse();
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> send(2));
    }
  }

  @Test
  void aWaitingSenderWatchesItsContext() throws Exception {
    try (var slow = news.subscribe(0, WhenFull.BLOCK);
        var ctx = Context.background().withCancel()) {
      Actor sender = Actor.Kind.VIRTUAL.start(() -> news.send(1, ctx)).awaitWaiting();
      Actor second = Actor.Kind.VIRTUAL.start(() -> news.send(2, ctx)).awaitWaiting();
      ctx.cancel();
      assertThat(sender.joinForFailure()).isInstanceOf(ContextException.class);
      assertThat(second.joinForFailure()).isInstanceOf(ContextException.class);
      assertThat(slow.tryReceive().hasValue()).isFalse();
    }
  }

  @Test
  void closeEndsEverySubscriptionAfterWhatIsBuffered() throws Exception {
    var slow = news.subscribe(0, WhenFull.BLOCK);
    var buffered = news.subscribe(2);
    Actor sender = Actor.Kind.VIRTUAL.start(() -> send(1)).awaitWaiting();
    news.close();
    news.close();
    sender.join();
    assertThat(buffered.stream()).containsExactly(1);
    assertThat(slow.receive()).isNull();
    assertThat(news.subscribers()).isZero();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> send(2));
    assertThat(news.fail(new IOException())).isFalse();
    assertThat(news.subscribe(1).receive()).as("too late").isNull();
    slow.close();
  }

  @Test
  void aFailureGoesThrough() throws Exception {
    var sub = news.subscribe(2);
    send(1);
    IOException failure = new IOException("source");
    assertThat(news.fail(failure)).isTrue();
    assertThat(sub.receive()).isEqualTo(1);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(sub::receive)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(() -> news.subscribe(1).receive());
    assertThatNullPointerException().isThrownBy(() -> news.fail(null));
  }

  @Test
  void latecomersGetTheLatest() throws Exception {
    var replaying = Broadcaster.<Integer>replaying(2);
    for (int i = 1; i <= 3; i++) {
      replaying.send(i);
    }
    try (var late = replaying.subscribe(1)) {
      replaying.send(4);
      assertThat(Channels.drain(late)).containsExactly(2, 3, 4);
    }
    replaying.close();
    assertThat(replaying.subscribe(1).stream()).as("even after the end").containsExactly(3, 4);
  }

  @Test
  void nobodyMissesOrGetsTwiceWhatIsSentWhileTheySubscribe() throws Exception {
    int many = 3000;
    var replaying = Broadcaster.<Integer>replaying(many);
    var sender =
        go(() -> {
          for (int i = 0; i < many; i++) {
            replaying.send(i);
          }
          replaying.close();
        });
    do {
      List<Integer> all = replaying.subscribe(many).stream().toList();
      assertThat(all).hasSize(many).isSorted();
    } while (!sender.isDone());
    sender.join();
  }

  @Test
  void allSeeTheSameOrderHoweverManySend() throws Exception {
    var a = news.subscribe(4000);
    var b = news.subscribe(4000);
    WaitGroup senders = new WaitGroup();
    for (int i = 0; i < 4; i++) {
      int start = i * 1000;
      senders.go(() -> {
        for (int n = start; n < start + 1000; n++) {
          send(n);
        }
      });
    }
    senders.await();
    news.close();
    List<Integer> seen = a.stream().toList();
    assertThat(seen).hasSize(4000);
    assertThat(b.stream()).containsExactlyElementsOf(seen);
  }

  @Test
  void withoutABufferOnlyWhoWaitsGetsAValue() throws Exception {
    try (var sub = news.subscribe(0)) {
      send(1);
      assertThat(sub.dropped()).isEqualTo(1);
      Actor waiting = Actor.Kind.VIRTUAL.start(() -> assertThat(sub.receive()).isEqualTo(2));
      waiting.awaitWaiting();
      send(2);
      waiting.join();
    }
  }

  @Test
  void aSubscriptionTakesPartInASelect() throws Exception {
    try (var sub = news.subscribe(1)) {
      send(7);
      String got =
          Select.select(
              sub.onReceive().map(v -> "news " + v),
              Chan.<Integer>nil().onReceive().map(v -> "no"));
      assertThat(got).isEqualTo("news 7");
      assertThat(sub.receive(ofMillis(1)).hasValue()).isFalse();
    }
  }

  @Test
  void subscribersComeAndGoUnderLoad() throws Exception {
    var sender =
        go(() -> {
          for (int i = 0; i < 5000; i++) {
            send(i);
          }
          news.close();
        });
    WaitGroup subscribers = new WaitGroup();
    for (int i = 0; i < 8; i++) {
      WhenFull whenFull = List.of(WhenFull.values()).get(i % 4);
      subscribers.go(() -> {
        while (!sender.isDone()) {
          try (var sub = news.subscribe(3, whenFull)) {
            List<Integer> some = new ArrayList<>();
            for (int n = 0; n < 10; n++) {
              Integer value = sub.receive();
              if (value == null) {
                return;
              }
              some.add(value);
            }
            assertThat(some).isSorted().doesNotHaveDuplicates();
          } catch (ChannelFailedException e) {
            assertThat(e).hasCauseInstanceOf(SlowSubscriberException.class);
          }
        }
      });
    }
    subscribers.await();
    sender.join();
    assertThat(sender.failure()).isNull();
    Eventually.that("the end", () -> Goroutines.others().isEmpty());
    assertThat(news.subscribers()).isZero();
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> news.subscribe(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Broadcaster.replaying(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> news.subscribe(0, WhenFull.DROP_OLDEST));
    assertThatNullPointerException().isThrownBy(() -> news.send(null));
    assertThat(news.toString()).isEqualTo("broadcaster to 0");
  }
}
