package dev.runnel.benchmarks.contest;

import java.util.List;

/** What came out, as tables. */
final class Report {
  private final List<Contestant> contestants;
  private final List<Contest> contests;

  Report(List<Contestant> contestants, List<Contest> contests) {
    this.contestants = contestants;
    this.contests = contests;
  }

  /** A table for a terminal: a line for each contestant of each workload. */
  String text() {
    StringBuilder text = new StringBuilder();
    String first = contestants.getFirst().name();
    text.append(
        "%-16s %-14s %10s %10s %10s   %s%n"
            .formatted("workload", "", "wall ns", "CPU ns", "bytes", first + " / this (range)"));
    for (Contest contest : contests) {
      for (int i = 0; i < contestants.size(); i++) {
        text.append(
            "%-16s %-14s %10s %10s %10s   %s%n"
                .formatted(
                    i == 0 ? contest.workload().name() : "",
                    contestants.get(i).name(),
                    Figures.number(contest.median(i, "wall")),
                    Figures.number(contest.median(i, "cpu")),
                    Figures.number(contest.median(i, "bytes")),
                    i == 0 ? contest.reason(i) : against(contest, i)));
      }
    }
    for (int i = 1; i < contestants.size(); i++) {
      int other = i;
      text.append(
          "geometric mean of %s / %s: %s%n"
              .formatted(
                  first,
                  contestants.get(i).name(),
                  Figures.ratio(
                      Figures.geometricMean(
                          contests.stream()
                              .mapToDouble(c -> Figures.median(c.ratios(0, other, "wall")))
                              .toArray()))));
    }
    return text.toString();
  }

  private static String against(Contest contest, int other) {
    if (!contest.reason(other).isEmpty()) {
      return contest.reason(other);
    }
    double[] ratios = Figures.numbers(contest.ratios(0, other, "wall"));
    return ratios.length == 0
        ? ""
        : "%s (%s-%s)"
            .formatted(
                Figures.ratio(Figures.median(ratios)),
                Figures.ratio(ratios[0]),
                Figures.ratio(ratios[ratios.length - 1]));
  }
}
