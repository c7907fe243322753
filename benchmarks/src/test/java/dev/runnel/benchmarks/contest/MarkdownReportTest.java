package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  @Test
  void itSaysWhereRunnelLosesAndToWhom() {
    Contest lost = Contests.round(Contests.of("1to1", "runnel", "go", "kotlin"), 200, 100, 300);
    Contest won = Contests.round(Contests.of("pair", "runnel", "go", "kotlin"), 10, 40, 80);

    assertThat(report(lost, won)).contains("- 1→1 unbuffered: Go (2.00×)\n");
    assertThat(report(lost, won)).doesNotContain("buffer 64: Go (");
    assertThat(report(won)).contains("Nobody takes less than Runnel anywhere in this run.");
  }

  @Test
  void aRunnelThatFailsHasLost() {
    Contest failed = Contests.round(Contests.of("1to1", "runnel", "go"), Double.NaN, 100);

    assertThat(report(failed)).contains("1→1 unbuffered: Runnel has no figure (broke)");
  }

  @Test
  void itSaysWhichGoalsAreMissed() {
    Contest lost = Contests.round(Contests.of("1to1-b100", "runnel", "go"), 90, 100);
    Contest won = Contests.round(Contests.of("pair", "runnel", "go"), 10, 40);

    // The geometric mean is the third goal.
    assertThat(report(lost, won))
        .contains("Of 3 goals 1 are missed:\n\n- 1→1 buffer 100 ÷ Go: 0.90, at most 0.70\n")
        .contains("2 of 3 are met.");
  }

  @Test
  void cpuTimeStandsBesideWallTime() {
    Contest contest = Contests.of("1to1", "runnel", "go");
    contest.add(
        List.of(
            Outcome.parse("wall=50 cpu=90 bytes=0"), Outcome.parse("wall=100 cpu=110 bytes=0")));

    assertThat(report(contest)).contains("| 1→1 unbuffered | **50.0** / 90.0 | 100 / 110 |");
  }

  @Test
  void theQuickestIsBoldAndWhoFailedSaysWhy() {
    Contest contest =
        Contests.round(Contests.of("1to1", "runnel", "go", "jox"), 50, 100, Double.NaN);

    assertThat(report(contest)).contains("| 1→1 unbuffered | **50.0** / – | 100 / – | broke |");
  }

  @Test
  void theGeometricMeanIsBelowTheRatios() {
    Contest one = Contests.round(Contests.of("1to1", "runnel", "go"), 200, 100);
    Contest other = Contests.round(Contests.of("pair", "runnel", "go"), 50, 100);

    assertThat(report(one, other)).contains("| **geometric mean** | **1.00** |");
  }

  private static String report(Contest... contests) {
    return new MarkdownReport(List.of(contests), List.of("today"), "chart.svg").toString();
  }
}
