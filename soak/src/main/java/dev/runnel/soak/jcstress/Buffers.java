package dev.runnel.soak.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Buffers while they are filled and emptied at once: in every way, in batches, with batches that go
 * back, while the buffer grows, and while the channel closes.
 */
public final class Buffers {
  static final String IN_ORDER = "in order";

  private Buffers() {}

  /** Takes a number of values and refuses the next, which has then been received. */
  static final class Picky extends ArrayList<Integer> {
    private static final long serialVersionUID = 1L;
    private final int takes;

    Picky(int takes) {
      this.takes = takes;
    }

    @Override
    public boolean add(Integer value) {
      super.add(value);
      if (size() > takes) {
        throw new IllegalStateException("refused");
      }
      return true;
    }
  }

  static void fill(Chan<Integer> c, int from, int to) {
    for (int value = from; value <= to; value++) {
      Ops.trySend(c, value);
    }
  }

  static void drain(Chan<Integer> c, List<Integer> into) {
    while (c.tryReceive() instanceof ReceiveResult.Value<Integer>(Integer value)) {
      into.add(value);
    }
  }

  /** Receives a batch of which only so many are taken, and one is refused. */
  static void refuse(Chan<Integer> c, int max, int takes, List<Integer> got) {
    Picky picky = new Picky(takes);
    Ops.outcome(() -> {
      try {
        c.receiveUpTo(max, picky);
      } catch (IllegalStateException refused) {
        // the last of those given
      }
      return "";
    });
    got.addAll(picky);
  }

  /** The word for 1, 2, ... , n. */
  static String inOrder(List<Integer> got, int n) {
    for (int i = 0; i < n; i++) {
      if (got.size() != n || got.get(i) != i + 1) {
        return got.toString();
      }
    }
    return IN_ORDER;
  }

  /** The word for 1 to n in any order. */
  static String all(List<Integer> got, int n) {
    List<Integer> sorted = new ArrayList<>(got);
    sorted.sort(null);
    return inOrder(sorted, n).equals(IN_ORDER) ? "all" : got.toString();
  }

  /** Sends 1 to n, each in another way. */
  static void sendAll(Chan<Integer> c, int n) {
    for (int value = 1; value <= n; value++) {
      int v = value;
      switch (v % 4) {
        case 0 -> Ops.send(c, v);
        case 1 -> Ops.pollSend(c, v);
        case 2 ->
            Ops.outcome(() ->
                Select.<Object>select(c.onSend(v).map(() -> ""), Chan.<Integer>nil().onReceive()));
        default -> Ops.outcome(() -> c.sendAll(List.of(v)));
      }
    }
  }

  /** Receives n values, each in another way. */
  static void receiveAll(Chan<Integer> c, int n, List<Integer> got) {
    ReceiveCase<Integer> receiving = c.onReceive();
    Select select = Select.of(receiving, Chan.<Integer>nil().onReceive());
    for (int i = 0; got.size() < n; i++) {
      switch (i % 5) {
        case 0 -> got.add((Integer) Ops.receive(c));
        case 1 -> got.add((Integer) Ops.pollReceive(c));
        case 2 ->
            Ops.outcome(() -> {
              select.await();
              return got.add(receiving.value());
            });
        case 3 -> Ops.outcome(() -> c.receiveUpTo(3, got));
        default -> refuse(c, 4, 1, got);
      }
    }
  }

