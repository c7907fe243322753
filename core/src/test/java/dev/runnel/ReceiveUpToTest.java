package dev.runnel;

import static dev.runnel.testkit.Channels.drain;
import static dev.runnel.testkit.Channels.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.EveryChannel;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch waits for one value and takes what else is there. */
@EveryChannel
record ReceiveUpToTest(int capacity, Actor.Kind kind) {

  @Test
  void itTakesWhatIsBufferedAndWhatWaitingSendersOffer() throws Exception {
    Chan<Integer> chan = full(capacity);
    List<Actor> senders = senders(chan, 70); // more than are woken in one batch
    List<Integer> into = new ArrayList<>();
    assertThat(chan.receiveUpTo(1000, into)).isEqualTo(capacity + 70);
    assertThat(into).containsExactlyElementsOf(range(0, capacity + 70));
    for (Actor sender : senders) {
      sender.join();
    }
  }

  @Test
  void itTakesNoMoreThanAsked() throws Exception {
    Chan<Integer> chan = full(capacity);
    List<Actor> senders = senders(chan, 3);
    List<Integer> into = new ArrayList<>();
    assertThat(chan.receiveUpTo(2, into)).isEqualTo(2);
    assertThat(into).containsExactly(0, 1);
    assertThat(drain(chan)).containsExactlyElementsOf(range(2, capacity + 3));
    for (Actor sender : senders) {
      sender.join();
    }
  }

  @Test
  void itWaitsForTheFirstOnly() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    List<Integer> into = new ArrayList<>();
    Actor receiver =
        kind.start(() -> assertThat(chan.receiveUpTo(10, into)).isEqualTo(1)).awaitWaiting();
    chan.send(7);
    receiver.join();
    assertThat(into).containsExactly(7);
  }

  @Test
  void zeroMeansTheEnd() throws Exception {
    Chan<Integer> chan = full(capacity);
    chan.close();
    List<Integer> into = new ArrayList<>();
    if (capacity > 0) {
      assertThat(chan.receiveUpTo(1000, into)).isEqualTo(capacity);
    }
    assertThat(chan.receiveUpTo(1000, into)).isZero();
    assertThat(into).hasSize(capacity);
  }

  @Test
  void aFailureComesAfterTheValues() throws Exception {
    Chan<Integer> chan = full(capacity);
    chan.fail(new Exception());
    List<Integer> into = new ArrayList<>();
    if (capacity > 0) {
      assertThat(chan.receiveUpTo(1000, into)).isEqualTo(capacity);
    }
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(() -> chan.receiveUpTo(1000, into));
  }

  @Test
  void anInterruptAfterTheFirstValueGivesTheCountAndTheFlag() throws Exception {
    Chan<Integer> chan = full(capacity);
    List<Actor> senders = senders(chan, 3);
    kind.start(
            () -> {
              var into = adding(_ -> Thread.currentThread().interrupt());
              assertThat(chan.receiveUpTo(1000, into)).isEqualTo(capacity + 3);
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
            })
        .join();
    for (Actor sender : senders) {
      sender.join();
    }
  }

  @Test
  void theCollectionIsNotCalledUnderALock() throws Exception {
    Chan<Integer> chan = full(capacity);
    List<Actor> senders = senders(chan, 3);
    int batch = capacity + 3;
    // Each call takes the lock, and would wait for itself.
    assertThat(chan.receiveUpTo(batch, adding(_ -> assertThat(chan.length()).isLessThan(batch))))
        .isEqualTo(batch);
    for (Actor sender : senders) {
      sender.join();
    }
  }

  @Test
  void aRefusedValueGoesWithTheExceptionAndTheRestStaysInOrder() throws Exception {
    int values = capacity + 3;
    for (int i = 0; i < values; i += 1 + values / 10) {
      int refused = i;
      Chan<Integer> chan = full(capacity);
      List<Actor> senders = senders(chan, 3);
      List<Integer> into = new ArrayList<>();
      assertThatIllegalStateException()
          .isThrownBy(() -> chan.receiveUpTo(1000, adding(value -> refuse(refused, value, into))))
          .withMessage("refused " + refused);
      assertThat(into).containsExactlyElementsOf(range(0, refused));
      assertThat(drain(chan)).containsExactlyElementsOf(range(refused + 1, values));
      for (Actor sender : senders) {
        sender.join();
      }
    }
  }

  @Test
  void theRestGoesToThoseWhoWaitMeanwhile() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity + 3);
    chan.sendAll(List.of(0, 1, 2));
    List<Integer> got = new ArrayList<>();
    List<Actor> receiver = new ArrayList<>();
    assertThatIllegalStateException()
        .isThrownBy(() ->
            chan.receiveUpTo(
                3,
                adding(value -> {
                  if (value == 1) {
                    receiver.add(kind.start(() -> got.add(chan.receive())).awaitWaiting());
                    throw new IllegalStateException();
                  }
                })));
    receiver.getFirst().join();
    assertThat(got).containsExactly(2);
  }

  private static void refuse(int refused, int value, List<Integer> into) {
    if (value == refused) {
      throw new IllegalStateException("refused " + value);
    }
    into.add(value);
  }

  private static Collection<Integer> adding(Consumer<Integer> action) {
    return new AbstractCollection<>() {
      @Override
      public boolean add(Integer value) {
        action.accept(value);
        return true;
      }

      @Override
      public Iterator<Integer> iterator() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int size() {
        throw new UnsupportedOperationException();
      }
    };
  }

  private List<Actor> senders(Chan<Integer> chan, int count) {
    List<Actor> senders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int value = capacity + i;
      senders.add(kind.start(() -> chan.send(value)).awaitWaiting());
    }
    return senders;
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
