package dev.runnel.race.agent;

import dev.runnel.race.runtime.Races;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Tries, before the program begins, that a race is found and that no other is. */
final class SelfCheck {
  /** The internal name of the class that is tried; defined anew, so that it is instrumented. */
  static final String PROBE = "dev/runnel/race/agent/Probe";

  private SelfCheck() {}

  /**
   * Runs it.
   *
   * @return what is wrong; null if all is well
   */
  static @Nullable String run() {
    try {
      Class<?> probe = new Loader().define();
      Runnable racing = body(probe, "race");
      Runnable ordered = body(probe, "noRace");
      if (Races.trial(racing) == 0) {
        return "a race is not found";
      }
      if (Races.trial(ordered) != 0) {
        return "a race is found where there is none";
      }
      return null;
    } catch (IOException | ReflectiveOperationException | LinkageError e) {
      return "a class can't be instrumented: " + e;
    }
  }

  private static Runnable body(Class<?> probe, String name) throws ReflectiveOperationException {
    var method = probe.getMethod(name);
    return () -> {
      try {
        method.invoke(null);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("the probe failed", e);
      }
    };
  }

  private static final class Loader extends ClassLoader {
    Loader() {
      super(null);
    }

    Class<?> define() throws IOException {
      try (InputStream in = ClassLoader.getSystemResourceAsStream(PROBE + ".class")) {
        if (in == null) {
          throw new IOException("no " + PROBE);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(PROBE.replace('/', '.'), bytes, 0, bytes.length);
      }
    }
  }
}
