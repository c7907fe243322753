package dev.runnel.benchmarks.contest;

import java.util.Arrays;
import java.util.Locale;

/** Medians, means, and how figures are written. */
public final class Statistics {
  /** What stands where there is no number. */
  public static final String NO_NUMBER = "–";

  private Statistics() {}

  /**
   * The median of those that are numbers.
   *
   * @param values numbers, and NaN for what is missing
   * @return the median; NaN if there are no numbers
   */
  public static double median(double... values) {
    double[] sorted = numbers(values);
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * The geometric mean of those that are numbers.
   *
   * @param values numbers, and NaN for what is missing
   * @return the mean; NaN if there are no numbers
   */
  public static double geometricMean(double... values) {
    return Math.exp(Arrays.stream(numbers(values)).map(Math::log).average().orElse(Double.NaN));
  }

  /**
   * Those that are numbers.
   *
   * @param values numbers, and NaN for what is missing
   * @return the numbers, the least first
   */
  public static double[] numbers(double... values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }

  /**
   * Three digits that count, or all before the point.
   *
   * @param value a number or NaN
   * @return how it is written
   */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return NO_NUMBER;
    }
    return String.format(
        Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f", value);
  }

  /**
   * A ratio.
   *
   * @param value a number or NaN
   * @return how it is written
   */
  public static String ratio(double value) {
    return Double.isNaN(value) ? NO_NUMBER : String.format(Locale.ROOT, "%.2f", value);
  }

  /**
   * The median and, of several, the range.
   *
   * @param values numbers, and NaN for what is missing
   * @return how they are written; empty if there is no number
   */
  public static String range(double... values) {
    double[] numbers = numbers(values);
    if (numbers.length == 0) {
      return "";
    }
    String median = ratio(median(numbers));
    return numbers.length == 1
        ? median
        : "%s (%s–%s)".formatted(median, ratio(numbers[0]), ratio(numbers[numbers.length - 1]));
  }
}
