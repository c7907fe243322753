package dev.runnel.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RaceBenchTest {
  @ParameterizedTest
  @CsvSource({
    "--only, tomcat",
    "--agent, /no/such/detector.jar",
    "--warm-up, -1",
    "--measured, 0",
    "--measured, long",
    "--fast, 1"
  })
  void aMistakeOnTheCommandLineIsRefused(String option, String value) {
    assertThat(RaceBench.run(option, value)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "many"})
  void roundsAreANumberAboveNought(String rounds) {
    assertThat(RaceBench.run(rounds)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--list"})
  void whoAsksIsAnswered(String option) {
    assertThat(RaceBench.run(option)).isZero();
  }

  static List<String> programs() {
    return Program.names();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramDoesItsWork(String name) throws Exception {
    try (Load load = Program.named(name).begin().call()) {
      load.piece(); // each checks its result
      load.piece();
    }
  }

  @Test
  void aProcessReadsItself(@TempDir Path folder) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Watched watched = new Watched(List.of("-Xmx64m"), "-Dno=agent", errors, 0, 1);
    for (boolean with : new boolean[] {false, true}) {
      Reading reading = watched.run(Program.named("loop"), with);
      assertThat(reading.wall()).isPositive();
      assertThat(reading.live()).isBetween(1.0, 64e6);
    }
    assertThat(errors).isEmptyFile();
  }

  @Test
  void aProcessThatFailsSaysWhy(@TempDir Path folder) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Watched watched = new Watched(List.of(), "-javaagent:/no/such.jar", errors, 0, 1);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> watched.run(Program.named("loop"), true))
        .withMessageStartingWith("loop ended with 1: see ");
    assertThat(Files.readString(errors)).contains("/no/such.jar");
  }

  @Test
  void aReadingIsFoundAmongOtherLines() {
    Reading reading = new Reading(1.5e9, 2, Double.NaN, 1 << 20);
    assertThat(Reading.parse("hello\n" + reading + "\nbye")).isEqualTo(reading);
    assertThatIllegalArgumentException().isThrownBy(() -> Reading.parse("wall=1 cpu=x"));
  }

  @Test
  void theMeanIsGeometricAndWithoutTheWorstCase() {
    Comparison demo = new Comparison(Program.named("demo"));
    demo.add(new Reading(1e6, 1e6, 100e6, 1e6), new Reading(2e6, 3e6, 200e6, 5e6));
    demo.add(new Reading(1e6, 1e6, 100e6, 1e6), new Reading(4e6, 3e6, 200e6, 5e6));
    demo.add(new Reading(1e6, 1e6, 100e6, 1e6), new Reading(3e6, 3e6, 200e6, 5e6));
    Comparison pool = new Comparison(Program.named("pool"));
    pool.add(new Reading(1e6, 1e6, 100e6, 1e6), new Reading(12e6, 12e6, 200e6, 5e6));
    Comparison loop = new Comparison(Program.named("loop"));
    loop.add(new Reading(1e6, 1e6, 100e6, 1e6), new Reading(100e6, 99e6, 900e6, 9e6));
    assertThat(new RaceReport(List.of(demo, pool, loop)).toString().lines().map(String::strip))
        .anyMatch(row -> row.startsWith("| demo") && row.contains("| 3.00 (2.00–4.00) "))
        .anyMatch(row -> row.startsWith("| loop") && row.contains("| 100.00 "))
        .anyMatch(row ->
            row.matches("\\| mean .*\\| 6\\.00 +\\| 6\\.00 +\\| +\\| +\\| 2\\.00 +\\| 5\\.00 .*"));
  }
}
