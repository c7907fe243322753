package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.Chan;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Deliveries that race with a time that runs out: both sides must agree which was first. */
public final class Timeouts {
  private Timeouts() {}

  /** A receive that soon gives up. */
  @JCStressTest
  @Outcome(id = "1, sent", expect = ACCEPTABLE, desc = "The receive was waiting.")
  @Outcome(id = "timeout, full", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class ReceiveAgainstTrySend {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.receiveSoon(c);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.trySend(c, 1);
    }
  }

  /** A send that soon gives up. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The send was waiting.")
  @Outcome(id = "timeout, empty", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SendAgainstTryReceive {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.sendSoon(c, 1);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.tryReceive(c);
    }
  }

  /** Both soon give up. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "They met.")
  @Outcome(id = "timeout, timeout", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SendAgainstReceive {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.sendSoon(c, 1);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.receiveSoon(c);
    }
  }

  /** A send that soon gives up at a full buffer. */
  @JCStressTest
  @Outcome(id = "sent, 1, 2", expect = ACCEPTABLE, desc = "The receive made room in time.")
  @Outcome(id = "timeout, 1, empty", expect = ACCEPTABLE, desc = "The receive came too late.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SendAtFullBuffer {
    final Chan<Integer> c = Chan.buffered(1);

    {
      Ops.trySend(c, 1);
    }

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = Ops.sendSoon(c, 2);
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

  /** Two receives that soon give up, and one value. */
  @JCStressTest
  @Outcome(id = "1, timeout, sent", expect = ACCEPTABLE, desc = "The first got it.")
  @Outcome(id = "timeout, 1, sent", expect = ACCEPTABLE, desc = "The second got it.")
  @Outcome(id = "timeout, timeout, full", expect = ACCEPTABLE, desc = "All missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoReceivesAndASend {
    final Chan<Integer> c = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LLL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.receiveSoon(c);
      });
    }

    @Actor
    public void actor2(LLL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.receiveSoon(c);
          },
          () -> {
            r.r3 = Ops.trySend(c, 1);
          });
    }
  }

  /** A select with a timeout, and a value for each of its channels. */
  @JCStressTest
  @Outcome(id = "1, sent, full", expect = ACCEPTABLE, desc = "The first value was taken.")
  @Outcome(id = "2, full, sent", expect = ACCEPTABLE, desc = "The second value was taken.")
  @Outcome(id = "timeout, full, full", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SelectAgainstTrySends {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = Ops.selectReceiveSoon(a, b);
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = Ops.trySend(a, 1);
      r.r3 = Ops.trySend(b, 2);
    }
  }
}
