package dev.runnel.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runnel.Chan;
import dev.runnel.Overflow;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a channel reads of a log, step by step. */
@Timeout(60)
@ExtendWith(Accounted.class)
class LogRingTest {
  private final Log log = new Log();

  private LogRing<Integer> reader(int capacity) {
    return new LogRing<>(log, capacity, Overflow.SUSPEND);
  }

  /** A sender: asks everybody before each value. */
  private void send(int value, List<LogRing<Integer>> readers) {
    for (LogRing<Integer> reader : readers) {
      if (reader.due() <= log.end() && !reader.follows()) {
        reader.channel().trySend(value);
      }
    }
    log.append(value, () -> readers.forEach(LogRing::serve));
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void itReadsFromTheFirstValueThatItWasAskedFor() {
    LogRing<Integer> reader = reader(5);
    send(1, List.of());
    assertThat(reader.channel().length()).isZero();
    send(2, List.of(reader));
    assertThat(reader.channel().length()).isEqualTo(1);
    assertThat(Channels.drain(reader.channel())).containsExactly(2);
  }

  @Test
  void itIsAskedOnlyWhenItsRoomOrTheLogIsUsedUp() {
    LogRing<Integer> small = reader(3);
    LogRing<Integer> large = reader(1000);
    send(0, List.of(small, large));
    assertThat(small.due()).isEqualTo(3);
    assertThat(large.due()).isEqualTo(Log.LENGTH);
    Channels.drain(small.channel());
    send(1, List.of(small, large));
    assertThat(small.due()).isEqualTo(3);
    send(2, List.of(small, large));
    send(3, List.of(small, large));
    assertThat(small.due()).as("two wait, and this is the third").isEqualTo(4);
    assertThat(Channels.drain(small.channel())).containsExactly(1, 2, 3);
  }

  @Test
  void whatIsInTheLogLongerThanItIsAreTheChannelsOwnValues() {
    LogRing<Integer> slow = reader(1000);
    int many = 5 * Log.LENGTH + 7;
    for (int i = 0; i < many; i++) {
      send(i, List.of(slow));
    }
    assertThat(slow.channel().length()).isEqualTo(many);
    assertThat(Channels.drain(slow.channel())).containsExactlyElementsOf(numbers(0, many));
  }

  @Test
  void aValueForWhomThereIsNoRoomIsPassedOver() {
    LogRing<Integer> full = reader(2);
    LogRing<Integer> other = reader(100);
    for (int i = 0; i < 5; i++) {
      send(i, List.of(full, other));
    }
    assertThat(Channels.drain(full.channel())).containsExactly(0, 1);
    send(5, List.of(full, other));
    assertThat(Channels.drain(full.channel())).containsExactly(5);
    assertThat(Channels.drain(other.channel())).containsExactlyElementsOf(numbers(0, 6));
  }

  @Test
  void whatOneWaitsForNobodyElseSees() throws Exception {
    LogRing<Integer> reader = reader(5);
    Chan<Integer> channel = reader.channel();
    assertThat(reader.follows()).isTrue();
    Actor waiting = Actor.Kind.VIRTUAL.start(() -> assertThat(channel.receive()).isEqualTo(1));
    waiting.awaitWaiting();
    log.append(
        1,
        () -> {
          assertThat(channel.length()).isZero();
          assertThat(channel.tryReceive().hasValue()).isFalse();
          reader.serve();
        });
    waiting.join();
  }

  @Test
  void manyWhoWaitGetAValueEach() throws Exception {
    LogRing<Integer> reader = reader(5);
    List<Actor> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int me = i;
      waiting.add(
          Actor.Kind.VIRTUAL
              .start(() -> assertThat(reader.channel().receive()).isEqualTo(me))
              .awaitWaiting());
    }
    for (int i = 0; i < 3; i++) {
      send(i, List.of(reader));
    }
    for (Actor actor : waiting) {
      actor.join();
    }
    assertThat(reader.channel().length()).isZero();
  }

  @Test
  void whoWasNotServedIsServedWithTheNextValue() throws Exception {
    LogRing<Integer> reader = reader(5);
    assertThat(reader.follows()).isTrue();
    Actor waiting =
        Actor.Kind.PLATFORM.start(() -> assertThat(reader.channel().receive()).isEqualTo(1));
    waiting.awaitWaiting();
    assertThatIllegalStateException()
        .isThrownBy(() ->
            log.append(
                1,
                () -> {
                  throw new IllegalStateException("the sender breaks off");
                }));
    send(2, List.of(reader));
    waiting.join();
    assertThat(Channels.drain(reader.channel())).containsExactly(2);
  }

  @Test
  void whatHasNotBeenReadAtTheEndIsKept() {
    LogRing<Integer> ended = reader(5);
    LogRing<Integer> other = reader(1000);
    send(1, List.of(ended, other));
    send(2, List.of(ended, other));
    ended.channel().close();
    for (int i = 0; i < 2 * Log.LENGTH; i++) {
      send(3, List.of(other));
    }
    assertThat(ended.follows()).isFalse();
    assertThat(Channels.drain(ended.channel())).containsExactly(1, 2);
    assertThat(ended.channel().tryReceive().isClosed()).isTrue();
  }

  @Test
  void aSenderThatGaveUpBeforeItAppendedLosesNothingForOthers() {
    LogRing<Integer> full = reader(1);
    send(1, List.of(full));
    assertThat(full.follows()).as("of a value that never comes").isFalse();
    assertThat(Channels.drain(full.channel())).containsExactly(1);
    send(2, List.of(full));
    assertThat(Channels.drain(full.channel())).containsExactly(2);
  }
}
