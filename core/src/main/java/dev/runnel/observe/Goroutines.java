package dev.runnel.observe;

import dev.runnel.internal.goroutine.Registry;

/**
 * Finds the goroutines of this process.
 *
 * {@snippet class="dev.runnel.snippets.ObserveSnippetsTest" region="dump"}
 *
 * <p>Goroutines of a {@link dev.runnel.Go#run} are always found, at no cost. Others are found if
 * they were started while {@linkplain #track tracking} was on; that also notes where each was
 * started and since when it waits, for a microsecond or two at each start. {@code
 * -Drunnel.goroutines=on} switches it on from the first.
 *
 * <p>From outside there are {@link DumpAgent}, for {@code jcmd}, and a {@linkplain GoroutinesMXBean
 * bean}, for JMX.
 *
 * <p>Origin in Go: {@code runtime.Stack}, and what a program prints on {@code SIGQUIT}.
 */
public final class Goroutines {

  private Goroutines() {}

  /**
   * What all goroutines that can be found do now. Each is looked at in a moment of its own.
   *
   * @return the dump
   */
  public static GoroutineDump dump() {
    return GoroutineDump.of(Registry.live());
  }

  /** Tracks all goroutines that are started from now on. */
  public static void track() {
    Registry.tracking(true);
  }

  /**
   * Registers the {@link GoroutinesMXBean}, once. Programs of modules have to require {@code
   * java.management}; on the class path it is there.
   *
   * @throws IllegalStateException if there is no {@code java.management}, or it refuses
   */
  public static void register() {
    try {
      GoroutinesBean.register();
    } catch (NoClassDefFoundError missing) {
      throw new IllegalStateException("the module java.management is not there", missing);
    }
  }

  /** Tracks those no more that are started from now on. */
  public static void untrack() {
    Registry.tracking(false);
  }
}
