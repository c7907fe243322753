package dev.runnel.pattern;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.Steps;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contexts that end at any step, interrupts, and channels that are closed or nil. */
@Timeout(60)
@ExtendWith(Accounted.class)
class PatternEndsTest {
  private final Context background = Context.background();

  private static <T> Chan<T> closed() {
    Chan<T> chan = Chan.unbuffered();
    chan.close();
    return chan;
  }

  @Test
  void cancelingABroadcastAtEveryStepLeavesNothing() throws Exception {
    Steps.cancelAtEach((ctx, steps) -> {
      Broadcaster<Integer> news = Broadcaster.create();
      try (ErrGroup group = ErrGroup.open()) {
        for (int i = 0; i < 2; i++) {
          Subscription<Integer> subscription = news.subscribe(1, WhenFull.BLOCK);
          group.go(() -> {
            int expected = 0;
            for (int value : subscription) {
              assertThat(value).isEqualTo(expected++);
              steps.step();
            }
          });
        }
        int sent = 0;
        try {
          for (; sent < 6; sent++) {
            steps.step();
            news.send(sent, ctx);
          }
        } catch (ContextException e) {
          assertThat(ctx.err()).isNotNull();
        }
        assertThat(sent == 6 || ctx.err() != null).isTrue();
        news.close();
        group.await();
      }
      assertThat(Goroutines.others()).isEmpty();
    });
  }

  @Test
  void cancelingTimedWorkAtEveryStepLeavesNothing() throws Exception {
    Steps.cancelAtEach((ctx, steps) -> {
      try {
        int result =
            Timeouts.call(
                ofDays(1),
                ctx,
                c -> {
                  Chan<Integer> chan = Chan.buffered(1);
                  for (int i = 0; i < 3; i++) {
                    steps.step();
                    chan.send(i, c);
                    steps.step();
                    chan.receive(c);
                  }
                  return 1;
                });
        assertThat(result).isEqualTo(1);
      } catch (ContextException e) {
        assertThat(ctx.err()).isNotNull();
      }
      assertThat(Goroutines.others()).isEmpty();
    });
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptOfTheConsumerOfAWayIsItsOwn(FanOutTest.Kind kind) throws Exception {
    Chan<Integer> in = Chan.unbuffered();
    Ways<Integer> ways = kind.of(1, in, background);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> ways.way(0).receive());
    in.send(1);
    in.close();
    assertThat(ways.way(0).stream()).containsExactly(1);
  }

  @ParameterizedTest
  @EnumSource
  void aClosedChannelEndsEveryWayAndTheNilChannelNone(FanOutTest.Kind kind) throws Exception {
    for (var way : kind.of(2, closed(), background)) {
      assertThat(way.receive()).isNull();
    }
    try (var ctx = background.withCancel()) {
      Ways<Integer> ways = kind.of(2, Chan.nil(), ctx);
      assertThat(ways.way(0).tryReceive().isClosed()).isFalse();
      ctx.cancel();
      for (var way : ways) {
        assertThatExceptionOfType(ChannelFailedException.class)
            .isThrownBy(way::receive)
            .withCauseInstanceOf(ContextException.class);
      }
    }
  }

  @Test
  void closedChannelsEndAMergeAndTheNilChannelKeepsItOpen() throws Exception {
    assertThat(FanIn.<Integer>merge(List.of(closed(), closed()), background).receive()).isNull();
    try (var ctx = background.withCancel();
        var merged = FanIn.<Integer>merge(closed(), Chan.nil(), ctx)) {
      assertThat(merged.tryReceive().isClosed()).isFalse();
      ctx.cancel();
      assertThatExceptionOfType(ChannelFailedException.class)
          .isThrownBy(merged::receive)
          .withCauseInstanceOf(ContextException.class);
    }
  }

  @Test
  void aPoolWithAClosedChannelHasNothingToDo() throws Exception {
    assertThat(WorkerPool.of(2).<Integer, Integer>start(closed(), n -> n, background).receive())
        .isNull();
    WorkerPool.of(2)
        .<Integer>forEach(
            closed(),
            n -> {
              throw new AssertionError("there is no job");
            },
            background);
  }
}
