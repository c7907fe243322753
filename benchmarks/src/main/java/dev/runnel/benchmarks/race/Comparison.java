package dev.runnel.benchmarks.race;

import dev.runnel.benchmarks.contest.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One program's readings, without the detector and with it, round by round. */
final class Comparison {
  final Program program;
  private final List<Reading> without = new ArrayList<>();
  private final List<Reading> with = new ArrayList<>();

  Comparison(Program program) {
    this.program = program;
  }

  void add(Reading plain, Reading watched) {
    without.add(plain);
    with.add(watched);
  }

  double without(ToDoubleFunction<Reading> what) {
    return Statistics.median(without.stream().mapToDouble(what).toArray());
  }

  double with(ToDoubleFunction<Reading> what) {
    return Statistics.median(with.stream().mapToDouble(what).toArray());
  }

  /** How many times as much it is with the detector, in each round. */
  double[] times(ToDoubleFunction<Reading> what) {
    double[] times = new double[with.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = what.applyAsDouble(with.get(i)) / what.applyAsDouble(without.get(i));
    }
    return times;
  }
}
