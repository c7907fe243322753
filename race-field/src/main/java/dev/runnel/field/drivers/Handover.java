package dev.runnel.field.drivers;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Queues hand over parcels that both sides change by plain writes: whatever the queue fails to
 * order is then a race of the parcel. Who finds nothing or no room lets others go on, which orders
 * nothing.
 */
final class Handover {
  private static final int ROUND = 300;

  private Handover() {}

  /** What is handed over. */
  static final class Parcel {
    private int stamps;
    private int[] more = {};
  }

  /**
   * Passes parcels through a queue.
   *
   * @param queue it
   * @param producers how many threads may offer
   * @param consumers how many threads may poll
   */
  static void pass(Queue<Parcel> queue, int producers, int consumers) throws InterruptedException {
    int total = ROUND * producers * consumers;
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger whole = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      threads.add(Thread.ofPlatform().start(() -> produce(queue, total / producers)));
    }
    for (int c = 0; c < consumers; c++) {
      threads.add(Thread.ofPlatform().start(() -> consume(queue, total / consumers, taken, whole)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Crew.check(taken.get() == total && whole.get() == total, queue + " lost a parcel");
  }

  @SuppressWarnings("ThreadPriorityCheck") // who waits for room lets others go on
  private static void produce(Queue<Parcel> queue, int count) {
    for (int n = 0; n < count; n++) {
      Parcel parcel = new Parcel();
      parcel.stamps = 1;
      parcel.more = new int[] {n};
      while (!queue.offer(parcel)) {
        Thread.yield();
      }
    }
  }

  /** Counts at the end only: what consumers had in common before would order them. */
  @SuppressWarnings("ThreadPriorityCheck")
  private static void consume(
      Queue<Parcel> queue, int count, AtomicInteger taken, AtomicInteger whole) {
    int good = 0;
    for (int n = 0; n < count; n++) {
      Parcel parcel;
      while ((parcel = queue.poll()) == null) {
        Thread.yield();
      }
      if (++parcel.stamps == 2 && parcel.more.length == 1) {
        good++;
      }
      parcel.more[0] = 0;
    }
    taken.addAndGet(count);
    whole.addAndGet(good);
  }
}
