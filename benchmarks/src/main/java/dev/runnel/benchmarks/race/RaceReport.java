package dev.runnel.benchmarks.race;

import dev.runnel.benchmarks.contest.Statistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The table of what the detector costs, as Markdown, which a terminal shows as well. */
final class RaceReport {
  private static final String ROW =
      "| %-8s | %9s | %9s | %-18s | %-18s | %7s | %7s | %-7s | %-7s |%n";

  private final List<Comparison> comparisons;

  RaceReport(List<Comparison> comparisons) {
    this.comparisons = comparisons;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted(
            "program",
            "ms",
            "with",
            "slowdown (range)",
            "CPU time (range)",
            "MB",
            "with",
            "memory",
            "live"));
    text.append("|---|---|---|---|---|---|---|---|---|%n".formatted());
    for (Comparison one : comparisons) {
      text.append(
          ROW.formatted(
              one.program.name(),
              number(one.without(Reading::wall) / 1e6),
              number(one.with(Reading::wall) / 1e6),
              Statistics.range(one.times(Reading::wall)),
              Statistics.range(one.times(Reading::cpu)),
              number(one.without(Reading::resident) / 1e6),
              number(one.with(Reading::resident) / 1e6),
              Statistics.ratio(Statistics.median(one.times(Reading::resident))),
              Statistics.ratio(Statistics.median(one.times(Reading::live)))));
    }
    text.append(
        ROW.formatted(
            "mean",
            "",
            "",
            mean(Reading::wall),
            mean(Reading::cpu),
            "",
            "",
            mean(Reading::resident),
            mean(Reading::live)));
    text.append(
        "%nTimes are of a piece of work; memory is the most that the process had resident; live is"
            .formatted());
    text.append(" the heap in use%nafter a collection. The mean is geometric".formatted());
    if (comparisons.stream().anyMatch(one -> !one.program.counts())) {
      text.append(", without the worst case, which no program is like");
    }
    return text.append(".%n".formatted()).toString();
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? Statistics.NO_NUMBER
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
  }

  private String mean(ToDoubleFunction<Reading> what) {
    return Statistics.ratio(
        Statistics.geometricMean(
            comparisons.stream()
                .filter(one -> one.program.counts())
                .mapToDouble(one -> Statistics.median(one.times(what)))
                .toArray()));
  }
}
