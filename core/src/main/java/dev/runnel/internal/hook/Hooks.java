package dev.runnel.internal.hook;

import java.util.ServiceLoader;
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

  private static <H> @Nullable H find(Class<H> hook) {
    return ServiceLoader.load(hook, Hooks.class.getClassLoader()).findFirst().orElse(null);
  }
}