  /** One place. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "As they were sent.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or out of order.")
  @State
  public static class StreamThrough1 {
    final Chan<Integer> c = Chan.buffered(1);

    @Actor
    public void actor1() {
      sendAll(c, 24);
    }

    @Actor
    public void actor2(L_Result r) {
      List<Integer> got = new ArrayList<>();
      receiveAll(c, 24, got);
      r.r1 = inOrder(got, 24);
    }
  }

  /** Two places. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "As they were sent.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or out of order.")
  @State
  public static class StreamThrough2 {
    final Chan<Integer> c = Chan.buffered(2);

    @Actor
    public void actor1() {
      sendAll(c, 24);
    }

    @Actor
    public void actor2(L_Result r) {
      List<Integer> got = new ArrayList<>();
      receiveAll(c, 24, got);
      r.r1 = inOrder(got, 24);
    }
  }

  /** Eight places: the ring is as long as it begins. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "As they were sent.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or out of order.")
  @State
  public static class StreamThrough8 {
    final Chan<Integer> c = Chan.buffered(8);

    @Actor
    public void actor1() {
      sendAll(c, 24);
    }

    @Actor
    public void actor2(L_Result r) {
      List<Integer> got = new ArrayList<>();
      receiveAll(c, 24, got);
      r.r1 = inOrder(got, 24);
    }
  }

  /** A ring that grows meanwhile. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "As they were sent.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or out of order.")
  @State
  public static class StreamThrough1000 {
    final Chan<Integer> c = Chan.buffered(1_000);

    @Actor
    public void actor1() {
      sendAll(c, 24);
    }

    @Actor
    public void actor2(L_Result r) {
      List<Integer> got = new ArrayList<>();
      receiveAll(c, 24, got);
      r.r1 = inOrder(got, 24);
    }
  }

  /** No bound, and a ring that grows meanwhile. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "As they were sent.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or out of order.")
  @State
  public static class StreamUnbounded {
    final Chan<Integer> c = Chan.unbounded();

    @Actor
    public void actor1() {
      sendAll(c, 24);
    }

    @Actor
    public void actor2(L_Result r) {
      List<Integer> got = new ArrayList<>();
      receiveAll(c, 24, got);
      r.r1 = inOrder(got, 24);
    }
  }

  /** The ring is full, and wrapped round: a send makes it longer, while others take. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "As they were sent.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or out of order.")
  @State
  public static class GrowsUnbounded {
    final Chan<Integer> c = Chan.unbounded();
    final List<Integer> got = new ArrayList<>();

    {
      fill(c, -2, 5);
      drainThree();
      fill(c, 6, 8);
    }

    private void drainThree() {
      for (int i = 0; i < 3; i++) {
        Ops.tryReceive(c);
      }
    }

    @Actor
    public void actor1() {
      fill(c, 9, 11);
    }

    @Actor
    public void actor2() {
      got.add((Integer) Ops.receive(c));
      Ops.outcome(() -> c.receiveUpTo(2, got));
      got.add((Integer) Ops.receive(c));
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      r.r1 = inOrder(got, 11);
    }
  }

  /** The ring is full, and wrapped round: a send makes it longer, while others take. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "As they were sent.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or out of order.")
  @State
  public static class GrowsTo1000 {
    final Chan<Integer> c = Chan.buffered(1_000);
    final List<Integer> got = new ArrayList<>();

    {
      fill(c, -2, 5);
      drainThree();
      fill(c, 6, 8);
    }

    private void drainThree() {
      for (int i = 0; i < 3; i++) {
        Ops.tryReceive(c);
      }
    }

    @Actor
    public void actor1() {
      fill(c, 9, 11);
    }

    @Actor
    public void actor2() {
      got.add((Integer) Ops.receive(c));
      Ops.outcome(() -> c.receiveUpTo(2, got));
      got.add((Integer) Ops.receive(c));
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      r.r1 = inOrder(got, 11);
    }
  }

  /** One place: a refused batch, a send and a receive. */
  @JCStressTest
  @Outcome(id = "all", expect = ACCEPTABLE, desc = "Each once.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost or doubled.")
  @State
  public static class RefusedAt1 {
    final Chan<Integer> c = Chan.buffered(1);
    final List<Integer> got = new ArrayList<>();
    final List<Integer> others = new ArrayList<>();
    final Trio trio = new Trio();

    {
      fill(c, 1, 1);
    }

    @Actor
    public void actor1() {
      trio.first(() -> refuse(c, 1, 0, got));
    }

