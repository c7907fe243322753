package dev.runnel.pattern;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ReceiveChan;
import dev.runnel.Select;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Channels;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.ReceiveForm;
import dev.runnel.testkit.Steps;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generators bring what they should, when asked, and leave nothing behind. */
@Timeout(60)
@ExtendWith(Accounted.class)
class GeneratorsTest {
  private final Context background = Context.background();

  @Test
  void eachBringsItsValuesAndEnds() {
    assertThat(Generators.of("a", "b").stream()).containsExactly("a", "b");
    assertThat(Generators.range(3, 6).stream()).containsExactly(3, 4, 5);
    assertThat(Generators.range(3, 3).stream()).isEmpty();
    assertThat(Generators.range(6, 3).stream()).isEmpty();
    long far = Integer.MAX_VALUE;
    assertThat(Generators.range(far, far + 2).stream()).containsExactly(far, far + 1);
    assertThat(Generators.iterate(1, n -> n < 100, n -> n * 10).stream()).containsExactly(1, 10);
    assertThat(Generators.iterate("a", s -> s + "b").stream().limit(3))
        .containsExactly("a", "ab", "abb");
    AtomicInteger calls = new AtomicInteger();
    assertThat(Generators.supply(calls::incrementAndGet).stream().limit(2)).containsExactly(1, 2);
    assertThat(calls).as("nothing is made ahead").hasValue(2);
    assertThat(Generators.from(List.of(1, 2)).stream()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @EnumSource
  void everyFormOfReceiveSeesValuesAndThenTheEnd(ReceiveForm form) throws Exception {
    ReceiveChan<Integer> generated = Generators.of(1, 2);
    assertThat(form.from(generated)).isEqualTo(1);
    assertThat(form.from(generated)).isEqualTo(2);
    if (form == ReceiveForm.OR_THROW) {
      assertThat(generated.receive()).isNull();
    } else {
      for (int i = 0; i < 2; i++) {
        assertThat(form.from(generated)).isNull();
      }
    }
  }

  @Test
  void tryingSeesTheEndAtOnce() {
    ReceiveChan<Integer> generated = Generators.of(1);
    assertThat(generated.tryReceive().orNull()).isEqualTo(1);
    assertThat(generated.tryReceive().isClosed()).isTrue();
    assertThat(Generators.of().tryReceive().isClosed()).isTrue();
  }

  @Test
  void batchesStopAtTheirMaximumAndAtTheEnd() throws Exception {
    ReceiveChan<Integer> generated = Generators.range(0, 5);
    List<Integer> into = new ArrayList<>();
    assertThat(generated.receiveUpTo(3, into)).isEqualTo(3);
    assertThat(generated.receiveUpTo(3, into)).isEqualTo(2);
    assertThat(generated.receiveUpTo(3, into)).isZero();
    assertThat(into).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void theyTakePartInASelect() throws Exception {
    ReceiveChan<Integer> one = Generators.of(1);
    String got =
        Select.select(
            one.onReceive().map(v -> "got " + v, () -> "end"),
            Chan.<Integer>nil().onReceive().map(_ -> "no"));
    assertThat(got).isEqualTo("got 1");
    String end = Select.select(one.onReceive().map(v -> "got " + v, () -> "end"));
    assertThat(end).isEqualTo("end");
  }

  @Test
  void severalReceiversShareTheValues() throws Exception {
    ReceiveChan<Integer> generated = Generators.range(0, 50_000);
    var seen = ConcurrentHashMap.<Integer>newKeySet();
    WaitGroup receivers = new WaitGroup();
    for (int i = 0; i < 6; i++) {
      receivers.go(() -> {
        for (Integer value; (value = generated.receive()) != null; ) {
          assertThat(seen.add(value)).isTrue();
        }
      });
    }
    receivers.await();
    assertThat(seen).hasSize(50_000);
  }

  @Test
  void aReceiverThatFindsAnotherAtTheIteratorWaitsForIt() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    ReceiveChan<Integer> generated =
        Generators.supply(() -> {
          if (calls.incrementAndGet() == 1) {
            inside.countDown();
            awaitUninterrupted(goOn);
          }
          return calls.get();
        });
    Actor first = Actor.Kind.PLATFORM.start(generated::receive);
    inside.await();
    assertThat(generated.tryReceive().hasValue()).as("somebody is at it").isFalse();
    Actor second = Actor.Kind.VIRTUAL.start(generated::receive).awaitWaiting();
    goOn.countDown();
    first.join();
    second.join();
    assertThat(calls).hasValue(2);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatAGeneratorThrowsFailsItsChannel() {
    IllegalStateException failure = new IllegalStateException("made wrong");
    ReceiveChan<Integer> failing =
        Generators.supply(() -> {
          throw failure;
        });
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(ChannelFailedException.class)
          .isThrownBy(failing::receive)
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    }
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(Generators.<Integer>supply(() -> null)::receive)
        .withCauseInstanceOf(NullPointerException.class);
    Iterator<Integer> broken =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            throw failure;
          }

          @Override
          public Integer next() {
            return 1;
          }
        };
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(Generators.from(broken)::receive)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    assertThatNullPointerException().isThrownBy(() -> Generators.of(1, null));
    assertThatNullPointerException().isThrownBy(() -> Generators.repeat(null));
  }

