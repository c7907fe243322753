package dev.runnel.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the jcstress tests in a process of their own, which starts more. */
final class Jcstress {
  /** How long they run. */
  enum Length {
    OFF,
    /** One JVM for each test, some minutes. */
    QUICK,
    /** Several JVM modes, an hour and more. */
    DEFAULT
  }

  private Jcstress() {}

  /**
   * Runs them.
   *
   * @param length how long
   * @param tests a regular expression of the tests to run
   * @param folder where the report goes
   * @return whether all outcomes were acceptable
   */
  static boolean passes(Length length, String tests, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(List.of("-sc", "false", "-t", tests, "-r", folder.toString()));
    if (length == Length.QUICK) {
      command.addAll(List.of("-m", "quick", "-fsm", "0", "-jvmArgs", "-Xmx512m"));
    } else {
      command.addAll(List.of("-m", "default"));
    }
    return new ProcessBuilder(command)
            .directory(folder.toFile()) // it leaves its data where it stands
            .inheritIO()
            .start()
            .waitFor()
        == 0;
  }
}
