package dev.runnel.testing.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Go;
import dev.runnel.testing.Bubble;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The annotations work under JUnit 5, too, in a JVM that knows no other. */
@Timeout(120)
class JUnit5Test {
  private static final Path CONSOLE = Path.of("target", "junit5", "console.jar").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void theyDoWhatTheySay() throws Exception {
    assertThat(CONSOLE).as("Maven copies it before the tests are compiled").exists();
    String printed = run();
    assertThat(printed)
        .contains("Thanks for using JUnit")
        .containsPattern("inABubble\\(Clock\\) \\[OK]")
        .containsPattern("explored\\(\\) \\[OK]")
        .containsPattern("leavesNothing\\(\\) \\[OK]")
        .containsPattern("deadlocked\\(\\) \\[X] all goroutines of the bubble are asleep")
        .containsPattern("leaking\\(\\) \\[X] schedule 1 fails: .*LeakError")
        .containsPattern("leaves\\(\\) \\[X] 1 goroutine is left")
        .contains("\"main\" [chan receive on ", "\"left behind\" [chan receive on ")
        .contains("Explore.replay(\"pct-3-")
        .containsPattern("\\[ +3 tests successful +]")
        .containsPattern("\\[ +3 tests failed +]");
  }

  private String run() throws Exception {
    Path log = folder.resolve("log");
    String classPath =
        List.of(Bubble.class, Go.class, Cases.class).stream()
            .map(JUnit5Test::homeOf)
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                CONSOLE.toString(),
                "execute",
                "--details=tree",
                "--details-theme=ascii",
                "--disable-ansi-colors",
                "--class-path=" + classPath,
                "--select-class=" + Cases.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process child = builder.start();
    try {
      assertThat(child.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      child.destroyForcibly();
    }
    String printed = Files.readString(log);
    assertThat(child.exitValue()).as(printed).isEqualTo(1); // some tests fail
    return printed;
  }

  private static String homeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (java.net.URISyntaxException e) {
      throw new LinkageError("where is " + type, e);
    }
  }
}
