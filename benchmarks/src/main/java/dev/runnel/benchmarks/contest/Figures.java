package dev.runnel.benchmarks.contest;

import java.util.Arrays;
import java.util.Locale;

/** Medians, means, and how figures are written. */
final class Figures {
  private Figures() {}

  /** The median of those that are numbers; NaN if there are none. */
  static double median(double... values) {
    double[] sorted = numbers(values);
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The geometric mean of those that are numbers; NaN if there are none. */
  static double geometricMean(double... values) {
    return Math.exp(Arrays.stream(numbers(values)).map(Math::log).average().orElse(Double.NaN));
  }

  /** Those that are numbers, the least first. */
  static double[] numbers(double... values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }

  /** Three digits that count, or all before the point. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    return String.format(
        Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f", value);
  }

  /** A ratio. */
  static String ratio(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
  }
}
