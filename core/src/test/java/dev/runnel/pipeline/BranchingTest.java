package dev.runnel.pipeline;

import static dev.runnel.Go.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.Queues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values that go more than one way: by key, or on a channel too. */
@Timeout(60)
@ExtendWith(Accounted.class)
class BranchingTest {
  private final Context ctx = Context.background();

  @Test
  void theValuesOfAKeyKeepTheirOrderWhateverTheNumberOfGroups() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int keys = 1 + random.nextInt(6);
      List<Integer> in =
          Stream.generate(() -> random.nextInt(100)).limit(random.nextInt(200)).toList();
      List<Integer> out =
          Pipeline.from(in)
              .groupBy(1 + random.nextInt(6), n -> n % keys, (_, values) -> values)
              .toList(ctx);
      assertThat(byKey(out, keys)).as("seed %s", seed).isEqualTo(byKey(in, keys));
    }
  }

  private static Map<Integer, List<Integer>> byKey(List<Integer> values, int keys) {
    return values.stream().collect(Collectors.groupingBy(n -> n % keys));
  }

  @Test
  void aPipelineIsMadeForEachKey() throws Exception {
    Map<Integer, Long> counts =
        Pipeline.range(0, 100)
            .groupBy(
                3,
                n -> n % 3,
                (key, values) ->
                    values
                        .scan(0L, (count, _) -> count + 1)
                        .takeLast(1)
                        .map(n -> Map.entry(key, n)))
            .toMap(Map.Entry::getKey, Map.Entry::getValue, ctx);
    assertThat(counts).isEqualTo(Map.of(0, 34L, 1, 33L, 2, 33L));
  }

  @Test
  void forANewKeyTheGroupThatHadNoValueForLongestEndsFirst() throws Exception {
    List<String> log = new ArrayList<>();
    Pipeline.of(1, 2, 1, 3, 2)
        .groupBy(2, n -> n, (key, values) -> values.takeLast(1).map(_ -> "end of " + key))
        .forEach(log::add, ctx);
    assertThat(log.subList(0, 2))
        .as("when 3 comes, and when 2 comes again")
        .containsExactly("end of 2", "end of 1");
    assertThat(log.subList(2, 4)).containsExactlyInAnyOrder("end of 3", "end of 2");
  }

  @Test
  void aGroupThatWantsNoMoreGetsNoMore() throws Exception {
    AtomicInteger made = new AtomicInteger();
    List<Integer> firsts =
        Pipeline.range(0, 10_000)
            .groupBy(
                2,
                n -> n % 2,
                (_, values) -> {
                  made.incrementAndGet();
                  return values.take(1);
                })
            .toList(ctx);
    assertThat(firsts).containsExactlyInAnyOrder(0, 1);
    assertThat(made).as("it has still its place").hasValue(2);
  }

  @Test
  void aFailingGroupEndsAll() {
    IOException failure = new IOException("group 3");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Pipeline.iterate(0, n -> n + 1)
                .groupBy(
                    10,
                    n -> n % 5,
                    (key, values) ->
                        key == 3 ? Pipeline.<Integer>failed(failure).named("third") : values)
                .run(ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("third"));
    assertThat(Goroutines.others()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pipeline.of(1).groupBy(0, n -> n, (_, values) -> values));
  }

  @Test
  void aChannelGetsTheValuesTooAndEndsWithThem() throws Exception {
    Chan<Integer> also = Chan.unbuffered();
    Future<List<Integer>> seen = call(() -> Pipeline.from(also).toList(ctx));
    assertThat(Pipeline.range(0, 100).alsoTo(also).map(n -> -n).count(ctx)).isEqualTo(100);
    assertThat(seen.get()).hasSize(100).startsWith(0, 1, 2).endsWith(99);
  }

  @Test
  void theChannelIsClosedWhenNoMoreIsWanted() throws Exception {
    Chan<Integer> also = Chan.buffered(10);
    assertThat(Pipeline.range(0, 100).alsoTo(also).take(2).toList(ctx)).containsExactly(0, 1);
    assertThat(also).containsExactly(0, 1);
    Chan<Integer> tried = Chan.buffered(1);
    assertThat(Pipeline.range(0, 100).tryAlsoTo(tried).take(3).toList(ctx)).hasSize(3);
    assertThat(tried).containsExactly(0);
  }

  @Test
  void theChannelFailsAsThePipelineDoes() {
    IOException failure = new IOException("source");
    Map<String, Chan<Integer>> chans = new HashMap<>();
    for (String stage : List.of("upstream", "downstream")) {
      Chan<Integer> also = Chan.buffered(10);
      Chan<Integer> tried = Chan.buffered(10);
      chans.put(stage + " alsoTo", also);
      chans.put(stage + " tryAlsoTo", tried);
      Transform<Integer, Integer> fails =
          _ -> {
            throw failure;
          };
      Pipeline<Integer> both =
          stage.equals("upstream")
              ? Pipeline.of(1).map(fails).named("broken").alsoTo(also).tryAlsoTo(tried)
              : Pipeline.of(1).alsoTo(also).tryAlsoTo(tried).map(fails).named("broken");
      assertThatExceptionOfType(PipelineException.class).isThrownBy(() -> both.run(ctx));
    }
    chans.forEach((name, chan) ->
        assertThatExceptionOfType(ChannelFailedException.class)
            .as(name)
            .isThrownBy(() -> chan.receiveEach(_ -> {}))
            .withCauseInstanceOf(PipelineException.class)
            .satisfies(e -> assertThat(e.getCause()).hasMessageContaining("broken"))
            .satisfies(e -> assertThat(e.getCause().getCause()).isSameAs(failure)));
  }

  @Test
  void theChannelFailsWithTheEndOfTheContext() throws Exception {
    Chan<Integer> also = Chan.unbuffered();
    try (CancelContext canceled = ctx.withCancel()) {
      Future<Boolean> run =
          call(() -> {
            assertThatExceptionOfType(CanceledException.class)
                .isThrownBy(() -> Pipeline.of(1).alsoTo(also).run(canceled));
            return true;
          });
      Eventually.that("the send waiting", () -> Queues.waiting(also) == 1);
      canceled.cancel();
      assertThat(run.get()).isTrue();
    }
    assertThatExceptionOfType(ChannelFailedException.class).isThrownBy(also::receive);
  }

  @Test
  void aChannelClosedByOthersIsAFailureOrNobodysAffair() throws Exception {
    Chan<Integer> closed = Chan.buffered(1);
    closed.close();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.of(1).alsoTo(closed).run(ctx))
        .withCauseInstanceOf(ChannelClosedException.class)
        .satisfies(e -> assertThat(e.stage()).startsWith("alsoTo ("));
    assertThat(Pipeline.of(1, 2).tryAlsoTo(closed).toList(ctx)).containsExactly(1, 2);
    assertThat(Pipeline.<Integer>empty().alsoTo(closed).toList(ctx)).isEmpty();
  }

  @Test
  void aChannelThatIsFullIsPassedBy() throws Exception {
    Chan<Integer> tried = Chan.buffered(2);
    assertThat(Pipeline.range(0, 5).tryAlsoTo(tried).count(ctx)).isEqualTo(5);
    assertThat(tried).containsExactly(0, 1);
  }
}
