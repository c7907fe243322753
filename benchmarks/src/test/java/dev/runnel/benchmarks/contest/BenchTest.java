package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
  @ParameterizedTest
  @CsvSource({
    "--only, 2to2",
    "--peers, rust",
    "--base, rust",
    "--rounds, 0",
    "--rounds, many",
    "--carriers, 0",
    "--runnel-jar, old",
    "--runnel-jar, old=/no/such/folder",
    "--fast, true"
  })
  void aMistakeOnTheCommandLineIsRefused(String option, String value) {
    assertThat(Bench.run(option, value)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--list"})
  void whoAsksIsAnswered(String option) {
    assertThat(Bench.run(option)).isZero();
  }

  @Test
  void optionsOfTheJvmAreSeparatedBySpaces() {
    assertThat(Bench.words(" -Xmx1g  -Da=b ")).containsExactly("-Xmx1g", "-Da=b");
    assertThat(Bench.words("")).isEmpty();
  }
}
