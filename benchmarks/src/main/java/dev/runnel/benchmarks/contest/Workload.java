package dev.runnel.benchmarks.contest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured.
 *
 * @param name its name on the command line
 * @param title what it is, for people
 * @param group what kind it is
 * @param measure what the contestants are compared by
 * @param setting under what conditions it runs
 */
record Workload(String name, String title, Group group, Measure measure, Setting setting) {

  /** A workload that runs by itself. */
  Workload(String name, String title, Group group, Measure measure) {
    this(name, title, group, measure, Setting.PLAIN);
  }

  /** What the programs call it: they themselves start the goroutines that compute beside. */
  String program() {
    return setting == Setting.BESIDE ? name : name.substring(setting.prefix().length());
  }

  /** Whether the machine is to be busy with other work meanwhile. */
  boolean busy() {
    return setting == Setting.BUSY;
  }

  /** How many threads of the system carry goroutines; null: as each contestant sees fit. */
  @Nullable Integer carriers() {
    return setting.carriers();
  }

  /** Who runs it unless others are asked for. */
  List<String> peers() {
    if (busy() || setting == Setting.BESIDE) {
      return List.of("runnel", "park");
    }
    return switch (name) {
      // Each takes as long as ten others.
      case "parked-1m", "pairs-1m" -> List.of("runnel", "go");
      case "close-500k", "chain-100000" -> List.of("runnel", "go", "kotlin");
      default -> group.peers();
    };
  }

  /**
   * Whether a word on the command line means it: its name, its group, or how names begin before a
   * *.
   */
  boolean is(String word) {
    return word.endsWith("*")
        ? name.startsWith(word.substring(0, word.length() - 1))
        : name.equals(word) || group.label().equals(word);
  }
}
