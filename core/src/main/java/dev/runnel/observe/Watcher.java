package dev.runnel.observe;

import dev.runnel.internal.goroutine.Registry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The thread of a watch, which looks at goroutines time and again. While it runs, goroutines are
 * tracked.
 *
 * @param <T> what the watch tells of
 */
final class Watcher<T> {
  private static final System.Logger LOG = System.getLogger("dev.runnel");

  /** Looking may take this part of the time: with a million goroutines it is done seldom. */
  private static final int SHARE = 100;

  private final String name;
  private final Consumer<? super T> listener;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final Thread thread;

  /** One look at the goroutines, and the pause after it. */
  @FunctionalInterface
  interface Look {
    void take() throws InterruptedException;
  }

  /**
   * Creates it, not started.
   *
   * @param name of the thread, and of the watch in the log
   * @param look is taken again and again
   */
  Watcher(String name, Look look, Consumer<? super T> listener) {
    this.name = name;
    this.listener = listener;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> watch(look));
  }

  void start() {
    Registry.watched(true);
    thread.start();
  }

  private void watch(Look look) {
    while (open.get()) {
      try {
        look.take();
      } catch (InterruptedException asked) {
        // By close, or else by the listener, and then it goes on.
      }
    }
  }

  /**
   * How long to pause after a look.
   *
   * @param start when the look began, by {@link System#nanoTime}
   * @param least how long at least
   */
  static Duration pause(long start, Duration least) {
    Duration fair = Duration.ofNanos(System.nanoTime() - start).multipliedBy(SHARE);
    return fair.compareTo(least) < 0 ? least : fair;
  }

  /** Tells the listener of something. */
  void tell(T found) {
    try {
      listener.accept(found);
    } catch (RuntimeException thrown) {
      LOG.log(System.Logger.Level.WARNING, "the listener of " + name + " failed", thrown);
    }
  }

  /** Ends it. Goroutines are tracked no more, unless another wants it. */
  void close() {
    if (open.compareAndSet(true, false)) {
      Registry.watched(false);
      thread.interrupt();
    }
  }
}
