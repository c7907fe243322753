package dev.runnel.benchmarks.contest;

import java.util.List;

/** What came out, for a terminal: a line for each contestant of each workload. */
final class TextReport {
  private static final String ROW = "%-21s %-12s %10s %10s %9s %9s   %s%n";

  private final List<Contest> contests;

  TextReport(List<Contest> contests) {
    this.contests = contests;
  }

  /** All of it. */
  @Override
  public String toString() {
    String first = contests.getFirst().names().getFirst();
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted(
            "workload", "", "wall ns", "CPU ns", "alloc B", "kept B", first + " / this (range)"));
    for (Contest contest : contests) {
      rows(contest, text);
    }
    for (String other : others()) {
      text.append(
          "geometric mean of %s / %s: %s%n"
              .formatted(first, other, Statistics.ratio(geometricMean(first, other))));
    }
    return text.toString();
  }

  private static void rows(Contest contest, StringBuilder text) {
    String first = contest.names().getFirst();
    for (String name : contest.names()) {
      boolean isFirst = name.equals(first);
      text.append(
          ROW.formatted(
              isFirst ? contest.workload().name() : "",
              name,
              cell(contest, name, Measure.WALL),
              cell(
                  contest,
                  name,
                  contest.workload().measure() == Measure.CORE ? Measure.CORE : Measure.CPU),
              cell(contest, name, Measure.ALLOCATED),
              cell(contest, name, Measure.EACH),
              isFirst || !contest.reason(name).isEmpty()
                  ? contest.reason(name)
                  : Statistics.range(contest.ratios(first, name))));
    }
  }

  private static String cell(Contest contest, String name, Measure measure) {
    String number = Statistics.number(contest.median(name, measure));
    return measure == Measure.CORE ? number + " %" : number;
  }

  private List<String> others() {
    return contests.stream()
        .flatMap(contest -> contest.names().stream().skip(1))
        .distinct()
        .toList();
  }

  private double geometricMean(String first, String other) {
    return Statistics.geometricMean(
        contests.stream()
            .mapToDouble(contest -> Statistics.median(contest.ratios(first, other)))
            .toArray());
  }
}
