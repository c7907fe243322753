package dev.runnel.testkit;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come, however slow the machine: the bound is only for what never comes. */
public final class Eventually {
  private Eventually() {}

  /** Waits until the condition holds; fails when patience ends. */
  public static void that(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > Patience.nanos()) {
        throw new AssertionError("never came: " + what);
      }
      LockSupport.parkNanos(100_000);
    }
  }
}
