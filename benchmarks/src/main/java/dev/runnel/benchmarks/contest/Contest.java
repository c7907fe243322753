package dev.runnel.benchmarks.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One workload and those who run it, round by round.
 *
 * <p>Contestants are compared within a round: on a machine whose speed wanders, what ran within the
 * same minute is comparable, and what ran ten minutes apart is not. Of the rounds' ratios the
 * median counts.
 */
final class Contest {
  private final Workload workload;
  private final List<Contestant> contestants;
  private final List<List<Outcome>> rounds = new ArrayList<>();

  Contest(Workload workload, List<Contestant> contestants) {
    this.workload = workload;
    this.contestants = contestants;
  }

  Workload workload() {
    return workload;
  }

  /** Adds what came out of a round, in the order of the contestants. */
  void add(List<Outcome> round) {
    rounds.add(List.copyOf(round));
  }

  /** How often it ran. */
  int rounds() {
    return rounds.size();
  }

  /** The median of a figure. */
  double median(int contestant, String figure) {
    return Figures.median(all(contestant, figure));
  }

  /** A figure in each round; NaN where there is none. */
  double[] all(int contestant, String figure) {
    return rounds.stream().mapToDouble(round -> round.get(contestant).figure(figure)).toArray();
  }

  /** One's figure over another's, round by round. */
  double[] ratios(int one, int other, String figure) {
    double[] ones = all(one, figure);
    double[] others = all(other, figure);
    return IntStream.range(0, ones.length).mapToDouble(i -> ones[i] / others[i]).toArray();
  }

  /** Why there is no figure; empty if there is one, or if there can be none. */
  String reason(int contestant) {
    for (List<Outcome> round : rounds) {
      String reason = round.get(contestant).reason();
      if (reason != null) {
        return reason;
      }
    }
    return "";
  }

  /** The latest round, for those who watch. */
  String latest() {
    List<Outcome> latest = rounds.getLast();
    return IntStream.range(0, latest.size())
        .mapToObj(i -> {
          Outcome outcome = latest.get(i);
          String reason = outcome.reason();
          return contestants.get(i).name()
              + " "
              + (reason == null
                  ? Figures.number(outcome.figure("wall"))
                      + " ("
                      + Figures.number(outcome.figure("cpu"))
                      + ")"
                  : reason);
        })
        .collect(Collectors.joining(", "));
  }
}
