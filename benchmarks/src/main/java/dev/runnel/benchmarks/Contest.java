package dev.runnel.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One workload and those who run it, Runnel first.
 *
 * <p>They run in turns, round by round, and a peer is compared with the Runnel of its own round: on
 * a machine whose speed wanders, what ran within the same minute is comparable, and what ran ten
 * minutes apart is not. Of the rounds' ratios the median counts.
 */
final class Contest {
  /** From which ratio on Runnel is called slower: less is noise. */
  private static final double SLOWER = 1.05;

  private final String workload;
  private final List<Contestant> contestants;
  private final List<Goal> goals;
  private final List<double[]> rounds = new ArrayList<>();

  /**
   * What Runnel is to reach.
   *
   * @param peer beside whom; Runnel itself: in nanoseconds
   * @param most the greatest ratio, or the most nanoseconds
   */
  record Goal(String peer, double most) {}

  Contest(String workload, List<Contestant> contestants, Goal... goals) {
    this.workload = workload;
    this.contestants = contestants;
    this.goals = List.of(goals);
  }

  /** What it is about. */
  String workload() {
    return workload;
  }

  /** Lets each run once. Who begins changes from round to round. */
  void run() throws IOException, InterruptedException {
    int n = contestants.size();
    double[] nanos = new double[n];
    for (int i = 0; i < n; i++) {
      int turn = (i + rounds.size()) % n;
      nanos[turn] = contestants.get(turn).run().nanos();
    }
    rounds.add(nanos);
  }

  /** The latest round, for those who watch. */
  String latest() {
    double[] latest = rounds.getLast();
    return IntStream.range(0, latest.length)
        .mapToObj(i -> contestants.get(i).name() + " " + number(latest[i]))
        .collect(Collectors.joining(", ", workload + ": ", ""));
  }

  /** A line of a Markdown table for each contestant. */
  String rows() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < contestants.size(); i++) {
      rows.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  i == 0 ? workload : "",
                  contestants.get(i).name(),
                  number(median(nanos(i))),
                  i == 0 ? "" : ratioWithRange(i),
                  verdict(i)));
    }
    return rows.toString();
  }

  /** Beside whom Runnel was slower, in words; empty if it was not. */
  String losses() {
    return IntStream.range(1, contestants.size())
        .filter(i -> median(ratios(i)) > SLOWER)
        .mapToObj(i -> contestants.get(i).name() + " (" + ratio(median(ratios(i))) + ")")
        .collect(Collectors.joining(", "));
  }

  private String verdict(int contestant) {
    for (Goal goal : goals) {
      if (goal.peer().equals(contestants.get(contestant).name())) {
        boolean met =
            median(contestant == 0 ? nanos(0) : ratios(contestant)) <= goal.most();
        String most = contestant == 0 ? number(goal.most()) + " ns" : ratio(goal.most());
        return "≤ " + most + (met ? ": met" : ": **missed**");
      }
    }
    return "";
  }

  private String ratioWithRange(int peer) {
    double[] ratios = ratios(peer);
    return "%s (%s–%s)"
        .formatted(
            ratio(median(ratios)),
            ratio(Arrays.stream(ratios).min().orElseThrow()),
            ratio(Arrays.stream(ratios).max().orElseThrow()));
  }

  private double[] nanos(int contestant) {
    return rounds.stream().mapToDouble(round -> round[contestant]).toArray();
  }

  /** Runnel's time over the peer's, round by round. */
  private double[] ratios(int peer) {
    return rounds.stream().mapToDouble(round -> round[0] / round[peer]).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String number(double nanos) {
    return String.format(Locale.ROOT, nanos < 100 ? "%.1f" : "%.0f", nanos);
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }
}
