package dev.runnel.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Task;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.pipeline.Pipeline;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spans that are opened in goroutines have those of whoever started them for parents. */
@Timeout(60)
class OpenTelemetryCaptureTest {
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
  private final Tracer tracer = provider.get("test");

  @AfterEach
  void shutdown() {
    provider.close();
  }

  private void span(String name, Task body) throws Exception {
    Span span = tracer.spanBuilder(name).startSpan();
    try (Scope _ = span.makeCurrent()) {
      body.run();
    } finally {
      span.end();
    }
  }

  private SpanData spanOf(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void spansOfGoroutinesAreChildrenOfWhereTheyWereStarted() throws Exception {
    span(
        "request",
        () -> {
          Go.go(() -> span("go", () -> {})).join();
          try (ErrGroup group = ErrGroup.open()) {
            group.go(() -> span("group", () -> Go.go(() -> span("inner", () -> {})).join()));
            group.await();
          }
          Pipeline.of(1)
              .mapParallel(
                  2,
                  n -> {
                    span("stage", () -> {});
                    return n;
                  })
              .run(Context.background());
        });
    String request = spanOf("request").getSpanId();
    assertThat(spanOf("go").getParentSpanId()).isEqualTo(request);
    assertThat(spanOf("group").getParentSpanId()).isEqualTo(request);
    assertThat(spanOf("inner").getParentSpanId()).isEqualTo(spanOf("group").getSpanId());
    assertThat(spanOf("stage").getParentSpanId()).isEqualTo(request);
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }

  @Test
  void baggageGoesAlong() throws Exception {
    try (Scope _ = Baggage.builder().put("user", "ann").build().makeCurrent()) {
      assertThat(Go.call(() -> Baggage.current().getEntryValue("user")).get()).isEqualTo("ann");
    }
    assertThat(Go.call(() -> Baggage.current().size()).get()).isZero();
  }

  @Test
  void aPoolsTasksBelongToTheirSubmittersAndLeaveNothingBehind() throws Exception {
    try (ExecutorService pool = WorkerPool.of(1).asExecutor()) {
      span("one", () -> pool.submit(() -> tracer.spanBuilder("task").startSpan().end()).get());
      pool.submit(() -> tracer.spanBuilder("alone").startSpan().end()).get();
    }
    assertThat(spanOf("task").getParentSpanId()).isEqualTo(spanOf("one").getSpanId());
    assertThat(spanOf("alone").getParentSpanContext().isValid()).isFalse();
  }
}
