package dev.runnel.benchmarks.workload;

/**
 * A channel at which a message arrives every millisecond, as from a network: what the CPU does for
 * each.
 */
final class Paced implements Experiment {
  private static final int WARM_UP_MESSAGES = 200_000;
  private static final int WARM_UP_PACED = 500;

  private final Messages messages;

  /** Messages from one goroutine to another. */
  @FunctionalInterface
  interface Messages {
    /**
     * Sends and receives so many.
     *
     * @param count how many
     * @param pauseMillis how long the sender sleeps before each
     */
    void run(long count, long pauseMillis) throws Exception;
  }

  Paced(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Figures measure(long warmUp, long measured) throws Exception {
    long warm = ProcessTime.nanos() + warmUp / 2;
    while (ProcessTime.nanos() < warm) {
      messages.run(WARM_UP_MESSAGES, 0);
    }
    messages.run(WARM_UP_PACED, 1); // the timer's own code has to be warm too
    long count = 3 * measured / 1_000_000;
    long cpu = ProcessTime.nanos();
    long wall = System.nanoTime();
    messages.run(count, 1);
    cpu = ProcessTime.nanos() - cpu;
    wall = System.nanoTime() - wall;
    return new Figures().wall((double) wall / count).cpu((double) cpu / count);
  }
}
