package dev.runnel.pattern;

import dev.runnel.Context;
import dev.runnel.Go;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often, for how long and with which pauses a job is tried.
 *
 * @param again how often it is tried again after it failed
 * @param backoff how long to wait before that
 * @param atMost how long each attempt may take; null: as long as it takes
 */
record Attempts(int again, Backoff backoff, @Nullable Duration atMost) {
  static final Attempts ONE = new Attempts(0, Backoff.constant(Duration.ZERO), null);

  /**
   * Does a job.
   *
   * @throws Exception what the last attempt threw, with the earlier failures suppressed; or what
   *     the worker threw because it was told to stop
   */
  <J, R> R run(Worker<? super J, ? extends R> worker, J job) throws Exception {
    Exception earlier = null;
    for (int failures = 1; ; failures++) {
      try {
        return once(worker, job);
      } catch (Exception e) {
        if (Failures.toldToStop(e)) {
          throw e;
        }
        Failures.suppress(e, earlier);
        if (failures > again) {
          throw e;
        }
        earlier = e;
      }
      Go.sleep(backoff.delay(failures, earlier));
    }
  }

  private <J, R> R once(Worker<? super J, ? extends R> worker, J job) throws Exception {
    R result =
        atMost == null
            ? worker.work(job)
            : Timeouts.<R, Exception>call(atMost, Context.current(), _ -> worker.work(job));
    return Objects.requireNonNull(result, "a worker returned null, which channels can't carry");
  }
}