    @Actor
    public void actor2() {
      trio.others(() -> Ops.send(c, 2), () -> others.add((Integer) Ops.receive(c)));
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      got.addAll(others);
      r.r1 = all(got, 2);
    }
  }

  /** Two places: what goes back meets a send and a receive. */
  @JCStressTest
  @Outcome(id = "all", expect = ACCEPTABLE, desc = "Each once.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost or doubled.")
  @State
  public static class RefusedAt2 {
    final Chan<Integer> c = Chan.buffered(2);
    final List<Integer> got = new ArrayList<>();
    final List<Integer> others = new ArrayList<>();
    final Trio trio = new Trio();

    {
      fill(c, 1, 2);
    }

    @Actor
    public void actor1() {
      trio.first(() -> refuse(c, 2, 0, got));
    }

    @Actor
    public void actor2() {
      trio.others(() -> Ops.send(c, 3), () -> others.add((Integer) Ops.receive(c)));
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      got.addAll(others);
      r.r1 = all(got, 3);
    }
  }

  /** Eight places: what goes back meets a send and a receive. */
  @JCStressTest
  @Outcome(id = "all", expect = ACCEPTABLE, desc = "Each once.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost or doubled.")
  @State
  public static class RefusedAt8 {
    final Chan<Integer> c = Chan.buffered(8);
    final List<Integer> got = new ArrayList<>();
    final List<Integer> others = new ArrayList<>();
    final Trio trio = new Trio();

    {
      fill(c, 1, 8);
    }

    @Actor
    public void actor1() {
      trio.first(() -> refuse(c, 8, 2, got));
    }

    @Actor
    public void actor2() {
      trio.others(() -> Ops.send(c, 9), () -> others.add((Integer) Ops.receive(c)));
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      got.addAll(others);
      r.r1 = all(got, 9);
    }
  }

  /** No bound: what goes back may make the ring longer. */
  @JCStressTest
  @Outcome(id = "all", expect = ACCEPTABLE, desc = "Each once.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost or doubled.")
  @State
  public static class RefusedUnbounded {
    final Chan<Integer> c = Chan.unbounded();
    final List<Integer> got = new ArrayList<>();
    final List<Integer> others = new ArrayList<>();
    final Trio trio = new Trio();

    {
      fill(c, 1, 8);
    }

    @Actor
    public void actor1() {
      trio.first(() -> refuse(c, 8, 0, got));
    }

    @Actor
    public void actor2() {
      trio.others(() -> Ops.send(c, 9), () -> others.add((Integer) Ops.receive(c)));
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      got.addAll(others);
      r.r1 = all(got, 9);
    }
  }

  /** What goes back to a channel that closes. */
  @JCStressTest
  @Outcome(id = "all", expect = ACCEPTABLE, desc = "Each once.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost or doubled.")
  @State
  public static class RefusedAgainstClose {
    final Chan<Integer> c = Chan.buffered(2);
    final List<Integer> got = new ArrayList<>();
    final List<Integer> others = new ArrayList<>();
    final Trio trio = new Trio();

    {
      fill(c, 1, 2);
    }

    @Actor
    public void actor1() {
      trio.first(() -> refuse(c, 2, 0, got));
    }

    @Actor
    public void actor2() {
      trio.others(
          () -> Ops.close(c),
          () -> {
            if (Ops.receive(c) instanceof Integer value) {
              others.add(value);
            }
          });
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      got.addAll(others);
      r.r1 = all(got, 2);
    }
  }

  /** Two batches share what a closed channel holds. */
  @JCStressTest
  @Outcome(id = "all", expect = ACCEPTABLE, desc = "Each once.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost or doubled.")
  @State
  public static class TwoBatches {
    final Chan<Integer> c = Chan.buffered(8);
    final List<Integer> got = new ArrayList<>();
    final List<Integer> others = new ArrayList<>();

    {
      fill(c, 1, 6);
      c.close();
    }

