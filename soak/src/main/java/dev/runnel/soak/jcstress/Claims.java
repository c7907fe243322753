package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Signal;
import dev.runnel.internal.park.SpinLock;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The race for one wait: exactly one party decides it, and its thread always learns of it. */
public final class Claims {
  private Claims() {}

  /** Two parties. */
  @JCStressTest
  @Outcome(id = "true, false, a", expect = ACCEPTABLE, desc = "The first decided.")
  @Outcome(id = "false, true, b", expect = ACCEPTABLE, desc = "The second decided.")
  @Outcome(expect = FORBIDDEN, desc = "Both or none decided.")
  @State
  public static class TwoClaims {
    static final Signal A = new Signal("a");
    static final Signal B = new Signal("b");
    final Waiter waiter = new Waiter(WaitReason.SLEEP, Claims.class);

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = waiter.claim(A) != Waiter.LOST;
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = waiter.claim(B) != Waiter.LOST;
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = String.valueOf(waiter.outcome());
    }
  }

  /** A claim while the thread goes to sleep. */
  @JCStressTest
  @Outcome(id = "a, true", expect = ACCEPTABLE, desc = "The thread wakes with the outcome.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class ClaimAgainstSleep {
    static final Signal A = new Signal("a");
    static final Signal B = new Signal("b");
    volatile @Nullable Waiter shared;

    @Actor
    public void actor1(LL_Result r) {
      Waiter mine = new Waiter(WaitReason.SLEEP, Claims.class);
      shared = mine;
      r.r1 = String.valueOf(Parker.await(mine));
    }

    @Actor
    public void actor2(LL_Result r) {
      Waiter seen;
      while ((seen = shared) == null) {
        Ops.pause();
      }
      r.r2 = seen.claimAndWake(A);
    }
  }

  /** Two claims while the thread goes to sleep. */
  @JCStressTest
  @Outcome(id = "a, true, false", expect = ACCEPTABLE, desc = "The first decided.")
  @Outcome(id = "b, false, true", expect = ACCEPTABLE, desc = "The second decided.")
  @Outcome(expect = FORBIDDEN, desc = "Both or none decided.")
  @State
  public static class TwoClaimsAgainstSleep {
    static final Signal A = new Signal("a");
    static final Signal B = new Signal("b");
    volatile @Nullable Waiter shared;
    final Trio trio = new Trio();

    @Actor
    public void actor1(LLL_Result r) {
      trio.first(() -> {
        Waiter mine = new Waiter(WaitReason.SLEEP, Claims.class);
        shared = mine;
        r.r1 = String.valueOf(Parker.await(mine));
      });
    }

    @Actor
    public void actor2(LLL_Result r) {
      trio.others(
          () -> {
            Waiter seen;
            while ((seen = shared) == null) {
              Ops.pause();
            }
            r.r2 = seen.claimAndWake(A);
          },
          () -> {
            Waiter seen;
            while ((seen = shared) == null) {
              Ops.pause();
            }
            r.r3 = seen.claimAndWake(B);
          });
    }
  }

  /** A claim when time runs out. */
  @JCStressTest
  @Outcome(id = "a, true", expect = ACCEPTABLE, desc = "The claim was first.")
  @Outcome(id = "timed out, false", expect = ACCEPTABLE, desc = "The time was first.")
  @Outcome(expect = FORBIDDEN, desc = "Both or none decided.")
  @State
  public static class ClaimAgainstTimeout {
    static final Signal A = new Signal("a");
    static final Signal B = new Signal("b");
    volatile @Nullable Waiter shared;

    @Actor
    public void actor1(LL_Result r) {
      Waiter mine = new Waiter(WaitReason.SLEEP, Claims.class);
      shared = mine;
      r.r1 = String.valueOf(Parker.await(mine, Ops.SOON.toNanos()));
    }

    @Actor
    public void actor2(LL_Result r) {
      Waiter seen;
      while ((seen = shared) == null) {
        Ops.pause();
      }
      r.r2 = seen.claimAndWake(A);
    }
  }

  /** A claim when the thread is interrupted. */
  @JCStressTest
  @Outcome(id = "a flagged, true", expect = ACCEPTABLE, desc = "The claim was first.")
  @Outcome(
      id = "interrupted, false",
      expect = ACCEPTABLE,
      desc = "The interrupt was first, and its flag is down.")
  @Outcome(expect = FORBIDDEN, desc = "Both or none decided.")
  @State
  public static class ClaimAgainstInterrupt {
    static final Signal A = new Signal("a");
    static final Signal B = new Signal("b");
    final Victim victim = new Victim();
    volatile @Nullable Waiter shared;
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 =
            victim.run(() -> {
              Waiter mine = new Waiter(WaitReason.SLEEP, Claims.class);
              shared = mine;
              return Parker.await(mine);
            });
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            victim.interrupt();
          },
          () -> {
            Waiter seen;
            while ((seen = shared) == null) {
              Ops.pause();
            }
            r.r2 = seen.claimAndWake(A);
          });
    }
  }

  /** Two sections under one lock. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second was first.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "Both were inside at once, or one did not see what the other wrote.")
  @State
  public static class TwoSections {
    static final class Lock extends SpinLock {}

    final Lock lock = new Lock();
    int count;

    @Actor
    public void actor1(LL_Result r) {
      lock.lock();
      r.r1 = ++count;
      lock.unlock();
    }

    @Actor
    public void actor2(LL_Result r) {
      lock.lock();
      r.r2 = ++count;
      lock.unlock();
    }
  }
}
