package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Garbage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;

/** What it costs in heap to have many goroutines wait, stack and all, beside the JDK's own. */
class ParkedGoroutineMemoryTest {
  private static final int MANY = 20_000;
  private static final int ATTEMPTS = 3;
  private static final long MOST_BYTES = 1_000;

  /** Starts a thread that waits, and ends it. */
  private interface Crowd {
    Thread startOne();

    void dismiss(int size) throws InterruptedException;
  }

  @Test
  void aParkedGoroutineTakesAtMostAThousandBytes() throws InterruptedException {
    long goroutine = Long.MAX_VALUE;
    long virtualThread = Long.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS; i++) {
      goroutine = Math.min(goroutine, bytesEach(goroutines()));
      virtualThread = Math.min(virtualThread, bytesEach(virtualThreads()));
    }
    System.out.printf(
        "bytes of heap each: goroutine in receive %d, virtual thread in SynchronousQueue.take %d%n",
        goroutine, virtualThread);
    assertThat(goroutine).isPositive().isLessThanOrEqualTo(MOST_BYTES);
  }

  private static Crowd goroutines() {
    Chan<Integer> channel = Chan.unbuffered();
    return new Crowd() {
      @Override
      public Thread startOne() {
        var started = new SynchronousQueue<Thread>();
        var _ =
            Go.go(() -> {
              announce(started);
              channel.receive();
            });
        return taken(started);
      }

      @Override
      public void dismiss(int size) {
        channel.close();
      }
    };
  }

  private static Crowd virtualThreads() {
    var queue = new SynchronousQueue<Integer>();
    return new Crowd() {
      @Override
      public Thread startOne() {
        return Thread.startVirtualThread(() -> {
          try {
            queue.take();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
      }

      @Override
      public void dismiss(int size) throws InterruptedException {
        for (int i = 0; i < size; i++) {
          queue.put(i);
        }
      }
    };
  }

  private static void announce(SynchronousQueue<Thread> started) throws InterruptedException {
    started.put(Thread.currentThread());
  }

  private static Thread taken(SynchronousQueue<Thread> started) {
    try {
      return started.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long bytesEach(Crowd crowd) throws InterruptedException {
    List<Thread> threads = new ArrayList<>(MANY);
    long before = Garbage.used();
    for (int i = 0; i < MANY; i++) {
      threads.add(crowd.startOne());
    }
    Eventually.that(
        "all parked", () -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    long bytes = (Garbage.used() - before) / MANY;
    crowd.dismiss(MANY);
    for (Thread thread : threads) {
      thread.join();
    }
    return bytes;
  }
}
