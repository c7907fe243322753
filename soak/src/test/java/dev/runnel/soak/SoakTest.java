package dev.runnel.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line of the soak. */
class SoakTest {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
  }

  private int run(String... args) {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    return Soak.run(args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--minutes x",
        "--minutes -1",
        "--minutes NaN",
        "--threads 1",
        "--values 0",
        "--seed one",
        "--tests (",
        "--jcstress=slow",
        "--nonsense",
        "1"
      })
  void aMistakeIsOneSentenceAndStatus2(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(complained.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("runnel soak: ")
        .endsWith(". Try --help.");
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void helpIsStatus0() {
    assertThat(run("--help")).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("--minutes", "Exit status");
  }

  @Test
  void aShortSoakPrintsItsSeedAndWhatItDid() {
    assertThat(run("--minutes", "0.001", "--threads", "50", "--values", "20000", "--seed", "3"))
        .isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("--seed 3", "values moved", "values/s", "CPU", "receiveUpTo", "0 violations");
  }
}
