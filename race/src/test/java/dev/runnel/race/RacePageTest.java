package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide's section about data races, and the README: their program and report are real. */
class RacePageTest {
  private static final Path SOURCE = Path.of("src/test/java/dev/runnel/race/guide/Visits.java");
  private static final Path GUIDE = Path.of("../docs/guide.md");
  private static final Path README = Path.of("README.md");

  /** Often enough that the two goroutines come one after the other once. */
  private static final int TRIES = 20;

  /** The first block of a page that holds a report; threads numbered as they come. */
  private static String reportIn(Path page) throws Exception {
    String text = Files.readString(page);
    int mark = text.indexOf("WARNING: DATA RACE");
    int begin = text.lastIndexOf("```\n", mark) + 4;
    return numbered(text.substring(begin, text.indexOf("```\n", begin)));
  }

  /** Packages are left out, as the page does; so is which of the two was still running. */
  private static String numbered(String report) {
    return ReportTest.numbered(report.replace("dev.runnel.race.guide.", ""))
        .replaceAll("\\((finished|running)\\)", "(alive?)");
  }

  @Test
  void theReportsOnThePagesAreWhatTheProgramSays() throws Exception {
    String guide = reportIn(GUIDE);
    assertThat(reportIn(README)).isEqualTo(guide);
    String said = "";
    for (int i = 0; i < TRIES && !said.equals(guide); i++) {
      Agents.Outcome outcome = Agents.run("selfcheck=off", "dev.runnel.race.guide.Visits");
      assertThat(outcome.status()).isEqualTo(66);
      assertThat(outcome.output())
          .contains("counted", "WARNING: DATA RACE", "Found 1 data race(s)");
      said = numbered(outcome.output()).replace("counted\n", "");
    }
    assertThat(said).isEqualTo(guide);
  }

  @Test
  void theGuideShowsTheProgram() throws Exception {
    String source = Files.readString(SOURCE);
    String region =
        source.substring(
            source.indexOf("@start region=\"race\"\n") + "@start region=\"race\"\n".length(),
            source.indexOf("  // @end"));
    assertThat(GUIDE).content().contains(region.stripTrailing().stripIndent());
  }

  @Test
  void whatIsMeantIsNotTold() throws Exception {
    String source = Files.readString(SOURCE.resolveSibling("Names.java"));
    String begin = "// @start region=\"ignored\"\n";
    String region =
        source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// @end"));
    assertThat(GUIDE).content().contains(region);
    Agents.Outcome outcome = Agents.run("selfcheck=off", "dev.runnel.race.guide.Names");
    assertThat(outcome.output().strip()).isEqualTo("hashed");
    assertThat(outcome.status()).isZero();
  }
}
