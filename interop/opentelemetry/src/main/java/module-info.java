/**
 * Goroutines inherit the context of OpenTelemetry, and with it the current span, from whoever
 * starts them: to have this module on the class path or the module path is all it takes.
 */
module dev.runnel.opentelemetry {
  requires dev.runnel;
  requires io.opentelemetry.context;
  requires static org.jspecify;

  provides dev.runnel.spi.ContextCapture with
      dev.runnel.opentelemetry.OpenTelemetryCapture;
}
