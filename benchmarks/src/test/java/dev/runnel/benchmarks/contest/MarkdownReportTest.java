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
    assertThat(report(won)).contains("Nowhere in this run.");
  }

  @Test
  void aRunnelThatFailsHasLost() {
    Contest failed = Contests.round(Contests.of("1to1", "runnel", "go"), Double.NaN, 100);

    assertThat(report(failed)).contains("1→1 unbuffered: Runnel has no figure (broke)");
  }

  @Test
  void theQuickestIsBoldAndWhoFailedSaysWhy() {
    Contest contest =
        Contests.round(Contests.of("1to1", "runnel", "go", "jox"), 50, 100, Double.NaN);

    assertThat(report(contest)).contains("| 1→1 unbuffered | **50.0** | 100 | broke |");
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
