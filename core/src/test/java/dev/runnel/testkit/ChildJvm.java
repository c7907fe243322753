package dev.runnel.testkit;

import dev.runnel.Go;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program of the tests in a JVM of its own: without the coverage agent, without what other
 * tests have left behind, and with options of its own.
 */
public final class ChildJvm {

  private ChildJvm() {}

  /**
   * Runs a main class to its end; fails unless that ends with 0.
   *
   * @return the lines it printed
   */
  public static List<String> run(Class<?> main, String... options)
      throws IOException, InterruptedException {
    return run(null, main, options);
  }

  /**
   * Runs a main class to its end, with a folder of further things on its class path (of services,
   * say); fails unless that ends with 0.
   *
   * @return the lines it printed
   */
  public static List<String> run(@Nullable Path folder, Class<?> main, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        (folder == null ? "" : folder + File.pathSeparator)
            + home(Go.class)
            + File.pathSeparator
            + home(main));
    command.add(main.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process child = builder.start();
    try {
      child.getOutputStream().close();
      List<String> printed = child.inputReader().readAllLines();
      int status = child.waitFor();
      if (status != 0) {
        throw new AssertionError(main + " ended with " + status + ": " + printed);
      }
      return printed;
    } finally {
      child.destroyForcibly();
    }
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new LinkageError("where is " + type, e);
    }
  }
}
