package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Once;
import dev.runnel.sync.OnceValue;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The edges that locks, groups and contexts promise. */
public final class SyncHappensBefore {
  private SyncHappensBefore() {}

  /** An unlock, then the lock that comes after it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "They did not meet in this order.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class MutexUnlockLock {
    final Mutex mutex = new Mutex();
    boolean first;
    int x;

    @Actor
    public void actor1() {
      Ops.outcome(() -> {
        mutex.lock();
        x = 1;
        first = true;
        mutex.unlock();
        return "";
      });
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> {
        mutex.lock();
        r.r1 = first ? x : -1;
        mutex.unlock();
        return "";
      });
    }
  }

  /** An unlock, then the try that succeeds. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "They did not meet in this order.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class MutexTryLock {
    final Mutex mutex = new Mutex();
    boolean first;
    int x;

    @Actor
    public void actor1() {
      Ops.outcome(() -> {
        mutex.lock();
        x = 1;
        first = true;
        mutex.unlock();
        return "";
      });
    }

    @Actor
    public void actor2(I_Result r) {
      r.r1 = -1;
      if (mutex.tryLock()) {
        r.r1 = first ? x : -1;
        mutex.unlock();
      }
    }
  }

  /** A writer's unlock, then the lock of a reader. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "They did not meet in this order.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class WriteUnlockReadLock {
    final RWMutex mutex = new RWMutex();
    boolean first;
    int x;

    @Actor
    public void actor1() {
      Ops.outcome(() -> {
        mutex.lock();
        x = 1;
        first = true;
        mutex.unlock();
        return "";
      });
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> {
        mutex.readLock();
        r.r1 = first ? x : -1;
        mutex.readUnlock();
        return "";
      });
    }
  }

  /** A release, then the acquire that needed it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SemaphoreReleaseAcquire {
    final Semaphore semaphore = Semaphore.of(1);

    {
      if (!semaphore.tryAcquire(1)) {
        throw new AssertionError();
      }
    }

    int x;

    @Actor
    public void actor1() {
      x = 1;
      semaphore.release();
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> {
        semaphore.acquire();
        return "";
      });
      r.r1 = x;
    }
  }

  /** A signal under the mutex, then the wait that it ends. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CondSignal {
    final Mutex mutex = new Mutex();
    final Cond cond = Cond.of(mutex);
    boolean ready;
    int x;

    @Actor
    public void actor1() {
      Ops.outcome(() -> {
        x = 1;
        mutex.lock();
        ready = true;
        cond.signal();
        mutex.unlock();
        return "";
      });
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> {
        mutex.lock();
        while (!ready) {
          cond.await();
        }
        mutex.unlock();
        return "";
      });
      r.r1 = x;
    }
  }

  /** The one run, then every other. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class OnceRun {
    final Once once = new Once();
    int x;

    private void run() {
      try {
        once.run(() -> x = 1);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Actor
    public void actor1() {
      run();
    }

    @Actor
    public void actor2(I_Result r) {
      run();
      r.r1 = x;
    }
  }

  /** The one call, then every get. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class OnceValueGet {
    final OnceValue<Integer> value = OnceValue.of(() -> x = 1);
    int x;

    private void get() {
      try {
        value.get();
      } catch (ExecutionException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Actor
    public void actor1() {
      get();
    }

    @Actor
    public void actor2(I_Result r) {
      get();
      r.r1 = x;
    }
  }

  /** What a group's goroutine did, then its await. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class GroupAwait {
    int x;

    @Actor
    public void actor1(I_Result r) {
      try (ErrGroup group = ErrGroup.open()) {
        group.go(() -> x = 1);
        group.await();
        r.r1 = x;
      } catch (ExecutionException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A group's go, then the goroutine's first step. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class GroupStart {
    int x;

    @Actor
    public void actor1(I_Result r) {
      try (ErrGroup group = ErrGroup.open()) {
        x = 1;
        group.go(() -> r.r1 = x);
        group.await();
      } catch (ExecutionException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A group's call, then the get of its future by another. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class GroupFuture {
    final Chan<Future<Integer>> futures = Chan.buffered(1);
    int x;

    @Actor
    public void actor1() {
      try (ErrGroup group = ErrGroup.open()) {
        futures.send(group.call(() -> x = 1));
        group.await();
      } catch (ExecutionException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Actor
    public void actor2(I_Result r) {
      try {
        r.r1 = futures.receiveOrThrow().get() * x;
      } catch (ExecutionException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A cancel, then what is run after it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CancelAfterDone {
    final CancelContext ctx = Context.background().withCancel();
    final Chan<Integer> seen = Chan.buffered(1);

    {
      var _ = ctx.afterDone(() -> seen.send(this.x));
    }

    int x;

    @Actor
    public void actor1() {
      x = 1;
      ctx.cancel();
    }

    @Actor
    public void actor2(I_Result r) {
      r.r1 = (Integer) Ops.receive(seen);
    }
  }

  /** A start under a context, then the goroutine's first step, then its join. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class GoWithContextStart {
    final CancelContext ctx = Context.background().withCancel();
    int x;

    @Actor
    public void actor1() {
      ctx.cancel();
    }

    @Actor
    public void actor2(I_Result r) {
      x = 1;
      Goroutine reader = Go.go(ctx, () -> r.r1 = x);
      Ops.outcome(() -> {
        reader.join();
        return "";
      });
    }
  }

  /** A reader's unlock, then the lock of a writer: both must see the other's steps whole. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "No writer among readers.")
  @Outcome(expect = FORBIDDEN, desc = "A reader has seen half a write.")
  @State
  public static class ReadersSeeWholeWrites {
    final RWMutex mutex = new RWMutex();
    final Trio trio = new Trio();
    int x;
    int y;

    private int read() {
      int[] difference = new int[1];
      Ops.outcome(() -> {
        mutex.readLock();
        difference[0] = x - y;
        mutex.readUnlock();
        return "";
      });
      return difference[0];
    }

    @Actor
    public void actor1() {
      trio.first(() ->
          Ops.outcome(() -> {
            mutex.lock();
            x++;
            y++;
            mutex.unlock();
            return "";
          }));
    }

    @Actor
    public void actor2(I_Result r) {
      int[] other = new int[1];
      trio.others(() -> other[0] = read(), () -> r.r1 = read());
      r.r1 |= other[0];
    }
  }
}
