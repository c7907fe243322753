package dev.runnel.pipeline;

import static dev.runnel.Go.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Goroutines;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Work on the latest value, which the next one cancels; and the latest values of several. */
@Timeout(60)
@ExtendWith(Accounted.class)
class LatestTest {
  private final Context ctx = Context.background();
  private final Chan<Integer> source = Chan.unbuffered();

  @Test
  void theNextValueInterruptsTheWorkOnTheLast() throws Exception {
    AtomicInteger interrupted = new AtomicInteger();
    Chan<Integer> begun = Chan.unbuffered();
    Future<List<Integer>> results =
        call(() ->
            Pipeline.from(source)
                .<Integer>mapLatest(n -> {
                  begun.send(n);
                  if (n < 3) {
                    try {
                      return Chan.<Integer>nil().receiveOrThrow();
                    } catch (InterruptedException e) {
                      interrupted.incrementAndGet();
                      throw e;
                    }
                  }
                  return n * 10;
                })
                .toList(ctx));
    for (int n = 1; n <= 3; n++) {
      source.send(n);
      assertThat(begun.receive()).isEqualTo(n);
    }
    source.close();
    assertThat(results.get()).containsExactly(30);
    assertThat(interrupted).hasValue(2);
  }

  @Test
  void aPipelineRunsUntilTheNextValue() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    Chan<String> results = Chan.unbuffered();
    Future<Boolean> run =
        call(() -> {
          Pipeline.from(source)
              .flatMapLatest(n ->
                  Pipeline.iterate(0, i -> i + 1)
                      .map(i -> n + "." + i)
                      .onDone(ended::incrementAndGet)
                      .take(n == 3 ? 2 : Integer.MAX_VALUE))
              .sendTo(results, ctx);
          return true;
        });
    source.send(1);
    assertThat(results.receive()).isEqualTo("1.0");
    assertThat(results.receive()).isEqualTo("1.1");
    source.send(3);
    source.close();
    String next = results.receive();
    while (next != null && next.startsWith("1.")) {
      next = results.receive(); // those that were under way
    }
    assertThat(next).isEqualTo("3.0");
    assertThat(results.receive()).isEqualTo("3.1");
    assertThat(results.receive()).isNull();
    assertThat(run.get()).isTrue();
    assertThat(ended).hasValue(2);
  }

  @Test
  void aFailureOfTheLatestEndsAll() throws Exception {
    IOException failure = new IOException("latest");
    Future<Boolean> run =
        call(() -> {
          assertThatExceptionOfType(PipelineException.class)
              .isThrownBy(() ->
                  Pipeline.from(source)
                      .mapLatest(_ -> {
                        throw failure;
                      })
                      .run(ctx))
              .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
              .satisfies(e -> assertThat(e.stage()).startsWith("mapLatest ("));
          return true;
        });
    source.send(1); // and no end of the source
    assertThat(run.get()).isTrue();
    Goroutines.awaitNoOthers();
  }

  @Test
  void theLatestOfEachIsCombined() throws Exception {
    Chan<Integer> other = Chan.unbuffered();
    Chan<List<Integer>> pairs = Chan.buffered(100);
    Future<Boolean> run =
        call(() -> {
          Pipeline.from(source)
              .combineLatest(Pipeline.from(other), (a, b) -> List.of(a, b))
              .sendTo(pairs, ctx);
          return true;
        });
    source.send(1);
    other.send(10);
    assertThat(pairs.receive()).containsExactly(1, 10);
    other.send(20);
    assertThat(pairs.receive()).containsExactly(1, 20);
    other.close();
    source.send(2);
    assertThat(pairs.receive()).containsExactly(2, 20);
    source.close();
    assertThat(pairs.receive()).isNull();
    assertThat(run.get()).isTrue();
  }

  @Test
  void withoutAValueOfEachNothingIsCombined() throws Exception {
    assertThat(
            Pipeline.<Integer, List<Integer>>combineLatest(
                    List.of(Pipeline.of(1), Pipeline.of(2), Pipeline.<Integer>empty()), all -> all)
                .toList(ctx))
        .isEmpty();
    assertThat(
            Pipeline.<Integer, List<Integer>>combineLatest(
                    List.of(Pipeline.of(1), Pipeline.of(2), Pipeline.of(3)), all -> all)
                .toList(ctx))
        .containsExactly(List.of(1, 2, 3));
  }
}
