package dev.runnel.spi;

import dev.runnel.Task;

/**
 * Carries what other libraries bind to a thread (a logging context, a trace's span, a security
 * principal) into the goroutines that the thread starts. A goroutine inherits no thread-locals by
 * itself.
 *
 * <p>Providers are found with {@link java.util.ServiceLoader}, once, when the first goroutine is
 * started. If there are several, all are used. When there is none, this costs nothing.
 *
 * <p>What is captured when a goroutine is asked for is there while its body runs: for {@code go},
 * {@code call}, groups, wait groups, and all that patterns and pipelines start. For {@code
 * afterDone} and {@code Timer.run} that is the call that says what is to run later; for {@link
 * dev.runnel.pattern.WorkerPool#asExecutor} it is the hand-over of each task. What comes over a
 * channel brings nothing along.
 *
 * <p>What {@link #capture} did <i>happens-before</i> what its snapshot does.
 *
 * <p>Go has no such thing: there, all of this is passed on in a {@code context.Context}.
 */
public interface ContextCapture {

  /**
   * Captures what is bound to the current thread. Must be quick. If it throws, that is told to the
   * thread's uncaught-exception handler, and nothing is captured.
   *
   * @return what has been captured, never null: where nothing is bound, a snapshot of that, since
   *     the thread that runs it (a worker's) may have something of its own
   */
  Snapshot capture();

  /** What has been captured. It may be used by several threads, one after another or at once. */
  @FunctionalInterface
  interface Snapshot {

    /**
     * Runs a body with what has been captured bound to the current thread, and binds what was there
     * before when the body is over, however that comes. If this throws before the body has run, the
     * body is run all the same, without it, since others may wait for what the body does.
     *
     * @param body the body, to be run once, on the current thread
     * @throws Exception what the body throws
     */
    void run(Task body) throws Exception;
  }
}
