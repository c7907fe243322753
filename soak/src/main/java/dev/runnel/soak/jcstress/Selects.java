package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.Case;
import dev.runnel.Chan;
import dev.runnel.Select;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Selects: exactly one case commits, in one moment. */
public final class Selects {
  private Selects() {}

  /** Two senders for one turn of a select. */
  @JCStressTest
  @Outcome(id = "1, sent, full", expect = ACCEPTABLE, desc = "The first was taken, and only that.")
  @Outcome(id = "2, full, sent", expect = ACCEPTABLE, desc = "The second was taken, and only that.")
  @Outcome(id = "timeout, full, full", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class ReceivesAgainstTwoTrySends {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LLL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.selectReceiveSoon(a, b);
      });
    }

    @Actor
    public void actor2(LLL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.trySend(a, 1);
          },
          () -> {
            r.r3 = Ops.trySend(b, 2);
          });
    }
  }

  /** Two receivers for one turn of a select. */
  @JCStressTest
  @Outcome(
      id = "sent 1, 1, empty",
      expect = ACCEPTABLE,
      desc = "The first was sent, and only that.")
  @Outcome(
      id = "sent 2, empty, 2",
      expect = ACCEPTABLE,
      desc = "The second was sent, and only that.")
  @Outcome(id = "timeout, empty, empty", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SendsAgainstTwoTryReceives {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LLL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.selectSendSoon(a, 1, b, 2);
      });
    }

    @Actor
    public void actor2(LLL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.tryReceive(a);
          },
          () -> {
            r.r3 = Ops.tryReceive(b);
          });
    }
  }

  /** Two selects that can meet at either of two channels. */
  @JCStressTest
  @Outcome(id = "sent 1, got 1", expect = ACCEPTABLE, desc = "They met at the first channel.")
  @Outcome(id = "got 2, sent 2", expect = ACCEPTABLE, desc = "They met at the second channel.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SelectAgainstSelect {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 =
          Ops.outcome(() ->
              Select.<Object>select(
                  a.onSend(1).map(() -> "sent 1"), b.onReceive().map(v -> "got " + v)));
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 =
          Ops.outcome(() ->
              Select.<Object>select(
                  b.onSend(2).map(() -> "sent 2"), a.onReceive().map(v -> "got " + v)));
    }
  }

  /** A select against a plain send. */
  @JCStressTest
  @Outcome(id = "2, sent", expect = ACCEPTABLE, desc = "They meet.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SelectAgainstPlain {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.selectReceive(a, b);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.send(b, 2);
    }
  }

  /** A select against two plain sends, of which the other stays for a receive. */
  @JCStressTest
  @Outcome(id = "1, 2, sent, sent", expect = ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "2, 1, sent, sent", expect = ACCEPTABLE, desc = "The second was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SelectAgainstTwoPlain {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LLLL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.selectReceive(a, b);
        r.r2 = Ops.selectReceive(a, b);
      });
    }

    @Actor
    public void actor2(LLLL_Result r) {
      trio.others(
          () -> {
            r.r3 = Ops.send(a, 1);
          },
          () -> {
            r.r4 = Ops.send(b, 2);
          });
    }
  }

  /** Two selects share two values. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Each has one.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "Each has one.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoSelectsAndTwoPlain {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.selectReceive(a, b);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.selectReceive(b, a);
          },
          () -> {
            Ops.send(a, 1);
            Ops.send(b, 2);
          });
    }
  }

  /** At every moment one of the two channels holds a value. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The old value.")
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "The new value.")
  @Outcome(expect = FORBIDDEN, desc = "The select looked at its cases one after the other.")
  @State
  public static class OtherwiseIsOneSnapshot {
    final Chan<Integer> a = Chan.buffered(1);
    final Chan<Integer> b = Chan.buffered(1);

    {
      Ops.trySend(a, 1);
    }

    @Actor
    public void actor1(L_Result r) {
      r.r1 =
          Ops.outcome(() ->
              Select.<Object>select(
                  b.onReceive().map(v -> (Object) v),
                  a.onReceive().map(v -> (Object) v),
                  Select.otherwiseGet(() -> Ops.OTHERWISE)));
    }

    @Actor
    public void actor2() {
      Ops.trySend(b, 2);
      Ops.tryReceive(a);
    }
  }

  /** A select in order, of which one channel is ready at every moment. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The old value.")
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "The new value.")
  @Outcome(expect = FORBIDDEN, desc = "The select looked at its cases one after the other.")
  @State
  public static class InOrderIsOneSnapshot {
    final Chan<Integer> a = Chan.buffered(1);
    final Chan<Integer> b = Chan.buffered(1);

    {
      Ops.trySend(a, 1);
    }

    @Actor
    public void actor1(L_Result r) {
      r.r1 =
          Ops.outcome(() -> {
            var fromB = b.onReceive();
            var fromA = a.onReceive();
            Case<?> won = Select.inOrder(fromB, fromA).poll();
            return won == fromA ? fromA.value() : won == fromB ? fromB.value() : Ops.OTHERWISE;
          });
    }

    @Actor
    public void actor2() {
      Ops.trySend(b, 2);
      Ops.tryReceive(a);
    }
  }

  /** A select that sends to and receives from the same channel. */
  @JCStressTest
  @Outcome(id = "sent, full, 1", expect = ACCEPTABLE, desc = "Its value was taken.")
  @Outcome(id = "2, sent, empty", expect = ACCEPTABLE, desc = "It took a value.")
  @Outcome(id = "timeout, full, empty", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class NeverMatchesItself {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 =
          Ops.outcome(() ->
              Select.<Object>select(
                  c.onSend(1).map(() -> Ops.SENT),
                  c.onReceive().map(v -> (Object) v),
                  Select.afterGet(Ops.SOON, () -> Ops.TIMEOUT)));
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = Ops.trySend(c, 2);
      r.r3 = Ops.tryReceive(c);
    }
  }

  /** A select over an open and a closing channel. */
  @JCStressTest
  @Outcome(id = "end, closes", expect = ACCEPTABLE, desc = "The end is a ready case.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SelectAgainstClose {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.selectReceive(a, b);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.close(b);
    }
  }

  /** A select that sends to a closing channel. */
  @JCStressTest
  @Outcome(id = "closed, closes", expect = ACCEPTABLE, desc = "A send to a closed channel.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SelectSendAgainstClose {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.outcome(() -> Select.<Object>select(c.onSend(1).map(() -> Ops.SENT)));
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.close(c);
    }
  }

  /** Three ways to decide one select. */
  @JCStressTest
  @Outcome(id = "1, sent, closes", expect = ACCEPTABLE, desc = "The value won.")
  @Outcome(id = "end, full, closes", expect = ACCEPTABLE, desc = "The end won.")
  @Outcome(id = "timeout, full, closes", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SelectAgainstCloseAndSend {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LLL_Result r) {
      trio.first(() -> {
        r.r1 = Ops.selectReceiveSoon(a, b);
      });
    }

    @Actor
    public void actor2(LLL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.trySend(a, 1);
          },
          () -> {
            r.r3 = Ops.close(b);
          });
    }
  }

  /** Two turns of a reusable select: the first turn's loser is still there for the second. */
  @JCStressTest
  @Outcome(id = "1 then 2, sent, sent", expect = ACCEPTABLE, desc = "The first was first.")
  @Outcome(id = "2 then 1, sent, sent", expect = ACCEPTABLE, desc = "The second was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class ReusableKeepsNothing {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1(LLL_Result r) {
      trio.first(() -> {
        r.r1 =
            Ops.outcome(() -> {
              var fromA = a.onReceive();
              var fromB = b.onReceive();
              Select both = Select.of(fromA, fromB);
              int first = both.await() == fromA ? fromA.value() : fromB.value();
              int second = both.await() == fromA ? fromA.value() : fromB.value();
              return first + " then " + second;
            });
      });
    }

    @Actor
    public void actor2(LLL_Result r) {
      trio.others(
          () -> {
            r.r2 = Ops.send(a, 1);
          },
          () -> {
            r.r3 = Ops.send(b, 2);
          });
    }
  }

  /** A timed turn of a reusable select against a try. */
  @JCStressTest
  @Outcome(id = "1, sent", expect = ACCEPTABLE, desc = "They met.")
  @Outcome(id = "timeout, full", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class ReusableTimed {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 =
          Ops.outcome(() -> {
            var from = c.onReceive();
            return Select.of(from).await(Ops.SOON) == from ? from.value() : Ops.TIMEOUT;
          });
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.trySend(c, 1);
    }
  }

  /** A select that waits to send at a full buffer moves up. */
  @JCStressTest
  @Outcome(id = "sent, 1, 2", expect = ACCEPTABLE, desc = "First what was there.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class SelectAtFullBuffer {
    final Chan<Integer> c = Chan.buffered(1);

    {
      Ops.trySend(c, 1);
    }

    @Actor
    public void actor1(LLL_Result r) {
      r.r1 = Ops.outcome(() -> Select.<Object>select(c.onSend(2).map(() -> Ops.SENT)));
    }

    @Actor
    public void actor2(LLL_Result r) {
      r.r2 = Ops.receive(c);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(c);
    }
  }
}
