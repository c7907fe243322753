package dev.runnel.linear;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * What threads see of channels could have happened one step after the other.
 *
 * <p>{@code -Drunnel.linear.seed} repeats a program, and {@code -Drunnel.linear.programs} tries
 * more of them. A history depends on the threads' timing too, so a rare one may take many programs.
 */
class LinearizabilityTest {
  private static final int MOST_FOR_A_FLAW = 20_000;

  @Test
  void ofRunnelsChannels() throws InterruptedException {
    int programs = Integer.getInteger("runnel.linear.programs", 300);
    assertThat(Trial.unexplained(RunnelSubject::new, seed(), programs)).isNull();
  }

  /** Or the model would be wrong, and not only the checker blind. */
  @Test
  void ofPlainChannelsUnderOneMonitor() throws InterruptedException {
    assertThat(
            Trial.unexplained(
                kinds -> new FlawedSubject(FlawedSubject.Flaw.NONE, kinds), seed(), 100))
        .isNull();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "LOOKS_TWICE"})
  void aFlawIsFound(FlawedSubject.Flaw flaw) throws InterruptedException {
    assertThat(Trial.unexplained(kinds -> new FlawedSubject(flaw, kinds), seed(), MOST_FOR_A_FLAW))
        .isNotNull();
  }

  /** Random programs seldom have what shows it. */
  @Test
  void aSelectSeesAllChannelsInOneMoment() throws InterruptedException {
    Program program = Program.fullAndEmpty();
    assertThat(Trial.unexplained(RunnelSubject::new, program, 1_000)).isNull();
    assertThat(
            Trial.unexplained(
                kinds -> new FlawedSubject(FlawedSubject.Flaw.LOOKS_TWICE, kinds),
                program,
                MOST_FOR_A_FLAW))
        .as("the flaw is found")
        .isNotNull();
  }

  private static long seed() {
    return Long.getLong("runnel.linear.seed", System.nanoTime());
  }
}
