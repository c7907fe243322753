package dev.runnel.benchmarks.contest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Under what conditions a workload runs. */
enum Setting {
  /** By itself, on as many threads of the system as each contestant sees fit. */
  PLAIN("", "", Group.SPEED),
  /** While two threads of another process spin. */
  BUSY("busy-", "busy machine: ", Group.WAITING),
  /** While two goroutines of the same process compute, and yield now and then. */
  BESIDE("beside-", "beside busy goroutines: ", Group.WAITING),
  /** Goroutines on one thread of the system. */
  ONE("one-", "one carrier: ", Group.CARRIERS),
  /** Goroutines on two threads of the system. */
  TWO("two-", "two carriers: ", Group.CARRIERS);

  private final String prefix;
  private final String title;
  private final Group group;

  Setting(String prefix, String title, Group group) {
    this.prefix = prefix;
    this.title = title;
    this.group = group;
  }

  /** All but the plain one. */
  static List<Setting> special() {
    return List.of(BUSY, BESIDE, ONE, TWO);
  }

  /** What stands before the names of its workloads. */
  String prefix() {
    return prefix;
  }

  /**
   * A workload of speed in this setting.
   *
   * @param plain the workload
   */
  Workload of(Workload plain) {
    return new Workload(prefix + plain.name(), title + plain.title(), group, plain.measure(), this);
  }

  /** How many threads of the system carry goroutines; null: as each contestant sees fit. */
  @Nullable Integer carriers() {
    return switch (this) {
      case ONE -> 1;
      case TWO -> 2;
      default -> null;
    };
  }
}
