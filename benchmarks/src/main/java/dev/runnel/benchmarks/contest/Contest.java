package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
  private final List<String> names;
  private final List<List<Outcome>> rounds = new ArrayList<>();

  Contest(Workload workload, List<Contestant> contestants) {
    this.workload = workload;
    this.contestants = List.copyOf(contestants);
    this.names = contestants.stream().map(Contestant::name).toList();
  }

  Workload workload() {
    return workload;
  }

  /** Who takes part. */
  List<String> names() {
    return names;
  }

  /**
   * Lets each run once. Who begins changes from round to round.
   *
   * @param warmUp milliseconds of CPU time to warm up
   * @param measured milliseconds of measurement
   */
  void round(int warmUp, int measured) throws IOException, InterruptedException {
    Outcome[] outcomes = new Outcome[contestants.size()];
    try (BusyThreads _ = BusyThreads.start(workload.busy())) {
      for (int i = 0; i < outcomes.length; i++) {
        int turn = (i + rounds.size()) % outcomes.length;
        outcomes[turn] = contestants.get(turn).run(workload.program(), warmUp, measured);
      }
    }
    add(List.of(outcomes));
  }

  /** Adds what came out of a round, in the order of the contestants. */
  void add(List<Outcome> round) {
    rounds.add(List.copyOf(round));
  }

  /** Whether it is among those who take part. */
  boolean has(String name) {
    return names.contains(name);
  }

  /** The median of what a contestant measured; NaN if nothing. */
  double median(String name, Measure measure) {
    return Statistics.median(all(name, measure));
  }

  /** What a contestant measured in each round; NaN where there is nothing. */
  double[] all(String name, Measure measure) {
    int index = names.indexOf(name);
    return rounds.stream()
        .mapToDouble(round -> index < 0 ? Double.NaN : round.get(index).figure(measure.key()))
        .toArray();
  }

  /** The ratio of one's figure to another's, in each round. */
  double[] ratios(String one, String other, Measure measure) {
    return quotients(all(one, measure), all(other, measure));
  }

  /** The same by what this workload is compared by. */
  double[] ratios(String one, String other) {
    return ratios(one, other, workload.measure());
  }

  /** What divides the figures of two series that ran in the same rounds. */
  static double[] quotients(double[] ones, double[] others) {
    return IntStream.range(0, ones.length).mapToDouble(i -> ones[i] / others[i]).toArray();
  }

  /** The least figure of some contestants in each round. */
  double[] least(List<String> some, Measure measure) {
    List<double[]> figures = some.stream().map(name -> all(name, measure)).toList();
    return IntStream.range(0, rounds.size())
        .mapToDouble(round -> {
          double[] here = figures.stream().mapToDouble(f -> f[round]).toArray();
          double[] numbers = Statistics.numbers(here);
          return numbers.length == 0 ? Double.NaN : numbers[0];
        })
        .toArray();
  }

  /** Why a contestant has no figures in some round; empty if it has. */
  String reason(String name) {
    int index = names.indexOf(name);
    return rounds.stream()
        .map(round -> round.get(index).reason())
        .flatMap(Stream::ofNullable)
        .findFirst()
        .orElse("");
  }

  /** The latest round, for those who watch. */
  String latest() {
    List<Outcome> latest = rounds.getLast();
    return IntStream.range(0, latest.size())
        .mapToObj(i -> names.get(i) + " " + shown(latest.get(i)))
        .collect(Collectors.joining(", "));
  }

  private String shown(Outcome outcome) {
    String reason = outcome.reason();
    if (reason != null) {
      return reason;
    }
    return Arrays.stream(new Measure[] {workload.measure(), Measure.CPU})
        .distinct()
        .map(measure -> Statistics.number(outcome.figure(measure.key())))
        .filter(figure -> !figure.equals(Statistics.NO_NUMBER))
        .collect(Collectors.joining(" / "));
  }
}
