package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.Select;
import dev.runnel.sync.WaitGroup;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * What one side wrote to plain memory before, the other sees after: every edge that the library
 * promises.
 */
public final class HappensBefore {
  private HappensBefore() {}

  /** Send, then its receive. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SendReceiveUnbuffered {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.send(c, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c);
      r.r1 = x;
    }
  }

  /** Send, then its receive. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SendReceiveBuffered1 {
    final Chan<Integer> c = Chan.buffered(1);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.send(c, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c);
      r.r1 = x;
    }
  }

  /** Send, then its receive. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SendReceiveBuffered2 {
    final Chan<Integer> c = Chan.buffered(2);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.send(c, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c);
      r.r1 = x;
    }
  }

  /** A try of each. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "They met, and the write is seen.")
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class TrySendTryReceive {
    final Chan<Integer> c = Chan.buffered(1);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.trySend(c, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      boolean met = Ops.tryReceive(c).equals(1);
      r.r1 = met ? x : -1;
    }
  }

  /** A try that finds the receiver waiting. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class TrySendReceive {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.pollSend(c, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c);
      r.r1 = x;
    }
  }

  /** A try that finds the sender waiting. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SendTryReceive {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.send(c, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.pollReceive(c);
      r.r1 = x;
    }
  }

  /** Both timed. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "They met, and the write is seen.")
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class TimedSendTimedReceive {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.sendSoon(c, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      boolean met = Ops.receiveSoon(c).equals(1);
      r.r1 = met ? x : -1;
    }
  }

  /** Both with a context. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SendReceiveWithContexts {
    final Chan<Integer> c = Chan.buffered(0);
    final CancelContext ctx = Context.background().withCancel();
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.send(c, 1, ctx);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c, ctx);
      r.r1 = x;
    }
  }

  /** A plain send, then the select that receives. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SendSelect {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.send(b, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.selectReceive(a, b);
      r.r1 = x;
    }
  }

  /** A select that sends, then its receive. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SelectReceive {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.outcome(() -> Select.<Object>select(c.onSend(1).map(() -> Ops.SENT)));
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c);
      r.r1 = x;
    }
  }

  /** A select that sends, then a select that receives. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SelectSelect {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.outcome(() -> Select.<Object>select(b.onSend(1).map(() -> Ops.SENT)));
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.selectReceive(a, b);
      r.r1 = x;
    }
  }

  /** A select that sends, then a reusable select that receives. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SelectReusable {
    final Chan<Integer> c = Chan.buffered(1);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.outcome(() -> Select.<Object>select(c.onSend(1).map(() -> Ops.SENT)));
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> Select.of(c.onReceive(), c.onReceive()).await());
      r.r1 = x;
    }
  }

  /** A send, then the turn of a loop. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SendIterator {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.send(c, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      var _ = c.iterator().next();
      r.r1 = x;
    }
  }

  /** A send, then the batch that it is in. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SendBatch {
    final Chan<Integer> c = Chan.buffered(2);
    final ArrayList<Integer> batch = new ArrayList<>();
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.send(c, 1);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> c.receiveUpTo(5, batch));
      r.r1 = x;
    }
  }

  /** A close, then the receive that sees it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CloseReceiveUnbuffered {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.close(c);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c);
      r.r1 = x;
    }
  }

  /** A close, then the receive that sees it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CloseReceiveBuffered1 {
    final Chan<Integer> c = Chan.buffered(1);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.close(c);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c);
      r.r1 = x;
    }
  }

  /** A close, then the receive that sees it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CloseReceiveBuffered2 {
    final Chan<Integer> c = Chan.buffered(2);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.close(c);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c);
      r.r1 = x;
    }
  }

  /** A close, then the try that sees it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "They met, and the write is seen.")
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "They missed one another.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CloseTryReceive {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.close(c);
    }

    @Actor
    public void actor2(I_Result r) {
      boolean met = Ops.tryReceive(c).equals(Ops.END);
      r.r1 = met ? x : -1;
    }
  }

  /** A close, then the select that sees it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CloseSelect {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.close(b);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.selectReceive(a, b);
      r.r1 = x;
    }
  }

  /** A close, then the end of a loop. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CloseIterator {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.close(c);
    }

    @Actor
    public void actor2(I_Result r) {
      var _ = c.iterator().hasNext();
      r.r1 = x;
    }
  }

  /** A failure, then the receive that sees it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class FailReceive {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.fail(c);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c);
      r.r1 = x;
    }
  }

  /** The first receive, then the completion of send 1. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class ReceiveSendUnbuffered {
    final Chan<Integer> c = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.receive(c);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.send(c, 1);
      r.r1 = x;
    }
  }

  /** The first receive, then the completion of send 2. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class ReceiveSendBuffered1 {
    final Chan<Integer> c = Chan.buffered(1);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.receive(c);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.send(c, 1);
      Ops.send(c, 2);
      r.r1 = x;
    }
  }

  /** The first receive, then the completion of send 3. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class ReceiveSendBuffered2 {
    final Chan<Integer> c = Chan.buffered(2);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.receive(c);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.send(c, 1);
      Ops.send(c, 2);
      Ops.send(c, 3);
      r.r1 = x;
    }
  }

  /** The first receive, then a try for the place it left. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class ReceiveTrySend {
    final Chan<Integer> c = Chan.buffered(1);

    {
      Ops.trySend(c, 1);
    }

    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.receive(c);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.pollSend(c, 2);
      r.r1 = x;
    }
  }

  /** The first receive, then the select that sends. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class ReceiveSelectSend {
    final Chan<Integer> c = Chan.buffered(1);

    {
      Ops.trySend(c, 1);
    }

    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.receive(c);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> Select.<Object>select(c.onSend(2).map(() -> Ops.SENT)));
      r.r1 = x;
    }
  }

  /** The select that receives, then the completion of the send. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class SelectReceiveSend {
    final Chan<Integer> a = Chan.buffered(0);
    final Chan<Integer> b = Chan.buffered(0);
    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.selectReceive(a, b);
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.send(b, 1);
      r.r1 = x;
    }
  }

  /** A batch, then a send for the place it left. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class BatchSend {
    final Chan<Integer> c = Chan.buffered(1);
    final ArrayList<Integer> batch = new ArrayList<>();

    {
      Ops.trySend(c, 1);
    }

    int x;

    @Actor
    public void actor1() {
      x = 1;
      Ops.outcome(() -> c.receiveUpTo(1, batch));
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.send(c, 2);
      r.r1 = x;
    }
  }

  /** A start, then the goroutine's first step; its last, then the join. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "Both writes are seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class GoStart {
    int x;
    int seen;

    @Actor
    public void actor1(I_Result r) {
      x = 1;
      Goroutine reader = Go.go(() -> seen = x);
      Ops.outcome(() -> {
        reader.join();
        return "";
      });
      r.r1 = seen;
    }
  }

  /** A goroutine's end, then the join. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both joins see the write.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class DoneJoin {
    int x;
    final Goroutine writer = Go.go(() -> x = 1);

    @Actor
    public void actor1(II_Result r) {
      Ops.outcome(() -> {
        writer.join();
        return "";
      });
      r.r1 = x;
    }

    @Actor
    public void actor2(II_Result r) {
      Ops.outcome(() -> {
        writer.join();
        return "";
      });
      r.r2 = x;
    }
  }

  /** A goroutine's end, then the timed join that sees it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The timed join sees the write.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class DoneTimedJoin {
    int x;
    final Goroutine writer = Go.go(() -> x = 1);

    @Actor
    public void actor1(I_Result r) {
      Ops.outcome(() -> {
        while (!writer.join(Ops.SOON)) {}
        return "";
      });
      r.r1 = x;
    }
  }

  /** A call's end, then the get of its future. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both gets see the write.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class FutureGet {
    int x;
    final Future<Integer> future = Go.call(() -> x = 1);

    @Actor
    public void actor1(II_Result r) {
      try {
        r.r1 = future.get() * x;
      } catch (ExecutionException | InterruptedException e) {
        r.r1 = -1;
      }
    }

    @Actor
    public void actor2(II_Result r) {
      try {
        r.r2 = future.get() * x;
      } catch (ExecutionException | InterruptedException e) {
        r.r2 = -1;
      }
    }
  }

  /** The last done, then the await. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class WaitGroupAwait {
    final WaitGroup group = new WaitGroup();

    {
      group.add(1);
    }

    int x;

    @Actor
    public void actor1() {
      x = 1;
      group.done();
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> {
        group.await();
        return "";
      });
      r.r1 = x;
    }
  }

  /** Each of two dones, then the await. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both writes are seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class WaitGroupOfTwo {
    final WaitGroup group = new WaitGroup();
    int x;
    int y;

    {
      group.add(2);
    }

    final Trio trio = new Trio();

    @Actor
    public void actor1() {
      trio.first(() -> {
        x = 1;
        group.done();
      });
    }

    @Actor
    public void actor2(II_Result r) {
      trio.others(
          () -> {
            y = 1;
            group.done();
          },
          () -> {
            Ops.outcome(() -> {
              group.await();
              return "";
            });
            r.r1 = x;
            r.r2 = y;
          });
    }
  }

  /** A cancel, then the receive from done. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CancelDoneReceive {
    final CancelContext ctx = Context.background().withCancel();
    int x;

    @Actor
    public void actor1() {
      x = 1;
      ctx.cancel();
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> {
        ctx.done().receive();
        return "";
      });
      r.r1 = x;
    }
  }

  /** A cancel, then the select that sees it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CancelOnDone {
    final CancelContext ctx = Context.background().withCancel();
    int x;

    @Actor
    public void actor1() {
      x = 1;
      ctx.cancel();
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(
          () -> Select.<Object>select(ctx.onDone().map(_ -> Ops.CANCELED, () -> Ops.CANCELED)));
      r.r1 = x;
    }
  }

  /** A cancel, then err. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CancelErr {
    final CancelContext ctx = Context.background().withCancel();
    int x;

    @Actor
    public void actor1() {
      x = 1;
      ctx.cancel();
    }

    @Actor
    public void actor2(I_Result r) {
      while (ctx.err() == null) {
        Ops.pause();
      }
      r.r1 = x;
    }
  }

  /** A cancel, then the receive that it cuts short. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CancelReceive {
    final Chan<Integer> c = Chan.buffered(0);
    final CancelContext ctx = Context.background().withCancel();
    int x;

    @Actor
    public void actor1() {
      x = 1;
      ctx.cancel();
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.receive(c, ctx);
      r.r1 = x;
    }
  }

  /** A cancel of the parent, then the child's done. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The write is seen.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before is not seen.")
  @State
  public static class CancelChild {
    final CancelContext ctx = Context.background().withCancel();
    final CancelContext child = ctx.withCancel();
    int x;

    @Actor
    public void actor1() {
      x = 1;
      ctx.cancel();
    }

    @Actor
    public void actor2(I_Result r) {
      Ops.outcome(() -> {
        child.done().receive();
        return "";
      });
      r.r1 = x;
    }
  }
}
