package dev.runnel.benchmarks.workload;

import org.jspecify.annotations.Nullable;

/**
 * Runs one workload of one contestant in this process and prints what came out, as one line:
 *
 * <pre>
 *   wall=158.2 cpu=310.1 bytes=0.0    see {@link Figures}
 *   none                              the contestant can't do this
 * </pre>
 */
public final class Runner {
  private Runner() {}

  /**
   * Runs it.
   *
   * @param args contestant, workload, milliseconds of CPU time to warm up, milliseconds of
   *     measurement
   */
  public static void main(String[] args) throws Exception {
    Experiment experiment = experiment(args[0], args[1]);
    System.out.println(
        experiment == null ? "none" : experiment.measure(nanos(args[2]), nanos(args[3])));
    System.out.flush();
    Runtime.getRuntime().halt(0); // whoever still waits for something waits for nothing
  }

  private static long nanos(String millis) {
    return Long.parseLong(millis) * 1_000_000;
  }

  private static @Nullable Experiment experiment(String contestant, String workload) {
    return switch (contestant) {
      case "runnel" -> Experiments.named(new RunnelPeer(), workload);
      case "kotlin" -> KotlinExperiments.named(workload);
      case "jox" -> Experiments.named(new JoxPeer(), workload);
      case "juc" -> Experiments.named(new JucPeer(), workload);
      case "park" -> Experiments.named(new ParkPeer(), workload);
      default -> throw new IllegalArgumentException("no such contestant: " + contestant);
    };
  }
}
