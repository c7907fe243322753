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

  /** Of a few tries one may miss a race, if two writes meet; more than a few mean it is broken. */
  private static final int TRIES = 10;

  /** How many variables race in the probe. */
  private static final int RACES = 3;

  private SelfCheck() {}

  static boolean isProbe(String name) {
    return name.equals(PROBE) || name.startsWith(PROBE + "$");
  }

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
      int found = 0;
      for (int i = 0; i < TRIES && found < RACES; i++) {
        found = Math.max(found, Races.trial(racing));
      }
      if (found < RACES) {
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
