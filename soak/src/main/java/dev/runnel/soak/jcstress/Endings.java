package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.Chan;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLLL_Result;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Close and fail against everything else. */
public final class Endings {
  private Endings() {}

  /** A send that nobody takes. */
  @JCStressTest
  @Outcome(id = "closed, closes", expect = ACCEPTABLE, desc = "Whether it waited or not.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SendAgainstClose {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.send(c, 1);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.close(c);
    }
  }

  /** A buffered value is there, or its send failed. */
  @JCStressTest
  @Outcome(
      id = "sent, closes, 1, end",
      expect = ACCEPTABLE,
      desc = "The send was first: the value drains.")
  @Outcome(id = "closed, closes, end, end", expect = ACCEPTABLE, desc = "The close was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TrySendAgainstClose {
    final Chan<Integer> c = Chan.buffered(1);

    @Actor
    public void actor1(LLLL_Result r) {
      r.r1 = Ops.trySend(c, 1);
    }

    @Actor
    public void actor2(LLLL_Result r) {
      r.r2 = Ops.close(c);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r3 = Ops.tryReceive(c);
      r.r4 = Ops.tryReceive(c);
    }
  }

  /** A sender that waits at a full buffer is refused. */
  @JCStressTest
  @Outcome(id = "closed, closes, 1, end", expect = ACCEPTABLE, desc = "What was buffered drains.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SendAtFullBufferAgainstClose {
    final Chan<Integer> c = Chan.buffered(1);

    {
      Ops.trySend(c, 1);
    }

    @Actor
    public void actor1(LLLL_Result r) {
      r.r1 = Ops.send(c, 2);
    }

    @Actor
    public void actor2(LLLL_Result r) {
      r.r2 = Ops.close(c);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r3 = Ops.tryReceive(c);
      r.r4 = Ops.tryReceive(c);
    }
  }

  /** A receive that nobody sends to. */
  @JCStressTest
  @Outcome(id = "end, closes", expect = ACCEPTABLE, desc = "Whether it waited or not.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class ReceiveAgainstClose {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.receive(c);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.close(c);
    }
  }

  /** A receive that nobody sends to. */
  @JCStressTest
  @Outcome(id = "failed, fails", expect = ACCEPTABLE, desc = "Whether it waited or not.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class ReceiveAgainstFail {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.receive(c);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.fail(c);
    }
  }

  /** What is buffered drains first. */
  @JCStressTest
  @Outcome(id = "1, closes, end", expect = ACCEPTABLE, desc = "However they meet.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class ReceiveOfBufferedAgainstClose {
    final Chan<Integer> c = Chan.buffered(1);

    {
      Ops.trySend(c, 1);
    }

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = Ops.receive(c);
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = Ops.close(c);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(c);
    }
  }

  /** All waiting receivers wake. */
  @JCStressTest
  @Outcome(id = "end, end, closes", expect = ACCEPTABLE, desc = "Both see the end.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoReceiversAndClose {
    final Chan<Integer> c = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LLL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.receive(c);
      });
    }

    @Actor
    public void actor2(LLL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.receive(c);
          },
          () -> {
            r.r3 = Ops.close(c);
          });
    }
  }

  /** A value goes over or neither side has it. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "They met before the close.")
  @Outcome(id = "closed, end", expect = ACCEPTABLE, desc = "The close was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SenderReceiverAndClose {
    final Chan<Integer> c = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.send(c, 1);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.receive(c);
          },
          () -> {
            Ops.close(c);
          });
    }
  }

  /** A value goes over or neither side has it. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "They met before the failure.")
  @Outcome(id = "closed, failed", expect = ACCEPTABLE, desc = "The failure was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SenderReceiverAndFail {
    final Chan<Integer> c = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.send(c, 1);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.receive(c);
          },
          () -> {
            Ops.fail(c);
          });
    }
  }

  /** Three ways to end one wait. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "They met.")
  @Outcome(id = "closed, end", expect = ACCEPTABLE, desc = "The close was first.")
  @Outcome(id = "timeout, timeout", expect = ACCEPTABLE, desc = "Time ran out for both.")
  @Outcome(id = "timeout, end", expect = ACCEPTABLE, desc = "Time ran out for the sender.")
  @Outcome(id = "closed, timeout", expect = ACCEPTABLE, desc = "Time ran out for the receiver.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TimedSendReceiveAndClose {
    final Chan<Integer> c = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.sendSoon(c, 1);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.receiveSoon(c);
          },
          () -> {
            Ops.close(c);
          });
    }
  }

  /** One succeeds. */
  @JCStressTest
  @Outcome(id = "closes, closed", expect = ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "closed, closes", expect = ACCEPTABLE, desc = "The second was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class CloseAgainstClose {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.close(c);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.close(c);
    }
  }

  /** One succeeds. */
  @JCStressTest
  @Outcome(id = "fails, closed, failed", expect = ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "closed, fails, failed", expect = ACCEPTABLE, desc = "The second was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class FailAgainstFail {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = Ops.fail(c);
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = Ops.fail(c);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(c);
    }
  }

  /** The first decides what receivers see. */
  @JCStressTest
  @Outcome(id = "closes, closed, end", expect = ACCEPTABLE, desc = "The close was first.")
  @Outcome(id = "closed, fails, failed", expect = ACCEPTABLE, desc = "The failure was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class CloseAgainstFail {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = Ops.close(c);
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = Ops.fail(c);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(c);
    }
  }

  /** Two values, of which none is lost at the end. */
  @JCStressTest
  @Outcome(id = "sent, sent, 1, 2, end", expect = ACCEPTABLE, desc = "All values, then the end.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class DrainAgainstClose {
    final Chan<Integer> c = Chan.buffered(2);

    @Actor
    public void actor1(LLLLL_Result r) {
      r.r1 = Ops.send(c, 1);
      r.r2 = Ops.send(c, 2);
      Ops.close(c);
    }

    @Actor
    public void actor2(LLLLL_Result r) {
      r.r3 = Ops.receive(c);
      r.r4 = Ops.receive(c);
      r.r5 = Ops.receive(c);
    }
  }
}
