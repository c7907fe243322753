package dev.runnel.race.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM begins. All classes of any loader call the detector, so it must be where all find
 * it: this class, which the JVM has loaded from the class path, puts its own jar behind the
 * bootstrap loader and goes on there.
 */
public final class Agent {
  private Agent() {}

  /**
   * Called before the program.
   *
   * @param options what follows the jar's name, or null
   * @param instrumentation the JVM's
   * @throws IOException if the jar can't be read
   * @throws ReflectiveOperationException if it is not whole
   * @throws URISyntaxException if it is in no file
   */
  public static void premain(@Nullable String options, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException, URISyntaxException {
    File jar = new File(Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
    try {
      Class.forName("dev.runnel.race.agent.Start", true, null)
          .getMethod("start", String.class, Instrumentation.class)
          .invoke(null, options, instrumentation);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
