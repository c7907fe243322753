package dev.runnel.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps every carrier thread busy while it is open, so that a virtual thread started meanwhile does
 * not run yet: a test can let something happen between a goroutine's start and its body.
 */
public final class Carriers implements AutoCloseable {
  private final List<Thread> busy = new ArrayList<>();
  private volatile boolean released;

  private Carriers() {}

  /** Occupies them all. Not for virtual threads: they would never get back. */
  public static Carriers occupy() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("only a platform thread can occupy the carriers");
    }
    Carriers carriers = new Carriers();
    int many =
        Integer.getInteger(
            "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    AtomicInteger spinning = new AtomicInteger();
    for (int i = 0; i < many; i++) {
      carriers.busy.add(
          Thread.startVirtualThread(() -> {
            spinning.incrementAndGet();
            while (!carriers.released) {
              Thread.onSpinWait();
            }
          }));
    }
    Eventually.that("all carriers busy", () -> spinning.get() == many);
    return carriers;
  }

  @Override
  public void close() {
    released = true;
    Eventually.that("all carriers free", () -> busy.stream().noneMatch(Thread::isAlive));
  }
}
