package dev.runnel.benchmarks.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Contests that have run, without processes. */
final class Contests {
  private Contests() {}

  /** The workload of a name. */
  static Workload workload(String name) {
    return Catalogue.ALL.stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
  }

  /** A contest of these. */
  static Contest of(String workload, String... names) {
    List<Contestant> contestants = new ArrayList<>();
    for (String name : names) {
      contestants.add(new Contestant(name, List.of("false"), Map.of()));
    }
    return new Contest(workload(workload), contestants);
  }

  /** Adds a round in which each took so long; NaN stands for one that failed. */
  static Contest round(Contest contest, double... walls) {
    List<Outcome> outcomes = new ArrayList<>();
    for (double wall : walls) {
      outcomes.add(
          Double.isNaN(wall) ? Outcome.failed("broke") : new Outcome(Map.of("wall", wall), null));
    }
    contest.add(outcomes);
    return contest;
  }
}
