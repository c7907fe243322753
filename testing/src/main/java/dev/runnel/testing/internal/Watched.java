package dev.runnel.testing.internal;

import dev.runnel.Task;
import dev.runnel.testing.StalledException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs bubbles on a thread of their own, which drives them, while the calling thread watches in
 * real time that they get on. The driver is a virtual thread, so that it hands over to goroutines,
 * and they to it, without the kernel.
 */
public final class Watched {
  /** How often the caller looks. */
  private static final long LOOK_NANOS = 20_000_000;

  private final long patienceNanos;
  private volatile @Nullable BubbleWorld current;
  private volatile @Nullable Throwable failure;
  private volatile boolean done;
  private volatile boolean interrupted;

  /** What the driver does. */
  @FunctionalInterface
  public interface Drive {

    /**
     * Drives bubbles, one after another.
     *
     * @param watched through which it drives them
     * @return what went wrong; null if nothing did
     */
    @Nullable Throwable with(Watched watched);
  }

  private Watched(Duration patience) {
    if (patience.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("the patience must be more than zero, not " + patience);
    }
    this.patienceNanos = dev.runnel.internal.time.Clock.nanos(patience);
  }

  /**
   * Runs bubbles and watches them.
   *
   * @param patience how long one may stand still in real time
   * @param drive what to run
   * @throws Exception what goes wrong
   */
  public static void run(Duration patience, Drive drive) throws Exception {
    if (BubbleWorld.here() != null) {
      throw new IllegalStateException("a bubble can't be run in a bubble");
    }
    new Watched(patience).run(drive);
  }

  /**
   * Drives one bubble.
   *
   * @param bubble the bubble
   * @param main the body of its first goroutine
   * @return what went wrong; null if nothing did
   */
  public @Nullable Throwable drive(BubbleWorld bubble, Task main) {
    current = bubble;
    return bubble.drive(main);
  }

  private void run(Drive drive) throws Exception {
    Thread caller = Thread.currentThread();
    Thread driver =
        Thread.ofVirtual()
            .name("bubble driver")
            .unstarted(() -> {
              try {
                failure = drive.with(this);
              } catch (Throwable thrown) {
                failure = thrown;
              } finally {
                done = true;
                LockSupport.unpark(caller);
              }
            });
    driver.start();
    watch();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof Exception exception) {
      throw exception;
    }
    if (interrupted) {
      caller.interrupt(); // it came too late to end anything
    }
  }

  /** Whether the caller has been interrupted. */
  boolean interrupted() {
    return interrupted;
  }

  /** Watches until all is done. */
  private void watch() {
    BubbleWorld last = null;
    long progress = -1;
    long stalled = System.nanoTime();
    while (!done) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      BubbleWorld bubble = current;
      if (Thread.interrupted()) {
        interrupted = true;
      }
      if (bubble == null) {
        continue;
      }
      if (interrupted) {
        bubble.fail(new InterruptedException("the thread that runs the bubble was interrupted"));
      }
      long now = bubble.progress();
      if (bubble != last || now != progress) {
        last = bubble;
        progress = now;
        stalled = System.nanoTime();
      } else if (System.nanoTime() - stalled > patienceNanos) {
        bubble.fail(
            new StalledException(
                "the time of the bubble stands still: for "
                    + Duration.ofNanos(patienceNanos)
                    + " nothing has happened, but not all goroutines wait for something in the"
                    + " bubble\n\n"
                    + bubble.dump()));
        stalled = System.nanoTime();
      }
    }
  }
}
