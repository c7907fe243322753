package dev.runnel.pattern;

import dev.runnel.sync.Mutex;
import org.jspecify.annotations.Nullable;

/**
 * A job and its place in the order of the jobs.
 *
 * @param place its place, from 0
 * @param job the job
 * @param <J> the type of the job
 */
record Numbered<J>(long place, J job) {

  /** Jobs in the order in which they were taken: only one worker at a time waits for the next. */
  static final class Queue<J> implements Jobs<Numbered<J>> {
    private final Jobs<? extends J> jobs;
    private final @Nullable InOrder<?> results;
    private final Mutex turn = new Mutex();
    private long places;

    /** Creates it; with results, takes a job only when there is room for its result. */
    Queue(Jobs<? extends J> jobs, @Nullable InOrder<?> results) {
      this.jobs = jobs;
      this.results = results;
    }

    @Override
    public @Nullable Numbered<J> next(Taker taker) throws InterruptedException {
      if (results == null) {
        return take(taker);
      }
      results.awaitRoom();
      Numbered<J> taken = null;
      try {
        taken = take(taker);
      } finally {
        if (taken == null) {
          results.giveBackRoom();
        }
      }
      return taken;
    }

    private @Nullable Numbered<J> take(Taker taker) throws InterruptedException {
      turn.lock();
      try {
        J job = jobs.next(taker);
        return job == null ? null : new Numbered<>(places++, job);
      } finally {
        turn.unlock();
      }
    }

    @Override
    public int waiting() {
      return jobs.waiting();
    }
  }
}
