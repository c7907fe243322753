package dev.runnel.benchmarks.workload;

/** What a process costs whose goroutines all wait. */
final class Idle implements Experiment {
  private static final int COUNT = 10_000;

  private final Crowd crowd;

  Idle(Crowd crowd) {
    this.crowd = crowd;
  }

  @Override
  public Figures measure(long warmUp, long measured) throws Exception {
    long end = ProcessTime.nanos() + warmUp / 2;
    while (ProcessTime.nanos() < end) {
      crowd.gather(COUNT);
      crowd.dismiss();
    }
    crowd.gather(COUNT);
    Quiet.await();
    long cpu = ProcessTime.nanos();
    long wall = System.nanoTime();
    Thread.sleep(3 * measured / 1_000_000);
    cpu = ProcessTime.nanos() - cpu;
    wall = System.nanoTime() - wall;
    return new Figures().core(100.0 * cpu / wall);
  }
}
