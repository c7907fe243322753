package dev.runnel.benchmarks.race;

/** The worst case: threads that do nothing but use fields and elements of their own. */
final class LoopLoad implements Load {
  private static final int TIMES = 500;
  private static final int ELEMENTS = 64;

  private final Crew crew = new Crew();

  private static final class Counter {
    private final int[] table = new int[ELEMENTS];
    private int steps;
    private int sum;

    void run() {
      for (int i = 0; i < ELEMENTS; i++) {
        table[i] += i;
        sum += table[(i * 7) & (ELEMENTS - 1)];
        steps++;
      }
    }
  }

  @Override
  public void piece() throws Exception {
    long sum =
        crew.sum(_ -> {
          Counter counter = new Counter();
          for (int i = 0; i < TIMES; i++) {
            counter.run();
          }
          return (long) counter.steps + (counter.sum == 0 ? 1 : 0);
        });
    Crew.expect((long) Crew.THREADS * TIMES * ELEMENTS, sum);
  }

  @Override
  public void close() {
    crew.close();
  }
}
