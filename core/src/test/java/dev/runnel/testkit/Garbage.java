package dev.runnel.testkit;

import java.lang.ref.WeakReference;

/** Tells what can be collected, and how much memory is left in use when all that can be is. */
public final class Garbage {

  private Garbage() {}

  /** Waits until an object is gone; fails if something holds on to it. */
  public static void awaitCollection(String what, WeakReference<?> reference) {
    Eventually.that(
        what + " collected",
        () -> {
          System.gc();
          return reference.get() == null;
        });
  }

  /** The bytes in use after a collection. */
  public static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
