package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pair can't tell: hooks that run when all is over, and what the JDK does on purpose. */
class HardCasesTest {

  @ParameterizedTest
  @ValueSource(strings = {"end", "exit"})
  void shutdownHooksAreOrderedByWhatEndsTheProgram(String how) throws Exception {
    Agents.Outcome ordered = Agents.program("", "Hooks", how, "ordered");
    assertThat(ordered.output()).contains("the hook ran").doesNotContain("DATA RACE");
    assertThat(ordered.status()).isZero();
    Agents.Outcome racing = Agents.program("", "Hooks", how, "racing");
    assertThat(racing.output()).contains("the hook ran", "DATA RACE", "Hooks.");
    assertThat(racing.status()).isEqualTo(66);
  }

  /** The reference is read in a race, and that is said; what its final fields lead to is not. */
  @Test
  void ofAnObjectPublishedInARaceOnlyTheReferenceIsReported() throws Exception {
    Agents.Outcome outcome = Agents.program("", "HardCases", "finalFieldsThroughARace", "racing");
    assertThat(outcome.output())
        .contains("Read of HardCases.reference", "Found 1 data race(s)")
        .doesNotContain("Cell", "Point.");
  }

  @Test
  void whatTheJdkDoesInRacesOnPurposeIsNotReported() throws Exception {
    Agents.Outcome outcome = Agents.run("selfcheck=off", "dev.runnel.race.programs.Benign");
    assertThat(outcome.output().strip()).isEqualTo("ran to its end");
    assertThat(outcome.status()).isZero();
  }
}
