package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.Chan;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Plain sends and receives that wait for one another. */
public final class SendReceive {
  private SendReceive() {}

  /** One value. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The value goes over.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class OneValueUnbuffered {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.send(c, 1);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.receive(c);
    }
  }

  /** Two values of one sender, to one receiver. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "In the order of sending.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoValuesUnbuffered {
    final Chan<Integer> c = Chan.buffered(0);

    @Actor
    public void actor1() {
      Ops.send(c, 1);
      Ops.send(c, 2);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r1 = Ops.receive(c);
      r.r2 = Ops.receive(c);
    }
  }

  /** Two receivers, and one sender of two values. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first receiver was first.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second receiver was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoReceiversUnbuffered {
    final Chan<Integer> c = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1() {
      trio.first(() -> {
        Ops.send(c, 1);
        Ops.send(c, 2);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            r.r1 = Ops.receive(c);
          },
          () -> {
            r.r2 = Ops.receive(c);
          });
    }
  }

  /** Two senders, and one receiver of two values. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first sender was first.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second sender was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoSendersUnbuffered {
    final Chan<Integer> c = Chan.buffered(0);
    final Trio trio = new Trio();

    @Actor
    public void actor1() {
      trio.first(() -> {
        Ops.send(c, 1);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            Ops.send(c, 2);
          },
          () -> {
            r.r1 = Ops.receive(c);
            r.r2 = Ops.receive(c);
          });
    }
  }

  /** One value. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The value goes over.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class OneValueBuffered1 {
    final Chan<Integer> c = Chan.buffered(1);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.send(c, 1);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.receive(c);
    }
  }

  /** Two values of one sender, to one receiver. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "In the order of sending.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoValuesBuffered1 {
    final Chan<Integer> c = Chan.buffered(1);

    @Actor
    public void actor1() {
      Ops.send(c, 1);
      Ops.send(c, 2);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r1 = Ops.receive(c);
      r.r2 = Ops.receive(c);
    }
  }

  /** Two receivers, and one sender of two values. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first receiver was first.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second receiver was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoReceiversBuffered1 {
    final Chan<Integer> c = Chan.buffered(1);
    final Trio trio = new Trio();

    @Actor
    public void actor1() {
      trio.first(() -> {
        Ops.send(c, 1);
        Ops.send(c, 2);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            r.r1 = Ops.receive(c);
          },
          () -> {
            r.r2 = Ops.receive(c);
          });
    }
  }

  /** Two senders, and one receiver of two values. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first sender was first.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second sender was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoSendersBuffered1 {
    final Chan<Integer> c = Chan.buffered(1);
    final Trio trio = new Trio();

    @Actor
    public void actor1() {
      trio.first(() -> {
        Ops.send(c, 1);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            Ops.send(c, 2);
          },
          () -> {
            r.r1 = Ops.receive(c);
            r.r2 = Ops.receive(c);
          });
    }
  }

  /** One value. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The value goes over.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class OneValueBuffered2 {
    final Chan<Integer> c = Chan.buffered(2);

    @Actor
    public void actor1(LL_Result r) {
      r.r1 = Ops.send(c, 1);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.receive(c);
    }
  }

  /** Two values of one sender, to one receiver. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "In the order of sending.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoValuesBuffered2 {
    final Chan<Integer> c = Chan.buffered(2);

    @Actor
    public void actor1() {
      Ops.send(c, 1);
      Ops.send(c, 2);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r1 = Ops.receive(c);
      r.r2 = Ops.receive(c);
    }
  }

  /** Two receivers, and one sender of two values. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first receiver was first.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second receiver was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoReceiversBuffered2 {
    final Chan<Integer> c = Chan.buffered(2);
    final Trio trio = new Trio();

    @Actor
    public void actor1() {
      trio.first(() -> {
        Ops.send(c, 1);
        Ops.send(c, 2);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            r.r1 = Ops.receive(c);
          },
          () -> {
            r.r2 = Ops.receive(c);
          });
    }
  }

  /** Two senders, and one receiver of two values. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first sender was first.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second sender was first.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class TwoSendersBuffered2 {
    final Chan<Integer> c = Chan.buffered(2);
    final Trio trio = new Trio();

    @Actor
    public void actor1() {
      trio.first(() -> {
        Ops.send(c, 1);
      });
    }

    @Actor
    public void actor2(LL_Result r) {
      trio.others(
          () -> {
            Ops.send(c, 2);
          },
          () -> {
            r.r1 = Ops.receive(c);
            r.r2 = Ops.receive(c);
          });
    }
  }

  /** A sender that waits at a full buffer joins its tail. */
  @JCStressTest
  @Outcome(id = "sent, 1, 2", expect = ACCEPTABLE, desc = "First what was there, then what waited.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class FullBuffer {
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
      r.r2 = Ops.receive(c);
      r.r3 = Ops.receive(c);
    }
  }

  /** There and back, over two unbuffered channels. */
  @JCStressTest
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "Both values go over.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or invented, or a wake-up missed.")
  @State
  public static class PingPong {
    final Chan<Integer> c = Chan.buffered(0);
    final Chan<Integer> d = Chan.buffered(0);

    @Actor
    public void actor1(LL_Result r) {
      Ops.send(c, 1);
      r.r1 = Ops.receive(d);
    }

    @Actor
    public void actor2(LL_Result r) {
      r.r2 = Ops.receive(c);
      Ops.send(d, 2);
    }
  }
}
