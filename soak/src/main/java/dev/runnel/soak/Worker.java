package dev.runnel.soak;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.InterruptedIterationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A goroutine, or a platform thread, that works at its party's channels in turns, each turn a burst
 * of one operation chosen at random.
 *
 * <p>One open channel is its home. Whatever waits without a bound waits at least for the home, and
 * every channel is the home of some receiver; so no plan can deadlock by itself.
 */
abstract class Worker {
  private enum Interrupt {
    NONE,
    SENT,
    /** The worker is about to end, and none may be sent any more. */
    REFUSED
  }

  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  final Party party;
  final SplittableRandom random;

  /** The channels that are not known to have ended; the first is the home. */
  final List<Integer> open = new ArrayList<>();

  final Tally tally = new Tally();

  private final String name;
  private final boolean platform;

  /**
   * Whether an interrupt is on its way. There is at most one at a time, so that none can hide
   * behind another, and each must be seen: as an exception or as the flag.
   */
  private final AtomicReference<Interrupt> interrupt = new AtomicReference<>(Interrupt.NONE);

  private volatile @Nullable CancelContext context;
  private volatile boolean done;
  private volatile @Nullable Throwable failure;
  private @Nullable Goroutine goroutine;
  private volatile @Nullable Thread thread;

  Worker(Party party, String name, int home, SplittableRandom random) {
    this.party = party;
    this.name = name;
    this.random = random;
    this.platform = party.plan().threads().drawPlatform(random);
    for (int i = 0; i < party.plan().channels(); i++) {
      open.add((home + i) % party.plan().channels());
    }
  }

  final void start() {
    if (platform) {
      var _ = Thread.ofPlatform().daemon().name(name).start(this::run);
    } else {
      goroutine = Go.go(name, this::run);
    }
  }

  private void run() {
    thread = Thread.currentThread();
    try {
      while (goesOn()) {
        party.turn();
        try {
          turn();
        } catch (InterruptedException cutShort) {
          interrupted();
        } catch (InterruptedIterationException cutShort) {
          if (!Thread.interrupted()) {
            throw new Violation("an iteration was interrupted, and the flag is not set", cutShort);
          }
          interrupted();
        } catch (ContextException cutShort) {
          tally.count(Kind.CONTEXT_ENDED);
          if (!party.plan().stormy()) {
            throw new Violation("nobody canceled this context", cutShort);
          }
        } catch (ChannelClosedException | ChannelFailedException end) {
          leaveEnded();
        }
      }
      seeLastInterrupt();
    } catch (Throwable t) {
      failure = t;
    } finally {
      end();
    }
  }

  private void end() {
    CancelContext last = context;
    if (last != null) {
      last.close();
    }
    try {
      finished();
    } catch (Violation violation) {
      failure = violation;
    } finally {
      done = true; // last: the account is balanced when all are done
    }
  }

  private void interrupted() {
    if (!interrupt.compareAndSet(Interrupt.SENT, Interrupt.NONE)) {
      throw new Violation("an interrupt that nobody sent");
    }
    tally.count(Kind.INTERRUPTED);
  }

  private void seeLastInterrupt() {
    long start = System.nanoTime();
    while (!interrupt.compareAndSet(Interrupt.NONE, Interrupt.REFUSED)) {
      if (Thread.interrupted()) {
        interrupted();
      } else if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
        throw new Violation("an interrupt was swallowed");
      } else {
        LockSupport.parkNanos(1_000);
      }
    }
    if (Thread.interrupted()) {
      throw new Violation("an interrupt that nobody sent");
    }
  }

  abstract boolean goesOn();

  abstract void turn() throws InterruptedException;

  /** Finds out which channels have ended. */
  abstract void leaveEnded();

  /** The last step, whatever happened. */
  abstract void finished();

  final int home() {
    return open.getFirst();
  }

  final int anyOpen() {
    return open.get(random.nextInt(open.size()));
  }

  final Chan<Long> channel(int c) {
    return party.channel(c);
  }

  final void leave(int c) {
    open.removeIf(o -> o == c);
  }

  final boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** So short that it runs out while things happen; often zero. */
  final Duration tinyTime() {
    return Duration.ofNanos(oneIn(3) ? 0 : random.nextInt(200_000));
  }

  /** A context that the storm may end. */
  final Context context() {
    CancelContext mine = context;
    if (mine == null || mine.err() != null || oneIn(32)) {
      if (mine != null) {
        mine.close();
      }
      mine =
          party.plan().stormy() && oneIn(4)
              ? Context.background().withTimeout(tinyTime())
              : Context.background().withCancel();
      context = mine;
    }
    return mine;
  }

  /** Interrupts it, or ends its context. */
  final void strike(boolean interrupting) {
    Thread its = thread;
    if (!interrupting) {
      CancelContext mine = context;
      if (mine != null) {
        mine.cancel();
      }
    } else if (its != null && interrupt.compareAndSet(Interrupt.NONE, Interrupt.SENT)) {
      if (goroutine != null) {
        goroutine.interrupt();
      } else {
        its.interrupt();
      }
    }
  }

  final boolean isDone() {
    return done;
  }

  final @Nullable Throwable failure() {
    return failure;
  }

  /** What it is and where it stands, for a report. */
  final String describe() {
    StringBuilder text = new StringBuilder(toString());
    text.append(" of ").append(party).append(", channels not known as ended: ").append(open);
    Thread its = thread;
    if (its != null) {
      text.append(", ").append(its.getState());
      for (StackTraceElement frame : its.getStackTrace()) {
        text.append("\n    at ").append(frame);
      }
    }
    return text.toString();
  }

  @Override
  public final String toString() {
    return goroutine != null ? goroutine.toString() : name;
  }
}
