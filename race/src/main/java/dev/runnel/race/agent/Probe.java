package dev.runnel.race.agent;

import java.util.concurrent.atomic.AtomicInteger;

/** What {@link SelfCheck} runs: two threads, with and without order. */
@SuppressWarnings("UnusedVariable") // what is written matters
public final class Probe {
  private static int racing;
  private static int ordered;
  private int field;
  private final int[] elements = new int[4];
  private volatile int flag;

  private Probe() {}

  /**
   * Three races, whichever thread comes first: in a class, an object and an array.
   *
   * @throws InterruptedException if interrupted
   */
  public static void race() throws InterruptedException {
    Probe probe = new Probe();
    Thread other = new Thread(probe::useAll);
    other.start();
    probe.useAll();
    other.join();
  }

  private void useAll() {
    racing++;
    field++;
    elements[0]++;
  }

  /**
   * No race.
   *
   * @throws InterruptedException if interrupted
   */
  @SuppressWarnings("ThreadPriorityCheck") // the other side has one thing to do
  public static void noRace() throws InterruptedException {
    Probe probe = new Probe();
    AtomicInteger turn = new AtomicInteger();
    Object lock = new Object();
    ordered++;
    Thread other =
        new Thread(() -> {
          ordered++;
          probe.field = 1;
          probe.elements[1] = 1;
          probe.flag = 1;
          while (turn.get() == 0) {
            Thread.yield();
          }
          probe.field++;
          synchronized (lock) {
            probe.elements[2]++;
          }
        });
    other.start();
    while (probe.flag == 0) {
      Thread.yield();
    }
    probe.field++;
    probe.elements[1]++;
    turn.incrementAndGet();
    synchronized (lock) {
      probe.elements[2]++;
    }
    other.join();
    ordered++;
    probe.field++;
  }
}
