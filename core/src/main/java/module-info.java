/**
 * Go's concurrency model for Java: goroutines, channels, select, context, sync, errgroup and the
 * patterns made of them.
 *
 * <p>Start with {@link dev.runnel.Go} and {@link dev.runnel.Chan}. The module needs nothing beyond
 * {@code java.base} at run time.
 */
module dev.runnel {
  requires static java.management;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.runnel;
  exports dev.runnel.interop;
  exports dev.runnel.observe;
  exports dev.runnel.pattern;
  exports dev.runnel.pipeline;
  exports dev.runnel.spi;
  exports dev.runnel.sync;
  exports dev.runnel.time;
  exports dev.runnel.internal.channel to
      dev.runnel.testing;
  exports dev.runnel.internal.goroutine to
      dev.runnel.testing;
  exports dev.runnel.internal.hook to
      dev.runnel.testing,
      dev.runnel.race;
  exports dev.runnel.internal.park to
      dev.runnel.testing;
  exports dev.runnel.internal.select to
      dev.runnel.testing;
  exports dev.runnel.internal.time to
      dev.runnel.testing;

  uses dev.runnel.internal.hook.OpHook;
  uses dev.runnel.internal.hook.ParkHook;
  uses dev.runnel.spi.ContextCapture;
}
