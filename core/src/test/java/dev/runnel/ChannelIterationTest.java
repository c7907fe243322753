package dev.runnel;

import static dev.runnel.testkit.Channels.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.testkit.Actor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loops and streams take from a channel what they use, and nothing else. */
class ChannelIterationTest {
  private final Chan<Integer> chan = Chan.buffered(10);

  @BeforeEach
  void fiveValues() throws Exception {
    chan.sendAll(List.of(1, 2, 3, 4, 5));
  }

  @Test
  void aLoopEndsWithTheChannel() {
    chan.close();
    List<Integer> seen = new ArrayList<>();
    for (int value : chan) {
      seen.add(value);
    }
    assertThat(seen).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aLoopThatBreaksLeavesTheRest() {
    for (int value : chan) {
      if (value == 2) {
        break;
      }
    }
    assertThat(drain(chan)).containsExactly(3, 4, 5);
  }

  @Test
  void anIteratorReceivesOnlyWhenAsked() {
    Iterator<Integer> values = chan.iterator();
    assertThat(chan.length()).isEqualTo(5);
    assertThat(values.hasNext()).isTrue();
    assertThat(values.hasNext()).as("asked again").isTrue();
    assertThat(chan.length()).isEqualTo(4);
    assertThat(values.next()).isEqualTo(1);
    assertThat(values.next()).as("without hasNext").isEqualTo(2);
    assertThat(chan.length()).isEqualTo(3);
  }

  @Test
  void pastTheEndThereIsNoElement() {
    drain(chan);
    chan.close();
    Iterator<Integer> values = chan.iterator();
    assertThat(values.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(values::next);
  }

  @Test
  void aStreamTakesNoMoreThanItNeeds() {
    assertThat(chan.stream().limit(2)).containsExactly(1, 2);
    assertThat(chan.length()).isEqualTo(3);
    assertThat(chan.stream().findFirst()).hasValue(3);
    assertThat(chan.length()).isEqualTo(2);
    assertThat(chan.stream().anyMatch(value -> value == 4)).isTrue();
    assertThat(drain(chan)).containsExactly(5);
  }

  @Test
  void aStreamThatIsNotUsedTakesNothing() {
    var unused = chan.stream().map(value -> value * 2);
    assertThat(unused.isParallel()).isFalse();
    assertThat(chan.length()).isEqualTo(5);
  }

  @Test
  void aStreamsOwnIteratorTakesOneAtATime() {
    Iterator<Integer> values = chan.stream().map(value -> value * 10).iterator();
    assertThat(values.next()).isEqualTo(10);
    assertThat(chan.length()).isEqualTo(4);
  }

  @Test
  void anElementIsNotTakenForNobody() {
    var elements = chan.stream().spliterator();
    assertThatNullPointerException().isThrownBy(() -> elements.tryAdvance(null));
    assertThatNullPointerException().isThrownBy(() -> elements.forEachRemaining(null));
    assertThatNullPointerException().isThrownBy(() -> chan.iterator().forEachRemaining(null));
    assertThat(drain(chan)).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void evenAParallelStreamTakesAllInOrder() {
    chan.close();
    assertThat(chan.stream().parallel().map(value -> value * 10).toList())
        .containsExactly(10, 20, 30, 40, 50);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptIsThrownUncheckedAndItsFlagSetAgain(Actor.Kind kind) throws Exception {
    Chan<Integer> empty = Chan.unbuffered();
    Chan<String> caught = Chan.unbuffered();
    Actor looper =
        kind.start(
                () -> {
                  Iterator<Integer> values = empty.iterator();
                  assertThatExceptionOfType(InterruptedIterationException.class)
                      .isThrownBy(values::hasNext)
                      .withCauseInstanceOf(InterruptedException.class);
                  assertThat(Thread.interrupted()).isTrue();
                  caught.send("the interrupt");
                  assertThat(values.next()).as("after the interrupt").isEqualTo(7);
                })
            .awaitWaiting();
    looper.interrupt();
    caught.receiveOrThrow();
    empty.send(7);
    looper.join();
  }

  @Test
  void aFailureEndsALoopWithAnException() {
    Exception cause = new Exception("cut short");
    chan.fail(cause);
    List<Integer> seen = new ArrayList<>();
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(() -> chan.forEach(seen::add))
        .withCause(cause);
    assertThat(seen).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void whatTheHandlerOfReceiveEachThrowsGoesOnAndTheRestStays() {
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() ->
            chan.receiveEach(_ -> {
              throw new InterruptedException();
            }));
    assertThat(drain(chan)).containsExactly(2, 3, 4, 5);
  }
}
