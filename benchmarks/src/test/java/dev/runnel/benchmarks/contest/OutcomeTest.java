package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {
  @Test
  void figuresAreReadByName() {
    Outcome outcome = Outcome.parse("wall=158.2 cpu=310.1");

    assertThat(outcome.figure("wall")).isEqualTo(158.2);
    assertThat(outcome.figure("cpu")).isEqualTo(310.1);
    assertThat(outcome.figure("bytes")).isNaN();
    assertThat(outcome.reason()).isNull();
  }

  @Test
  void noneIsNoFailure() {
    assertThat(Outcome.parse("none")).isEqualTo(Outcome.NONE);
  }

  @Test
  void whatIsNoFigureIsAFailure() {
    assertThat(Outcome.parse("Segmentation fault").reason()).contains("Segmentation fault");
    assertThat(Outcome.parse("wall=quick").reason()).contains("wall=quick");
  }
}
