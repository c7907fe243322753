package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** Classes that a program makes for itself without a name, which the JVM shows to no agent. */
public final class HiddenClasses {
  private static volatile @Nullable Instrumenter instrumenter;

  private HiddenClasses() {}

  /** Rewrites a class file. */
  public interface Instrumenter {
    /**
     * Rewrites one.
     *
     * @param loader whose class it becomes; null for the bootstrap loader
     * @param bytes the class file
     * @return the new one; null if nothing changes
     */
    byte @Nullable [] instrument(@Nullable ClassLoader loader, byte[] bytes);
  }

  /**
   * Gives them to somebody from now on.
   *
   * @param chosen who
   */
  public static void instrumentWith(Instrumenter chosen) {
    instrumenter = chosen;
  }

  /**
   * A hidden class is about to be defined.
   *
   * @param lookup by which
   * @param bytes its class file; null, or no class file, is refused afterwards
   * @return the one to be defined
   */
  public static byte @Nullable [] defining(Object lookup, byte @Nullable [] bytes) {
    Instrumenter chosen = instrumenter;
    if (chosen == null || bytes == null) {
      return bytes;
    }
    ClassLoader loader = ((MethodHandles.Lookup) lookup).lookupClass().getClassLoader();
    byte[] instrumented = chosen.instrument(loader, bytes);
    return instrumented == null ? bytes : instrumented;
  }
}
