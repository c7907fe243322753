package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide's recipe for Surefire, beside JaCoCo, in a Maven project: {@code
 * -Drunnel.race.surefire=true}, as Maven in Maven takes half a minute and its plugins.
 */
class SurefireTest {
  private static final Path PROJECT = Path.of("src/test/projects/surefire");

  @TempDir private Path project;

  @BeforeEach
  void copy() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(PROJECT)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path to = project.resolve(PROJECT.relativize(file).toString());
      Files.createDirectories(to.getParent());
      Files.copy(file, to);
    }
  }

  private Agents.Outcome test() throws IOException, InterruptedException {
    Path output = project.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder("mvn", "-B", "-ntp", "test", "-Drace.agent=" + Agents.JAR)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_OPTS");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
      return new Agents.Outcome(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "runnel.race.surefire", matches = "true")
  void aRaceFailsTheBuild() throws Exception {
    Agents.Outcome racing = test();
    assertThat(racing.output()).contains("Tests run: 1, Failures: 0", "BUILD FAILURE");
    assertThat(racing.status()).isNotZero();
    assertThat(project.resolve("target/races-1.txt"))
        .content()
        .contains("WARNING: DATA RACE", "Visits.count", "VisitsTest.countsVisitsOfTwoThreads");
    assertThat(project.resolve("target/jacoco.exec")).isNotEmptyFile();
  }

  @Test
  @EnabledIfSystemProperty(named = "runnel.race.surefire", matches = "true")
  void withoutARaceItPasses() throws Exception {
    Path source = project.resolve("src/main/java/Visits.java");
    String mended =
        Files.readString(source)
            .replace("public void visit", "public synchronized void visit")
            .replace("public int count", "public synchronized int count");
    Files.writeString(source, mended);
    Agents.Outcome ordered = test();
    assertThat(ordered.output()).contains("Tests run: 1, Failures: 0", "BUILD SUCCESS");
    assertThat(ordered.status()).isZero();
    assertThat(project.resolve("target/races-1.txt")).isEmptyFile();
  }

  /** The recipe that the guide shows is the one that runs here. */
  @Test
  void theGuideShowsTheRecipe() throws Exception {
    String pom = Files.readString(PROJECT.resolve("pom.xml"));
    String line =
        pom.lines().filter(l -> l.contains("@{argLine}")).findFirst().orElseThrow().strip();
    assertThat(Path.of("../docs/guide.md")).content().contains(line);
  }
}
