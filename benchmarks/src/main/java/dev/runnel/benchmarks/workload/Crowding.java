package dev.runnel.benchmarks.workload;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What a crowd costs: to gather, to keep, to dismiss. */
final class Crowding implements Experiment {
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
  private static final int WARM_UP_CROWD = 20_000;

  /** So many at least: what parks in interpreted code keeps more memory. */
  private static final int WARM_UP_CROWDS = 5;

  private final Crowd crowd;
  private final int count;
  private final boolean dismissalOnly;

  /**
   * An experiment.
   *
   * @param crowd the crowd
   * @param count how many
   * @param dismissalOnly whether the time of dismissing them is wanted alone, without gathering
   */
  Crowding(Crowd crowd, int count, boolean dismissalOnly) {
    this.crowd = crowd;
    this.count = count;
    this.dismissalOnly = dismissalOnly;
  }

  @Override
  public Figures measure(long warmUp, long measured) throws Exception {
    long end = ProcessTime.nanos() + warmUp;
    for (int i = 0; i < WARM_UP_CROWDS || ProcessTime.nanos() < end; i++) {
      crowd.gather(WARM_UP_CROWD);
      crowd.dismiss();
    }
    long before = live();
    long gathering = System.nanoTime();
    long cpuGathering = ProcessTime.nanos();
    crowd.gather(count);
    gathering = System.nanoTime() - gathering;
    cpuGathering = ProcessTime.nanos() - cpuGathering;
    Quiet.await();
    long bytes = live() - before;
    long dismissal = System.nanoTime();
    long cpuDismissal = ProcessTime.nanos();
    crowd.dismiss();
    dismissal = System.nanoTime() - dismissal;
    cpuDismissal = ProcessTime.nanos() - cpuDismissal;
    return new Figures()
        .wall((double) (dismissalOnly ? dismissal : gathering + dismissal) / count)
        .cpu((double) (dismissalOnly ? cpuDismissal : cpuGathering + cpuDismissal) / count)
        .each((double) bytes / count);
  }

  /** The bytes of all live objects. */
  private static long live() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      System.gc();
      least = Math.min(least, MEMORY.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