    @Actor
    public void actor1() {
      Ops.outcome(() -> c.receiveUpTo(4, got));
    }

    @Actor
    public void actor2() {
      Ops.outcome(() -> c.receiveUpTo(4, others));
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      got.addAll(others);
      r.r1 = all(got, 6);
    }
  }

  /** A batch lets in the sender that waits at the full buffer. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "As they were sent.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or out of order.")
  @State
  public static class BatchAtFullBuffer {
    final Chan<Integer> c = Chan.buffered(2);
    final List<Integer> got = new ArrayList<>();

    {
      fill(c, 1, 2);
    }

    @Actor
    public void actor1() {
      Ops.send(c, 3);
      Ops.trySend(c, 4);
      Ops.close(c);
    }

    @Actor
    public void actor2() {
      Ops.outcome(() -> c.receiveUpTo(2, got));
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      r.r1 = inOrder(got, got.contains(4) ? 4 : 3);
    }
  }

  /** What an interrupted batch does not bring stays. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "Taken or left.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, doubled or out of order, or a stray flag.")
  @State
  public static class InterruptedBatch {
    final Chan<Integer> c = Chan.buffered(2);
    final List<Integer> got = new ArrayList<>();
    final Victim victim = new Victim();
    String word = "";

    {
      fill(c, 1, 2);
    }

    @Actor
    public void actor1() {
      word = victim.run(() -> c.receiveUpTo(2, got));
    }

    @Actor
    public void actor2() {
      victim.interrupt();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      boolean seen =
          got.isEmpty() ? word.equals(Ops.INTERRUPTED) : word.equals(got.size() + " flagged");
      drain(c, got);
      r.r1 = seen ? inOrder(got, 2) : word;
    }
  }

  /** Of many sends one after the other, those went that the exception says. */
  @JCStressTest
  @Outcome(id = IN_ORDER, expect = ACCEPTABLE, desc = "As many came as were sent.")
  @Outcome(expect = FORBIDDEN, desc = "Another number came, or in another order.")
  @State
  public static class SendAllAgainstClose {
    final Chan<Integer> c = Chan.buffered(2);
    final List<Integer> got = new ArrayList<>();
    int sent;

    @Actor
    public void actor1() {
      Ops.outcome(() -> {
        try {
          sent = c.sendAll(List.of(1, 2, 3, 4));
        } catch (ChannelClosedException e) {
          sent = e.sent();
        }
        return "";
      });
    }

    @Actor
    public void actor2() {
      got.add((Integer) Ops.receive(c));
      Ops.close(c);
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(c, got);
      r.r1 = inOrder(got, sent);
    }
  }

  /** A select between two buffers that others empty and fill: a full one and an empty one. */
  @JCStressTest
  @Outcome(id = "all", expect = ACCEPTABLE, desc = "Each once.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost or doubled.")
  @State
  public static class SelectAtFullAndEmpty {
    final Chan<Integer> full = Chan.buffered(1);
    final Chan<Integer> empty = Chan.buffered(8);
    final List<Integer> got = new ArrayList<>();
    final List<Integer> others = new ArrayList<>();
    final Trio trio = new Trio();

    {
      fill(full, 1, 1);
    }

    private Object sendOrReceive() {
      return Ops.outcome(() ->
          Select.<Object>select(
              full.onSend(3).map(() -> Ops.SENT), empty.onReceive().map(v -> (Object) v)));
    }

    @Actor
    public void actor1() {
      trio.first(() -> {
        Object went = sendOrReceive();
        while (!went.equals(Ops.SENT)) {
          got.add((Integer) went);
          went = sendOrReceive();
        }
      });
    }

    @Actor
    public void actor2() {
      trio.others(() -> Ops.send(empty, 2), () -> others.add((Integer) Ops.receive(full)));
    }

    @Arbiter
    public void arbiter(L_Result r) {
      drain(full, got);
      drain(empty, got);
      got.addAll(others);
      r.r1 = all(got, 3);
    }
  }
}
