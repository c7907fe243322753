/**
 * Goroutines inherit from whoever starts them what Micrometer's context propagation knows of: to
 * have this module on the class path or the module path is all it takes.
 */
module dev.runnel.micrometer {
  requires dev.runnel;
  requires context.propagation;
  requires static org.jspecify;

  provides dev.runnel.spi.ContextCapture with
      dev.runnel.micrometer.MicrometerCapture;
}
