package dev.runnel.interop.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.interop.Publishers;
import dev.runnel.pattern.Feed;
import dev.runnel.pattern.Generators;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.PipelineException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Channels and pipelines as Reactor's Flux and the other way round. */
@Timeout(60)
class ReactorTest {
  private final Context ctx = Context.background();

  private static <T> Flux<T> flux(Pipeline<T> pipeline) {
    return JdkFlowAdapter.flowPublisherToFlux(Publishers.of(pipeline, Context.background()));
  }

  @Test
  void aPipelineIsAFlux() {
    assertThat(flux(Pipeline.range(0, 10_000).mapParallel(4, n -> n * 2)).collectList().block())
        .isEqualTo(IntStream.range(0, 10_000).map(n -> n * 2).boxed().toList());
  }

  @Test
  void aChannelIsAFlux() {
    Flux<Integer> flux =
        JdkFlowAdapter.flowPublisherToFlux(Publishers.of(Generators.of(1, 2, 3), ctx));
    assertThat(flux.map(n -> n + 1).collectList().block()).containsExactly(2, 3, 4);
  }

  @Test
  void aFluxThatHasEnoughStopsThePipeline() throws Exception {
    Chan<String> done = Chan.buffered(1);
    AtomicLong made = new AtomicLong();
    Pipeline<Long> endless =
        Pipeline.generate(made::incrementAndGet).onDone(() -> done.send("done"));
    assertThat(flux(endless).take(5).collectList().block()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(done.receive()).isEqualTo("done");
    assertThat(made.get()).as("take asks for no more").isEqualTo(5);
  }

  @Test
  void aFluxesDemandIsThePipelines() {
    AtomicLong made = new AtomicLong();
    AtomicLong seen = new AtomicLong();
    AtomicLong mostAhead = new AtomicLong();
    assertThat(
            flux(Pipeline.range(0, 1000).tap(_ -> made.incrementAndGet()))
                .limitRate(10)
                .doOnNext(
                    _ -> mostAhead.accumulateAndGet(made.get() - seen.incrementAndGet(), Math::max))
                .publishOn(Schedulers.parallel(), 10)
                .count()
                .block())
        .isEqualTo(1000);
    assertThat(mostAhead.get()).isLessThanOrEqualTo(10);
  }

  @Test
  void aStagesFailureIsTheFluxesError() {
    assertThat(
            flux(Pipeline.of(1, 0).map(n -> 1 / n))
                .map(Object::toString)
                .onErrorResume(PipelineException.class, e -> Flux.just("failed in " + e.stage()))
                .collectList()
                .block())
        .containsExactly("1", "failed in map (2)");
  }

  @Test
  void aFluxIsAPipelineAndAFeed() throws Exception {
    Flux<Integer> source = Flux.range(0, 10_000).publishOn(Schedulers.boundedElastic());
    var publisher = JdkFlowAdapter.publisherToFlowPublisher(source);
    assertThat(Publishers.pipeline(publisher, 16).filter(n -> n % 2 == 0).count(ctx))
        .isEqualTo(5_000);
    Feed<Integer> feed = Publishers.receive(publisher, 16, ctx);
    assertThat(feed).containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
  }

  @Test
  void aPipelineThatHasEnoughCancelsTheFlux() throws Exception {
    Chan<String> cancelled = Chan.buffered(1);
    Flux<Integer> endless =
        Flux.<Integer>generate(sink -> sink.next(7)).doOnCancel(() -> cancelled.trySend("yes"));
    List<Integer> taken =
        Publishers.pipeline(JdkFlowAdapter.publisherToFlowPublisher(endless), 4)
            .take(3)
            .toList(ctx);
    assertThat(taken).containsExactly(7, 7, 7);
    assertThat(cancelled.receive()).isEqualTo("yes");
  }

  @Test
  void aFluxesErrorIsThePipelinesFailure() {
    Exception cause = new Exception("broken");
    var publisher = JdkFlowAdapter.publisherToFlowPublisher(Flux.<Integer>error(cause));
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Publishers.pipeline(publisher, 4).toList(ctx))
        .withCause(cause);
  }
}
