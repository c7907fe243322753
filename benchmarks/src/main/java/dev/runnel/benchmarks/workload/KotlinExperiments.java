package dev.runnel.benchmarks.workload;

import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The experiments with Kotlin's coroutines, whose parts are written in Kotlin. */
final class KotlinExperiments {
  private KotlinExperiments() {}

  /** As {@link Experiments#named}. */
  static @Nullable Experiment named(String name) {
    if (name.startsWith(Experiments.BESIDE)) {
      Experiment experiment = named(name.substring(Experiments.BESIDE.length()));
      return experiment == null
          ? null
          : Experiments.beside(
              experiment, () -> new KotlinSpinners().start(Spinners.COUNT, Spinners.PIECE_NANOS));
    }
    return switch (name) {
      case "parked" -> new Crowding(oneChannel(), Experiments.PARKED, false);
      case "parked-1m" -> new Crowding(oneChannel(), Experiments.MILLION, false);
      case "pairs-1m" -> new Crowding(pairs(), Experiments.MILLION, false);
      case "close-500k" -> new Crowding(oneChannel(), Experiments.CLOSED, true);
      case "idle" -> new Idle(oneChannel());
      case "paced" -> paced(0);
      case "paced-b100" -> paced(Experiments.BUFFER);
      default -> {
        LongUnaryOperator body = new KotlinWorkloads().named(name);
        yield body == null ? null : new Throughput(body::applyAsLong);
      }
    };
  }

  private static Crowd oneChannel() {
    KotlinCrowd crowd = new KotlinCrowd();
    return crowd(crowd::gather, crowd::dismiss);
  }

  private static Crowd pairs() {
    KotlinPairsCrowd crowd = new KotlinPairsCrowd();
    return crowd(crowd::gather, crowd::dismiss);
  }

  private interface Gathering {
    void gather(int count);
  }

  private static Crowd crowd(Gathering gathering, Runnable dismissal) {
    return new Crowd() {
      @Override
      public void gather(int count) {
        gathering.gather(count);
      }

      @Override
      public void dismiss() {
        dismissal.run();
      }
    };
  }

  private static Experiment paced(int capacity) {
    KotlinPace pace = new KotlinPace();
    return new Paced((count, pauseMillis) -> pace.run(capacity, count, pauseMillis));
  }
}
