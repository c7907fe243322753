package dev.runnel.benchmarks.contest;

import java.util.List;
import java.util.Locale;

/** A kind of workload. */
enum Group {
  /** How quick the operations are. */
  SPEED,
  /** What very many goroutines cost. */
  SCALE,
  /** What it costs to wait, beside the plainest way of waiting. */
  WAITING,
  /** How quick the operations are on other numbers of threads of the system. */
  CARRIERS;

  /** Its name on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Who runs it unless others are asked for. */
  List<String> peers() {
    return switch (this) {
      case SPEED, SCALE -> List.of("runnel", "go", "kotlin", "jox", "juc");
      case WAITING -> List.of("runnel", "park", "go");
      case CARRIERS -> List.of("runnel", "go");
    };
  }
}
