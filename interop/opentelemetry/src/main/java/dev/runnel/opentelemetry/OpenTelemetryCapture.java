package dev.runnel.opentelemetry;

import dev.runnel.spi.ContextCapture;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/** Carries OpenTelemetry's current context: its span, its baggage, whatever is in it. */
public final class OpenTelemetryCapture implements ContextCapture {

  /** Creates it; {@link java.util.ServiceLoader} does so. */
  public OpenTelemetryCapture() {}

  @Override
  public Snapshot capture() {
    Context captured = Context.current();
    return body -> {
      try (Scope _ = captured.makeCurrent()) {
        body.run();
      }
    };
  }
}
