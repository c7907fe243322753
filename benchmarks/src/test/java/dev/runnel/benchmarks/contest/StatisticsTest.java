package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianIgnoresWhatIsNoNumber() {
    assertThat(Statistics.median(3, Double.NaN, 1, 2)).isEqualTo(2);
    assertThat(Statistics.median(4, 1, 3, 2)).isEqualTo(2.5);
    assertThat(Statistics.median(Double.NaN)).isNaN();
  }

  @Test
  void theGeometricMeanOfADoubleAndAHalfIsOne() {
    assertThat(Statistics.geometricMean(2, 0.5, Double.NaN)).isCloseTo(1, within(1e-12));
    assertThat(Statistics.geometricMean()).isNaN();
  }

  @Test
  void aRangeShowsMedianLeastAndGreatest() {
    assertThat(Statistics.range(0.5, 0.25, Double.NaN, 2)).isEqualTo("0.50 (0.25–2.00)");
    assertThat(Statistics.range(0.5)).isEqualTo("0.50");
    assertThat(Statistics.range(Double.NaN)).isEmpty();
  }

  @Test
  void numbersHaveThreeDigitsThatCount() {
    assertThat(Statistics.number(1.234)).isEqualTo("1.23");
    assertThat(Statistics.number(9.996)).isEqualTo("10.0");
    assertThat(Statistics.number(123.4)).isEqualTo("123");
    assertThat(Statistics.number(1_234_567)).isEqualTo("1,234,567");
    assertThat(Statistics.number(Double.NaN)).isEqualTo("–");
  }
}
