package dev.runnel.pattern;

import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.InterruptedIterationException;
import dev.runnel.ReceiveChan;
import dev.runnel.sync.Mutex;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where workers get their jobs from.
 *
 * @param <J> the type of the jobs
 */
interface Jobs<J> {

  /** Who takes a job. */
  interface Taker {

    /** Ends the wait, so that it can no longer be cut short; false if it just has been. */
    boolean endWait();
  }

  /**
   * The next job, waiting for it.
   *
   * @param taker who takes it
   * @return the job; null if no more come
   * @throws ChannelFailedException if no more come because what brings them has failed
   * @throws InterruptedException if the thread is interrupted; no job was taken
   */
  @Nullable J next(Taker taker) throws InterruptedException;

  /** How many are known to wait. */
  int waiting();

  /** Those of a channel, or of anything else that can be iterated over. */
  static <J> Jobs<J> of(Iterable<? extends J> source) {
    return source instanceof ReceiveChan<? extends J> channel
        ? new Received<>(channel)
        : new Iterated<>(source);
  }

  /**
   * Those that a channel brings.
   *
   * @param channel the channel
   * @param <J> the type of the jobs
   */
  record Received<J>(ReceiveChan<? extends J> channel) implements Jobs<J> {

    @Override
    public @Nullable J next(Taker taker) throws InterruptedException {
      return channel.receive();
    }

    @Override
    public int waiting() {
      return channel instanceof Chan<?> buffer ? buffer.length() : 0;
    }
  }

  /** Those of an iterator, which one worker after the other moves on. */
  final class Iterated<J> implements Jobs<J> {
    private final Mutex turn = new Mutex();
    private final Iterator<? extends J> iterator;
    private final AtomicInteger left;
    private boolean ended;

    Iterated(Iterable<? extends J> source) {
      this.iterator = source.iterator();
      this.left = new AtomicInteger(source instanceof Collection<?> known ? known.size() : 0);
    }

    @Override
    public @Nullable J next(Taker taker) throws InterruptedException {
      turn.lock();
      try {
        if (!taker.endWait()) { // code of others may take an interrupt for a failure
          throw new InterruptedException();
        }
        if (ended || !iterator.hasNext()) {
          ended = true;
          return null;
        }
        J job = Objects.requireNonNull(iterator.next(), "a job is null");
        left.getAndUpdate(n -> Math.max(0, n - 1));
        return job;
      } catch (InterruptedIterationException e) {
        var _ = Thread.interrupted(); // said by the exception from here on
        throw interrupted(e);
      } catch (RuntimeException e) {
        ended = true;
        throw new ChannelFailedException(Failures.reason(e));
      } finally {
        turn.unlock();
      }
    }

    private static InterruptedException interrupted(InterruptedIterationException e) {
      InterruptedException interrupt = new InterruptedException(e.getMessage());
      interrupt.initCause(e);
      return interrupt;
    }

    @Override
    public int waiting() {
      return left.get();
    }
  }
}