  @Test
  void interruptsAndContextsComeFirst() {
    ReceiveChan<Integer> ones = Generators.repeat(1);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(ones::receive);
    try (var ctx = background.withCancel()) {
      ctx.cancel();
      assertThatExceptionOfType(CanceledException.class).isThrownBy(() -> ones.receive(ctx));
    }
  }

  @Test
  void theyHaveNoGoroutine() throws Exception {
    ReceiveChan<Integer> ones = Generators.repeat(1);
    assertThat(ones.receive()).isEqualTo(1);
    assertThat(Generators.tick(ofMillis(1)).receive()).isNotNull();
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void aProducerIsStoppedByTheConsumer() throws Exception {
    try (Feed<Integer> feed =
        Generators.produce(
            background,
            out -> {
              for (int i = 0; ; i++) {
                out.send(i);
              }
            })) {
      assertThat(feed.stream().limit(3)).containsExactly(0, 1, 2);
    }
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void aProducersEndIsItsFeedsEnd() throws Exception {
    Feed<Integer> buffered = Generators.produce(2, background, out -> out.sendAll(List.of(1, 2)));
    assertThat(buffered.stream()).containsExactly(1, 2);
    Feed<Integer> closing =
        Generators.produce(
            background,
            out -> {
              out.send(1);
              out.close();
            });
    assertThat(closing.stream()).containsExactly(1);
    IOException failure = new IOException("producer");
    Feed<Integer> failing =
        Generators.produce(
            background,
            out -> {
              out.send(1);
              throw failure;
            });
    assertThat(failing.receive()).isEqualTo(1);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(failing::receive)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
  }

  @Test
  void cancelingAtEveryStepLeavesNothing() throws Exception {
    Steps.cancelAtEach((ctx, steps) -> {
      Feed<Integer> feed =
          Generators.produce(
              ctx,
              out -> {
                for (int i = 0; i < 4; i++) {
                  steps.step();
                  out.send(i);
                }
              });
      try {
        for (int _ : feed) {
          steps.step();
        }
      } catch (ChannelFailedException e) {
        assertThat(e).hasCauseInstanceOf(ContextException.class);
        assertThat(ctx.err()).isNotNull();
      }
    });
  }

  @Test
  void iteratorsThatBlockHaveAGoroutineThatEnds() throws Exception {
    Chan<Integer> blocking = Chan.buffered(1);
    blocking.send(1);
    try (Feed<Integer> feed = Generators.from(blocking.iterator(), background)) {
      assertThat(feed.receive()).isEqualTo(1);
    }
    assertThat(Goroutines.others()).isEmpty();
    assertThat(Generators.from(List.of(1, 2).iterator(), background).stream())
        .containsExactly(1, 2);
  }

  @Test
  void aBlockingQueue() throws Exception {
    var queue = new LinkedBlockingQueue<Integer>();
    try (Feed<Integer> feed = Generators.from(queue, background)) {
      queue.put(1);
      assertThat(feed.receive()).isEqualTo(1);
      queue.put(2);
      assertThat(feed.receive()).isEqualTo(2);
    }
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void theLinesOfAReader() throws Exception {
    assertThat(Generators.lines(new StringReader("a\nb\n"), background).stream())
        .containsExactly("a", "b");
    assertThat(Generators.lines(new StringReader(""), background).receive()).isNull();
    IOException failure = new IOException("disk");
    Reader broken =
        new Reader() {
          @Override
          public int read(char[] into, int from, int length) throws IOException {
            throw failure;
          }

          @Override
          public void close() {}
        };
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(Generators.lines(broken, background)::receive)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
  }

  @Test
  void theLinesOfAFile(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "eins\nzwölf\n");
    assertThat(Generators.lines(file, background).stream()).containsExactly("eins", "zwölf");
    try (var early = Generators.lines(file, background)) {
      assertThat(Channels.drain(early).size()).isLessThanOrEqualTo(2);
    }
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(Generators.lines(dir.resolve("none"), background)::receive)
        .withCauseInstanceOf(NoSuchFileException.class);
  }
}
