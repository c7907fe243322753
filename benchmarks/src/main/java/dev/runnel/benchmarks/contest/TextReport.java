package dev.runnel.benchmarks.contest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out, for a terminal: a line for each contestant of each workload. */
final class TextReport {
  private static final String ROW = "%-21s %-12s %10s %10s %9s %9s   %s%n";

  private final List<Contest> contests;
  private final String first;
  private final @Nullable String base;

  /**
   * A report.
   *
   * @param contests what ran
   * @param base whom the others are divided by; null: the first is divided by each other
   */
  TextReport(List<Contest> contests, @Nullable String base) {
    this.contests = contests;
    this.first = contests.getFirst().names().getFirst();
    this.base = base;
  }

  /** All of it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted(
            "workload",
            "",
            "wall ns",
            "CPU ns",
            "alloc B",
            "kept B",
            ratioOf("this") + " (range)"));
    for (Contest contest : contests) {
      rows(contest, text);
    }
    for (String other : others()) {
      text.append(
          "geometric mean of %s: %s%n"
              .formatted(ratioOf(other), Statistics.ratio(geometricMean(other))));
    }
    return text.toString();
  }

  private String ratioOf(String name) {
    return base == null ? first + " / " + name : name + " / " + base;
  }

  private void rows(Contest contest, StringBuilder text) {
    for (String name : contest.names()) {
      text.append(
          ROW.formatted(
              name.equals(contest.names().getFirst()) ? contest.workload().name() : "",
              name,
              cell(contest, name, Measure.WALL),
              cell(
                  contest,
                  name,
                  contest.workload().measure() == Measure.CORE ? Measure.CORE : Measure.CPU),
              cell(contest, name, Measure.ALLOCATED),
              cell(contest, name, Measure.EACH),
              isOther(name) && contest.reason(name).isEmpty()
                  ? Statistics.range(ratios(contest, name))
                  : contest.reason(name)));
    }
  }

  private static String cell(Contest contest, String name, Measure measure) {
    String number = Statistics.number(contest.median(name, measure));
    return measure == Measure.CORE ? number + " %" : number;
  }

  private double[] ratios(Contest contest, String other) {
    return base == null ? contest.ratios(first, other) : contest.ratios(other, base);
  }

  private boolean isOther(String name) {
    return !name.equals(base == null ? first : base);
  }

  private List<String> others() {
    return contests.stream()
        .flatMap(contest -> contest.names().stream())
        .distinct()
        .filter(this::isOther)
        .toList();
  }

  private double geometricMean(String other) {
    return Statistics.geometricMean(
        contests.stream()
            .mapToDouble(contest -> Statistics.median(ratios(contest, other)))
            .toArray());
  }
}
