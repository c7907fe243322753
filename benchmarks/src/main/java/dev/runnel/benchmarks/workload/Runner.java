package dev.runnel.benchmarks.workload;

import java.util.concurrent.CountDownLatch;
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
    String workload = args[1];
    long warmUp = nanos(args[2]);
    long measured = nanos(args[3]);
    switch (args[0]) {
      case "runnel" -> run(new RunnelPeer(), workload, warmUp, measured);
      case "kotlin" -> print(KotlinExperiments.named(workload), warmUp, measured);
      case "jox" -> run(new JoxPeer(), workload, warmUp, measured);
      case "juc" -> run(new JucPeer(), workload, warmUp, measured);
      case "park" -> run(new ParkPeer(), workload, warmUp, measured);
      default -> throw new IllegalArgumentException("no such contestant: " + args[0]);
    }
    System.out.flush();
    Runtime.getRuntime().halt(0); // whoever still waits for something waits for nothing
  }

  /** Runs it in a goroutine, as in Go, whose main is one. */
  private static void run(Peer<?> peer, String workload, long warmUp, long measured)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    peer.go(() -> {
      print(Experiments.named(peer, workload), warmUp, measured);
      ended.countDown();
    });
    ended.await();
  }

  private static void print(@Nullable Experiment experiment, long warmUp, long measured)
      throws Exception {
    System.out.println(experiment == null ? "none" : experiment.measure(warmUp, measured));
  }

  private static long nanos(String millis) {
    return Long.parseLong(millis) * 1_000_000;
  }
}
