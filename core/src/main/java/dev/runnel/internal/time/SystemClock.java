package dev.runnel.internal.time;

import dev.runnel.internal.park.Uncaught;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Real time. One daemon thread serves every alarm of the process.
 *
 * <p>{@link ScheduledThreadPoolExecutor} gives what is needed once its remove-on-cancel policy is
 * set: a cancelled alarm is taken out of the heap at once in O(log n), so that a million contexts
 * with an hour's deadline, each closed after use, leave nothing behind.
 *
 * <p>A thread that runs out of stack while it works on that heap would leave it broken, and with it
 * every alarm of the process. So each thread first makes sure that it has stack enough.
 */
final class SystemClock implements Clock {
  static final SystemClock INSTANCE = new SystemClock();

  /** More calls than the executor nests, at the least stack a call can take. */
  private static final int STACK_FRAMES = 100;

  private final ScheduledThreadPoolExecutor alarms;

  private SystemClock() {
    alarms =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .daemon()
                .name("runnel-clock")
                .inheritInheritableThreadLocals(false) // it would keep them for ever
                .factory());
    alarms.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Alarm schedule(long delayNanos, Runnable action) {
    reserveStack(STACK_FRAMES);
    Future<?> scheduled = alarms.schedule(() -> ring(action), delayNanos, TimeUnit.NANOSECONDS);
    return () -> {
      reserveStack(STACK_FRAMES);
      return scheduled.cancel(false);
    };
  }

  private static int reserveStack(int frames) {
    return frames == 0 ? 0 : 1 + reserveStack(frames - 1);
  }

  private static void ring(Runnable action) {
    try {
      action.run();
    } catch (Throwable thrown) {
      Uncaught.report(thrown); // the executor would keep it in a future that nobody asks
    }
  }
}
