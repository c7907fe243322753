/**
 * Tests of concurrent code that run like sequential ones: virtual time, schedule exploration, leak
 * checks.
 *
 * <p>Start with {@link dev.runnel.testing.Bubble}.
 */
module dev.runnel.testing {
  requires transitive dev.runnel;
  requires static org.jspecify;
  requires static org.junit.jupiter.api;

  exports dev.runnel.testing;

  provides dev.runnel.internal.hook.OpHook with
      dev.runnel.testing.internal.OpWatch;
  provides dev.runnel.internal.hook.ParkHook with
      dev.runnel.testing.internal.ParkWatch;
}
