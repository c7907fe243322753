package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide's section about data races: its program is the one that runs here. */
class RacePageTest {
  private static final Path SOURCE = Path.of("src/test/java/dev/runnel/race/guide/Visits.java");

  @Test
  void theProgramRacesAsTheGuideTells() throws Exception {
    Agents.Outcome outcome = Agents.run("", "dev.runnel.race.guide.Visits");
    assertThat(outcome.output())
        .contains("counted", "WARNING: DATA RACE", "of Visits.count by virtual thread")
        .contains("Visits.visit(Visits.java:", "Previous ", "Found 1 data race(s)");
    assertThat(outcome.status()).isEqualTo(66);
  }

  @Test
  void theGuideShowsIt() throws Exception {
    String source = Files.readString(SOURCE);
    String region =
        source.substring(
            source.indexOf("@start region=\"race\"\n") + "@start region=\"race\"\n".length(),
            source.indexOf("  // @end"));
    assertThat(Path.of("../docs/guide.md"))
        .content()
        .contains(region.stripTrailing().stripIndent());
  }
}
