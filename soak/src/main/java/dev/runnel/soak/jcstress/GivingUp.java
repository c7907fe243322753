package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Select;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Interrupts and contexts that end while a value is on its way: delivered or given up, never both.
 */
public final class GivingUp {
  private GivingUp() {}

  /** A receive, an interrupt and a value. */
  @JCStressTest
  @Outcome(
      id = "1 flagged, sent",
      expect = ACCEPTABLE,
      desc = "The value was first: the call returns it, with the flag set.")
  @Outcome(id = "interrupted, full", expect = ACCEPTABLE, desc = "The interrupt was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class InterruptedReceive {
    final Chan<Integer> c = Chan.buffered(0);
    final Victim victim = new Victim();
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 = victim.run(() -> Ops.orEnd(c.receive()));
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            victim.interrupt();
          },
          () -> {
            r.r2 = Ops.trySend(c, 1);
          });
    }
  }

  /** An interrupt, and behind it a value. */
  @JCStressTest
  @Outcome(
      id = "1 flagged, sent",
      expect = ACCEPTABLE,
      desc = "The receiver had not seen the interrupt yet.")
  @Outcome(id = "interrupted, full", expect = ACCEPTABLE, desc = "The interrupt was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class InterruptedReceiveThenTry {
    final Chan<Integer> c = Chan.buffered(0);
    final Victim victim = new Victim();

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = victim.run(() -> Ops.orEnd(c.receive()));
    }

    @Actor
    public void actor2(LL_Result r) {
      victim.interrupt();
      r.r2 = Ops.trySend(c, 1);
    }
  }

  /** A send, an interrupt and a receive. */
  @JCStressTest
  @Outcome(id = "sent flagged, 1", expect = ACCEPTABLE, desc = "The receive was first.")
  @Outcome(id = "interrupted, empty", expect = ACCEPTABLE, desc = "The interrupt was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class InterruptedSend {
    final Chan<Integer> c = Chan.buffered(0);
    final Victim victim = new Victim();
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 =
            victim.run(() -> {
              c.send(1);
              return Ops.SENT;
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
            r.r2 = Ops.tryReceive(c);
          });
    }
  }

  /** A send at a full buffer, an interrupt and a receive. */
  @JCStressTest
  @Outcome(id = "sent flagged, 1, 2", expect = ACCEPTABLE, desc = "The receive was first.")
  @Outcome(id = "interrupted, 1, empty", expect = ACCEPTABLE, desc = "The interrupt was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class InterruptedSendAtFullBuffer {
    final Chan<Integer> c = Chan.buffered(1);
    final Victim victim = new Victim();

    {
      Ops.trySend(c, 1);
    }

    final Trio trio = new Trio();

    @Actor
    public void actor1(LLL_Result r) {
      trio.first(() -> {
        r.r1 =
            victim.run(() -> {
              c.send(2);
              return Ops.SENT;
            });
      });
    }

    @Actor
    public void actor2(LLL_Result r) {
      trio.others(
          () -> {
            victim.interrupt();
          },
          () -> {
            r.r2 = Ops.tryReceive(c);
          });
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(c);
    }
  }

  /** A receive, an interrupt and a close. */
  @JCStressTest
  @Outcome(id = "end flagged", expect = ACCEPTABLE, desc = "The close was first.")
  @Outcome(id = "interrupted", expect = ACCEPTABLE, desc = "The interrupt was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class InterruptedAgainstClose {
    final Chan<Integer> c = Chan.buffered(0);
    final Victim victim = new Victim();
    final Trio trio = new Trio();

    @Actor
    public void actor1(L_Result r) {
      trio.first(() -> {
        r.r1 = victim.run(() -> Ops.orEnd(c.receive()));
      });
    }

    @Actor
    public void actor2() {
      trio.others(
          () -> {
            victim.interrupt();
          },
          () -> {
            Ops.close(c);
          });
    }
  }

  /** A select, an interrupt and a value. */
  @JCStressTest
  @Outcome(id = "1 flagged, sent", expect = ACCEPTABLE, desc = "The value was first.")
  @Outcome(id = "interrupted, full", expect = ACCEPTABLE, desc = "The interrupt was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class InterruptedSelect {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    final Victim victim = new Victim();
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 =
            victim.run(() ->
                Select.<Object>select(
                    a.onReceive().map(v -> (Object) v), b.onReceive().map(v -> (Object) v)));
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            victim.interrupt();
          },
          () -> {
            r.r2 = Ops.trySend(b, 1);
          });
    }
  }

  /** A receive, an interrupt, a timeout and a value. */
  @JCStressTest
  @Outcome(id = "1 flagged, sent", expect = ACCEPTABLE, desc = "The value was first.")
  @Outcome(id = "interrupted, full", expect = ACCEPTABLE, desc = "The interrupt was first.")
  @Outcome(id = "timeout flagged, full", expect = ACCEPTABLE, desc = "The time was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class InterruptedTimedReceive {
    final Chan<Integer> c = Chan.buffered(0);
    final Victim victim = new Victim();
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 = victim.run(() -> Ops.word(c.receive(Ops.SOON), Ops.TIMEOUT));
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            victim.interrupt();
          },
          () -> {
            r.r2 = Ops.trySend(c, 1);
          });
    }
  }

  /** A receive, the end of its context and a value. */
  @JCStressTest
  @Outcome(id = "1, sent", expect = ACCEPTABLE, desc = "The value was first.")
  @Outcome(id = "canceled, full", expect = ACCEPTABLE, desc = "The context was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class CanceledReceive {
    final Chan<Integer> c = Chan.buffered(0);
    final CancelContext ctx = Context.background().withCancel();
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.receive(c, ctx);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            ctx.cancel();
          },
          () -> {
            r.r2 = Ops.trySend(c, 1);
          });
    }
  }

  /** A send, the end of its context and a receive. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The receive was first.")
  @Outcome(id = "canceled, empty", expect = ACCEPTABLE, desc = "The context was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class CanceledSend {
    final Chan<Integer> c = Chan.buffered(0);
    final CancelContext ctx = Context.background().withCancel();
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.send(c, 1, ctx);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            ctx.cancel();
          },
          () -> {
            r.r2 = Ops.tryReceive(c);
          });
    }
  }

  /** A send at a full buffer, the end of its context and a receive. */
  @JCStressTest
  @Outcome(id = "sent, 1, 2", expect = ACCEPTABLE, desc = "The receive was first.")
  @Outcome(id = "canceled, 1, empty", expect = ACCEPTABLE, desc = "The context was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class CanceledSendAtFullBuffer {
    final Chan<Integer> c = Chan.buffered(1);
    final CancelContext ctx = Context.background().withCancel();

    {
      Ops.trySend(c, 1);
    }

    final Trio trio = new Trio();

    @Actor
    public void actor1(LLL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.send(c, 2, ctx);
      });
    }

    @Actor
    public void actor2(LLL_Result r) {
      trio.others(
          () -> {
            ctx.cancel();
          },
          () -> {
            r.r2 = Ops.tryReceive(c);
          });
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(c);
    }
  }

  /** A select over a channel and a context. */
  @JCStressTest
  @Outcome(id = "1, sent", expect = ACCEPTABLE, desc = "The value was first.")
  @Outcome(id = "canceled, full", expect = ACCEPTABLE, desc = "The context was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class CanceledSelect {
    final Chan<Integer> c = Chan.buffered(0);
    final CancelContext ctx = Context.background().withCancel();
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 =
            Ops.outcome(() ->
                Select.<Object>select(
                    c.onReceive().map(v -> (Object) v),
                    ctx.onDone().map(_ -> Ops.CANCELED, () -> Ops.CANCELED)));
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            ctx.cancel();
          },
          () -> {
            r.r2 = Ops.trySend(c, 1);
          });
    }
  }

  /** An ended context wins over a value that is there. */
  @JCStressTest
  @Outcome(id = "1, empty", expect = ACCEPTABLE, desc = "The receive was first.")
  @Outcome(
      id = "canceled, 1",
      expect = ACCEPTABLE,
      desc = "The context was first, and the value stays.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class CanceledOnEntry {
    final Chan<Integer> c = Chan.buffered(1);
    final CancelContext ctx = Context.background().withCancel();

    {
      Ops.trySend(c, 1);
    }

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.receive(c, ctx);
    }

    @Actor
    public void actor2() {
      ctx.cancel();
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r2 = Ops.tryReceive(c);
    }
  }
}
