package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {
  @Test
  void aPairIsToTakeHalfOfGosTime() {
    Contest contest = Contests.round(Contests.of("pair", "runnel", "go"), 30, 50);

    assertThat(goal("uncontended send + receive, buffer 64 ÷ Go", contest))
        .isEqualTo(Goal.of("uncontended send + receive, buffer 64 ÷ Go", 0.5, 0.6))
        .matches(goal -> !goal.met());
  }

  @Test
  void theBetterOfKotlinAndJoxIsWhatCounts() {
    Contest contest = Contests.of("ping-pong", "runnel", "kotlin", "jox");
    Contests.round(contest, 40, 50, 100);
    Contests.round(contest, 40, 100, 80);

    Goal goal =
        goal("ping-pong, two unbuffered (round trip) ÷ the better of Kotlin and Jox", contest);
    assertThat(goal.value()).isEqualTo((0.8 + 0.5) / 2);
    assertThat(goal.met()).isTrue();
  }

  @Test
  void aSelectIsJudgedBesideThePlainReceive() {
    Contest plain = Contests.round(Contests.of("1to1", "runnel"), 100);
    Contest select = Contests.round(Contests.of("select-done", "runnel"), 150);

    Goal goal = goal("receive-or-done select, unbuffered ÷ Runnel's plain receive", plain, select);
    assertThat(goal.value()).isEqualTo(1.5);
    assertThat(goal.met()).isFalse();
  }

  @Test
  void whatWasNotMeasuredIsNoGoal() {
    Contest contest = Contests.round(Contests.of("pair", "runnel", "go"), 30, Double.NaN);

    assertThat(Goals.of(List.of(contest))).isEmpty();
  }

  private static Goal goal(String title, Contest... contests) {
    return Goals.of(List.of(contests)).stream()
        .filter(goal -> goal.title().equals(title))
        .findFirst()
        .orElseThrow();
  }
}
