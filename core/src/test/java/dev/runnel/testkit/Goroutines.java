package dev.runnel.testkit;

import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.Task;
import dev.runnel.internal.goroutine.World;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The accounting of goroutines: who lives in the world that a test runs in. Every goroutine is
 * entered there by who starts it, and struck out by its last instructions.
 */
public final class Goroutines {

  private Goroutines() {}

  /** Runs a body as the main goroutine of a world of its own, and fails if others outlive it. */
  public static void account(Task body) throws Exception {
    Go.run(() -> {
      body.run();
      awaitNoOthers();
    });
  }

  /** Those that live beside the current one. */
  public static List<Goroutine> others() {
    List<Goroutine> others = new ArrayList<>(live(World.current()));
    others.remove(Goroutine.current());
    return others;
  }

  /** Waits until none lives beside the current one: those in their last instructions may end. */
  public static void awaitNoOthers() {
    try {
      Eventually.that("the end of all others", () -> others().isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError("left: " + others(), e);
    }
  }

  @SuppressWarnings("unchecked") // it is what it is declared as
  private static Set<Goroutine> live(World world) {
    try {
      Field field = World.class.getDeclaredField("live");
      field.setAccessible(true);
      return (Set<Goroutine>) field.get(world);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the field has moved: World.live", e);
    }
  }
}
