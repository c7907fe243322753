package dev.runnel.internal.hook;

import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The hooks in force, chosen once: the first provider that {@link ServiceLoader} finds. Constants,
 * so that the JIT compiler removes every {@code if (HOOK != null)} when there is none.
 */
public final class Hooks {
  /** Told of every operation; null in ordinary programs. */
  public static final @Nullable OpHook OP = find(OpHook.class);

  /** Told of every park; null in ordinary programs. */
  public static final @Nullable ParkHook PARK = find(ParkHook.class);

  private Hooks() {}

  /**
   * Tells that something has been made that goroutines can wait for.
   *
   * @param made it
   */
  public static void made(Object made) {
    if (OP != null) {
      OP.made(made);
    }
  }

  /**
   * A random choice.
   *
   * @param bound how many to choose among, at least 1
   * @return from 0 to {@code bound - 1}
   */
  public static int random(int bound) {
    return OP != null ? OP.choose(bound) : ThreadLocalRandom.current().nextInt(bound);
  }

  private static <H> @Nullable H find(Class<H> hook) {
    return ServiceLoader.load(hook, Hooks.class.getClassLoader()).findFirst().orElse(null);
  }
}
