package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.Chan;
import dev.runnel.Overflow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Sends and receives that never wait, among themselves and against those that wait. */
public final class TryOperations {
  private TryOperations() {}

  /** Two tries cannot meet where there is no buffer. */
  @JCStressTest
  @Outcome(id = "full, empty", expect = ACCEPTABLE, desc = "Neither waits, so neither is found.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class NeverMeetUnbuffered {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.trySend(c, 1);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.tryReceive(c);
    }
  }

  /** A buffer of one. */
  @JCStressTest
  @Outcome(id = "sent, 1, empty", expect = ACCEPTABLE, desc = "The receive came after the send.")
  @Outcome(id = "sent, empty, 1", expect = ACCEPTABLE, desc = "The receive came first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SendAndReceive {
    final Chan<Integer> c = Chan.buffered(1);

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = Ops.trySend(c, 1);
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = Ops.tryReceive(c);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(c);
    }
  }

  /** Two values for one place. */
  @JCStressTest
  @Outcome(id = "sent, full, 1", expect = ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "full, sent, 2", expect = ACCEPTABLE, desc = "The second was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoSends {
    final Chan<Integer> c = Chan.buffered(1);

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = Ops.trySend(c, 1);
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = Ops.trySend(c, 2);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(c);
    }
  }

  /** Two values for two places. */
  @JCStressTest
  @Outcome(id = "sent, sent, 1, 2", expect = ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "sent, sent, 2, 1", expect = ACCEPTABLE, desc = "The second was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoSendsBuffered2 {
    final Chan<Integer> c = Chan.buffered(2);

    @Actor
    public void actor1(LLLL_Result r) {
      r.r1 = Ops.trySend(c, 1);
    }

    @Actor
    public void actor2(LLLL_Result r) {
      r.r2 = Ops.trySend(c, 2);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r3 = Ops.tryReceive(c);
      r.r4 = Ops.tryReceive(c);
    }
  }

  /** One value for two. */
  @JCStressTest
  @Outcome(id = "1, empty", expect = ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "empty, 1", expect = ACCEPTABLE, desc = "The second was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoReceives {
    final Chan<Integer> c = Chan.buffered(1);

    {
      Ops.trySend(c, 1);
    }

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.tryReceive(c);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.tryReceive(c);
    }
  }

  /** A waiting sender is found by a try. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The value goes over.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TryReceiveFindsSender {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.send(c, 1);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.pollReceive(c);
    }
  }

  /** A waiting receiver is found by a try. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The value goes over.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TrySendFindsReceiver {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.pollSend(c, 1);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.receive(c);
    }
  }

  /** A try that takes from a full buffer lets the waiting sender in. */
  @JCStressTest
  @Outcome(id = "sent, 1, 2", expect = ACCEPTABLE, desc = "The sender moves up.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TryReceiveFreesSender {
    final Chan<Integer> c = Chan.buffered(1);

    {
      Ops.trySend(c, 1);
    }

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = Ops.send(c, 2);
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = Ops.tryReceive(c);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(c);
    }
  }

  /** Two values for one place that keeps the newest. */
  @JCStressTest
  @Outcome(id = "sent, sent, 1, 1", expect = ACCEPTABLE, desc = "The first came last.")
  @Outcome(id = "sent, sent, 2, 1", expect = ACCEPTABLE, desc = "The second came last.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class DropOldest {
    final Chan<Integer> c = Chan.buffered(1, Overflow.DROP_OLDEST);

    @Actor
    public void actor1(LLLL_Result r) {
      r.r1 = Ops.trySend(c, 1);
    }

    @Actor
    public void actor2(LLLL_Result r) {
      r.r2 = Ops.trySend(c, 2);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r3 = Ops.tryReceive(c);
      r.r4 = c.dropped();
    }
  }

  /** Two values for one place that keeps the oldest. */
  @JCStressTest
  @Outcome(id = "sent, full, 1, 1", expect = ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "full, sent, 2, 1", expect = ACCEPTABLE, desc = "The second was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class DropLatest {
    final Chan<Integer> c = Chan.buffered(1, Overflow.DROP_LATEST);

    @Actor
    public void actor1(LLLL_Result r) {
      r.r1 = Ops.trySend(c, 1);
    }

    @Actor
    public void actor2(LLLL_Result r) {
      r.r2 = Ops.trySend(c, 2);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r3 = Ops.tryReceive(c);
      r.r4 = c.dropped();
    }
  }

  /** A send that pushes out the value a receive may take. */
  @JCStressTest
  @Outcome(id = "sent, 1, 2, 0", expect = ACCEPTABLE, desc = "The receive was first.")
  @Outcome(
      id = "sent, 2, empty, 1",
      expect = ACCEPTABLE,
      desc = "The send was first, and counted what it dropped.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class DropOldestAgainstReceive {
    final Chan<Integer> c = Chan.buffered(1, Overflow.DROP_OLDEST);

    {
      Ops.trySend(c, 1);
    }

    @Actor
    public void actor1(LLLL_Result r) {
      r.r1 = Ops.send(c, 2);
    }

    @Actor
    public void actor2(LLLL_Result r) {
      r.r2 = Ops.tryReceive(c);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r3 = Ops.tryReceive(c);
      r.r4 = c.dropped();
    }
  }
}
