package dev.runnel.race.runtime;

import org.jspecify.annotations.Nullable;

/** The edges of monitors: a release at each unlock and wait, an acquire at each lock. */
public final class Monitors {
  private Monitors() {}

  /** The current thread is about to lock a monitor. */
  public static void entering() {
    var _ = Room.need();
  }

  /**
   * The current thread has locked a monitor.
   *
   * @param monitor whose
   */
  public static void entered(@Nullable Object monitor) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0 && monitor != null) {
      Edges.acquire(t, monitor, Keys.MONITOR);
    }
  }

  /**
   * The current thread is about to unlock a monitor.
   *
   * @param monitor whose
   */
  public static void leaving(@Nullable Object monitor) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0 && monitor != null) {
      Edges.release(t, monitor, Keys.MONITOR);
    }
  }

  /**
   * In place of {@link Object#wait()}.
   *
   * @param monitor whose
   * @throws InterruptedException as that
   */
  @SuppressWarnings({"WaitNotInLoop", "EmptyBlock"}) // the caller's loop
  public static void await(Object monitor) throws InterruptedException {
    leaving(monitor);
    try {
      monitor.wait();
    } catch (InterruptedException e) {
      Threads.interruptSeen();
      throw e;
    } finally {
      entered(monitor);
    }
  }

  /**
   * In place of {@link Object#wait(long)}.
   *
   * @param monitor whose
   * @param millis as that
   * @throws InterruptedException as that
   */
  @SuppressWarnings("WaitNotInLoop") // the caller's loop
  public static void await(Object monitor, long millis) throws InterruptedException {
    leaving(monitor);
    try {
      monitor.wait(millis);
    } catch (InterruptedException e) {
      Threads.interruptSeen();
      throw e;
    } finally {
      entered(monitor);
    }
  }

  /**
   * In place of {@link Object#wait(long, int)}.
   *
   * @param monitor whose
   * @param millis as that
   * @param nanos as that
   * @throws InterruptedException as that
   */
  @SuppressWarnings("WaitNotInLoop") // the caller's loop
  public static void await(Object monitor, long millis, int nanos) throws InterruptedException {
    leaving(monitor);
    try {
      monitor.wait(millis, nanos);
    } catch (InterruptedException e) {
      Threads.interruptSeen();
      throw e;
    } finally {
      entered(monitor);
    }
  }
}
