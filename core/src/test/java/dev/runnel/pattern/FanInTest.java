package dev.runnel.pattern;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ReceiveChan;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.Queues;
import dev.runnel.testkit.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A merge brings all, is fair, and ends whole. */
@Timeout(60)
@ExtendWith(Accounted.class)
class FanInTest {
  private final Context background = Context.background();

  @Test
  void everyValueArrivesOnceAndEachChannelInOrder() {
    List<ReceiveChan<Integer>> inputs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int start = i * 1000;
      inputs.add(Generators.range(start, start + 1000));
    }
    List<Integer> all = FanIn.merge(inputs, background).stream().toList();
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 5000).boxed().toList());
    for (int i = 0; i < 5; i++) {
      int its = i;
      assertThat(all.stream().filter(n -> n / 1000 == its)).isSorted();
    }
  }

  @Test
  void noChannelIsStarvedByOthers() throws Exception {
    List<ReceiveChan<Integer>> inputs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      inputs.add(Generators.repeat(i));
    }
    try (var merged = FanIn.<Integer>merge(inputs, background)) {
      Chan<?> behind = behind(merged);
      int[] counts = new int[4];
      for (int i = 0; i < 400; i++) {
        // All four wait, so whoever gets through now is the last in the queue afterwards.
        Eventually.that("all waiting", () -> Queues.waiting(behind) == 4);
        counts[merged.receiveOrThrow()]++;
      }
      assertThat(counts).containsExactly(100, 100, 100, 100);
    }
  }

  private static Chan<?> behind(Feed<?> feed) throws ReflectiveOperationException {
    var channel = Feed.class.getDeclaredField("channel");
    channel.setAccessible(true);
    return (Chan<?>) channel.get(feed);
  }

  @Test
  void nothingToMerge() throws Exception {
    assertThat(FanIn.merge(List.<ReceiveChan<Integer>>of(), background).receive()).isNull();
    assertThat(FanIn.merge(Generators.<Integer>of(), Generators.of(), background).receive())
        .isNull();
    assertThat(FanIn.<Integer>open(background).complete().receive()).isNull();
    Chan<ReceiveChan<Integer>> none = Chan.unbuffered();
    none.close();
    assertThat(FanIn.merge(none, background).receive()).isNull();
  }

  @Test
  void theFailureOfAChannelGoesThroughAfterItsValues() throws Exception {
    Chan<Integer> failing = Chan.buffered(2);
    failing.sendAll(List.of(1, 2));
    IOException failure = new IOException("input");
    failing.fail(failure);
    var merged = FanIn.merge(failing, Chan.<Integer>nil(), background);
    assertThat(List.of(merged.receiveOrThrow(), merged.receiveOrThrow())).containsExactly(1, 2);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(merged::receive)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
  }

  @Test
  void channelsCanBeAddedWhileItRuns() throws Exception {
    try (Merge<Integer> merge = FanIn.open(background)) {
      merge.add(Generators.of(1));
      assertThat(merge.receive()).isEqualTo(1);
      Chan<Integer> late = Chan.unbuffered();
      merge.add(late).complete().complete();
      late.send(2);
      assertThat(merge.receive()).isEqualTo(2);
      assertThatIllegalStateException().isThrownBy(() -> merge.add(Generators.of(3)));
      late.close();
      assertThat(merge.receive()).isNull();
    }
  }

  @Test
  void anEndedMergeTakesNoMoreChannels() throws Exception {
    Merge<Integer> merge = FanIn.open(background);
    merge.close();
    assertThat(Goroutines.others()).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> merge.add(Generators.of(1)));
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(merge::receive)
        .withCauseInstanceOf(CanceledException.class);
  }

  @Test
  void channelsMayComeOverAChannel() throws Exception {
    Chan<ReceiveChan<Integer>> channels = Chan.unbuffered();
    var merged = FanIn.merge(channels, background);
    go(() -> {
      channels.send(Generators.of(1, 2));
      channels.send(Generators.of(3));
      channels.close();
    });
    assertThat(merged.stream()).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void theFailureOfTheChannelOfChannelsGoesThrough() {
    Chan<ReceiveChan<Integer>> channels = Chan.unbuffered();
    IOException failure = new IOException("channels");
    channels.fail(failure);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(FanIn.merge(channels, background)::receive)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
  }

  @Test
  void aConsumerThatStopsEarlyCloses() throws Exception {
    try (var merged = FanIn.merge(Generators.repeat(1), Chan.<Integer>nil(), background)) {
      assertThat(merged.receive()).isEqualTo(1);
    }
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void anInterruptOfTheConsumerIsItsOwn() throws Exception {
    Chan<Integer> in = Chan.unbuffered();
    var merged = FanIn.merge(List.of(in), background);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(merged::receive);
    in.send(1);
    in.close();
    assertThat(merged.stream()).containsExactly(1);
  }

  @Test
  void cancelingAtEveryStepLeavesNothing() throws Exception {
    Steps.cancelAtEach((ctx, steps) -> {
      Chan<Integer> in = Chan.unbuffered();
      var _ =
          go(
              ctx,
              () ->
                  in.closeAfter(() -> {
                    for (int i = 0; i < 4; i++) {
                      steps.step();
                      in.send(i);
                    }
                  }));
      var merged = FanIn.merge(in, Generators.of(4, 5), ctx);
      int received = 0;
      try {
        for (int _ : merged) {
          steps.step();
          received++;
        }
        assertThat(received).isEqualTo(6);
      } catch (ChannelFailedException e) {
        assertThat(e).hasCauseInstanceOf(ContextException.class);
        assertThat(ctx.err()).isNotNull();
      }
    });
  }
}
