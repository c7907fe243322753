package dev.runnel.benchmarks.contest;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one process said of one workload.
 *
 * @param figures the figures by name; empty if there are none
 * @param reason why there are none; null if there are
 */
record Outcome(Map<String, Double> figures, @Nullable String reason) {
  /** The contestant has nothing for this workload. */
  static final Outcome NONE = failed("–");

  static Outcome failed(String reason) {
    return new Outcome(Map.of(), reason);
  }

  /**
   * Reads the line that a process printed.
   *
   * @param line such as {@code wall=158.2 cpu=310.1 bytes=0.0}, or {@code none}
   */
  static Outcome parse(String line) {
    if (line.equals("none")) {
      return NONE;
    }
    Map<String, Double> figures = new HashMap<>();
    for (String figure : line.split(" ", -1)) {
      int equals = figure.indexOf('=');
      double value = equals < 0 ? Double.NaN : number(figure.substring(equals + 1));
      if (Double.isNaN(value)) {
        return failed("said '" + line + "'");
      }
      figures.put(figure.substring(0, equals), value);
    }
    return new Outcome(figures, null);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** A figure; NaN if there is none. */
  double figure(String name) {
    return figures.getOrDefault(name, Double.NaN);
  }
}
