package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContestTest {
  private final Contest contest = Contests.of("pair", "runnel", "go", "kotlin");

  @Test
  void ratiosAreTakenWithinARound() {
    Contests.round(contest, 10, 20, 100);
    Contests.round(contest, 300, 200, 100);
    Contests.round(contest, 10, 10, 100);

    assertThat(contest.ratios("runnel", "go")).containsExactly(0.5, 1.5, 1.0);
    assertThat(contest.median("runnel", Measure.WALL)).isEqualTo(10);
  }

  @Test
  void whoFailsInARoundHasNoFigureThere() {
    Contests.round(contest, 10, Double.NaN, 30);
    Contests.round(contest, 10, 20, 30);

    assertThat(contest.reason("go")).isEqualTo("broke");
    assertThat(contest.reason("runnel")).isEmpty();
    assertThat(contest.ratios("runnel", "go")).containsExactly(Double.NaN, 0.5);
    assertThat(contest.median("go", Measure.WALL)).isEqualTo(20);
  }

  @Test
  void theLeastOfSomeIsTakenWithinARound() {
    Contests.round(contest, 1, 5, 3);
    Contests.round(contest, 1, 2, 7);
    Contests.round(contest, 1, Double.NaN, Double.NaN);

    assertThat(contest.least(List.of("go", "kotlin"), Measure.WALL))
        .containsExactly(3, 2, Double.NaN);
  }

  @Test
  void whoDoesNotTakePartHasNoFigures() {
    Contests.round(contest, 1, 2, 3);

    assertThat(contest.has("jox")).isFalse();
    assertThat(contest.median("jox", Measure.WALL)).isNaN();
  }
}
