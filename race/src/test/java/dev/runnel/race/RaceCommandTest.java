package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./runnel race}, in a folder that looks like a house which is freshly built. */
class RaceCommandTest {
  private static final String RACING = "dev.runnel.race.guide.Visits";

  @TempDir private Path house;

  @BeforeEach
  void build() throws IOException {
    Path script = Path.of("..", "runnel");
    Files.copy(script, house.resolve("runnel"));
    Files.setPosixFilePermissions(house.resolve("runnel"), Files.getPosixFilePermissions(script));
    Path target = Files.createDirectories(house.resolve("race/target/classes")).getParent();
    Files.copy(Agents.JAR, target.resolve("runnel-race.jar"));
    Path stamp = Files.createDirectories(house.resolve("target")).resolve("runnel-race.built");
    Files.createFile(stamp);
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(3_600)));
  }

  private Agents.Outcome race(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("race"));
    command.addAll(List.of(arguments));
    return runnel(command.toArray(String[]::new));
  }

  private Agents.Outcome runnel(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(house.resolve("runnel").toString()));
    command.addAll(List.of(arguments));
    Path output = house.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    String path = house + File.pathSeparator + System.getenv("PATH");
    builder.environment().put("PATH", path);
    builder.environment().put("RUNNEL_JAVA_OPTS", "-Xmx64m -XX:TieredStopAtLevel=1");
    Process process = builder.redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
      return new Agents.Outcome(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void runsAProgramAndEndsWith66() throws Exception {
    Agents.Outcome outcome = race("--", "-cp", Agents.classPath(), RACING);
    assertThat(outcome.output())
        .contains("counted", "WARNING: DATA RACE", "Found 1 data race(s)")
        .doesNotContain("sharing is only supported");
    assertThat(outcome.status()).isEqualTo(66);
  }

  @Test
  void handsOptionsToTheDetector() throws Exception {
    Path log = house.resolve("races.txt");
    Agents.Outcome outcome =
        race("exitcode=7", "log=" + log, "--", "-cp", Agents.classPath(), RACING);
    assertThat(outcome.output().strip()).isEqualTo("counted");
    assertThat(log).content().contains("WARNING: DATA RACE");
    assertThat(outcome.status()).isEqualTo(7);
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    Agents.Outcome outcome = race("-cp", "x", "Main");
    assertThat(outcome.output()).startsWith("runnel: usage: ./runnel race [OPTION...] -- ");
    assertThat(outcome.status()).isEqualTo(2);
    outcome = race("exitcode=many", "--", "-version");
    assertThat(outcome.output()).contains("exitcode").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(2);
    outcome = race("suppressions=nowhere", "--", "-version");
    assertThat(outcome.output()).contains("nowhere").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(2);
  }

  @Test
  void passesTheProgramsOwnStatusOn() throws Exception {
    assertThat(race("--", "no.such.Program").status()).isEqualTo(1);
  }

  /** A Maven that notes what the detector would, and ends with a status. */
  private void maven(String found, int status) throws IOException {
    String note = found.isEmpty() ? "" : "echo '" + found + "' > core/target/races.txt\n";
    Path maven = Files.writeString(house.resolve("mvn"), "#!/bin/sh\n" + note + "exit " + status);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void judgesTheTestsUnderTheDetector() throws Exception {
    maven("nothing", 0);
    Agents.Outcome outcome = runnel("test", "--race");
    assertThat(outcome.output()).contains("the tests ran without a data race");
    assertThat(outcome.status()).isZero();
    maven("nothing", 3);
    outcome = runnel("test", "--race");
    assertThat(outcome.output()).contains("no data race, but the tests failed");
    assertThat(outcome.status()).isEqualTo(3);
    maven("WARNING: DATA RACE", 0);
    outcome = runnel("test", "--race");
    assertThat(outcome.output()).contains("WARNING: DATA RACE", "there are data races");
    assertThat(outcome.status()).isEqualTo(66);
    maven("", 0);
    outcome = runnel("test", "--race");
    assertThat(outcome.output()).contains("no test ran under the detector");
    assertThat(outcome.status()).isEqualTo(1);
  }
}
