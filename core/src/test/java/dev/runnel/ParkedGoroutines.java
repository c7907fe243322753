package dev.runnel;

import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Garbage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.SynchronousQueue;

/**
 * A program that prints how many bytes of heap a parked goroutine takes, and how many a virtual
 * thread of the JDK's does.
 *
 * <p>It parks many of them and lets them go, again and again, until all that matters is compiled:
 * until several rounds on end bring the same figure.
 */
final class ParkedGoroutines {
  private static final int MANY = 20_000;
  private static final int WARM_UP = 3;
  private static final int ALIKE = 4;
  private static final double ALIKE_WITHIN = 0.02;
  private static final int MOST_ROUNDS = 100;

  /** Starts threads that wait, and ends them. */
  private interface Crowd {
    void start(List<Thread> threads);

    void dismiss() throws InterruptedException;
  }

  private ParkedGoroutines() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("goroutine in receive " + settledBytesEach(goroutines()));
    System.out.println("virtual thread in SynchronousQueue.take " + settledBytesEach(threads()));
  }

  private static Crowd goroutines() {
    Chan<Integer> channel = Chan.unbuffered();
    return new Crowd() {
      @Override
      public void start(List<Thread> threads) {
        for (int i = 0; i < MANY; i++) {
          var _ =
              Go.go(() -> {
                threads.add(Thread.currentThread());
                channel.receive();
              });
        }
        Eventually.that("all started", () -> threads.size() == MANY);
      }

      @Override
      public void dismiss() throws InterruptedException {
        for (int i = 0; i < MANY; i++) {
          channel.send(i);
        }
      }
    };
  }

  private static Crowd threads() {
    SynchronousQueue<Integer> queue = new SynchronousQueue<>();
    return new Crowd() {
      @Override
      public void start(List<Thread> threads) {
        for (int i = 0; i < MANY; i++) {
          threads.add(
              Thread.startVirtualThread(() -> {
                try {
                  queue.take();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
        }
      }

      @Override
      public void dismiss() throws InterruptedException {
        for (int i = 0; i < MANY; i++) {
          queue.put(i);
        }
      }
    };
  }

  private static long settledBytesEach(Crowd crowd) throws InterruptedException {
    Deque<Long> latest = new ArrayDeque<>();
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      latest.addLast(bytesEach(crowd));
      if (latest.size() > ALIKE) {
        latest.removeFirst();
      }
      if (round >= WARM_UP + ALIKE && alike(latest)) {
        return Collections.max(latest);
      }
    }
    throw new AssertionError("the figures do not settle: " + latest);
  }

  private static boolean alike(Deque<Long> figures) {
    long least = Collections.min(figures);
    return Collections.max(figures) - least <= ALIKE_WITHIN * least;
  }

  private static long bytesEach(Crowd crowd) throws InterruptedException {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>(MANY));
    long before = Garbage.used();
    crowd.start(threads);
    Eventually.that(
        "all parked", () -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    long bytes = (Garbage.used() - before) / MANY;
    crowd.dismiss();
    for (Thread thread : threads) {
      thread.join();
    }
    return bytes;
  }
}
