package dev.runnel.soak;

import static dev.runnel.Select.after;
import static dev.runnel.Select.otherwise;

import dev.runnel.Case;
import dev.runnel.ChannelClosedException;
import dev.runnel.Overflow;
import dev.runnel.Select;
import dev.runnel.SendCase;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Sends, in every way there is, and now and then receives in the same select. */
final class Sender extends Worker {
  private static final int LONGEST_BURST = 96;
  private static final int RUSHING_BURST = 1_000;

  private final int me;
  private final int quota;
  private final int endsAt;
  private final Order order;
  private final List<SendCase<Long>> cases = new ArrayList<>();
  private final long[] next;
  private final boolean inOrder;
  private final Select reusable;
  private int made;

  Sender(Party party, int me, SplittableRandom random) {
    super(party, "sender " + me, me % party.plan().channels(), random);
    this.me = me;
    Plan plan = party.plan();
    quota = plan.perSender();
    endsAt = plan.end() == Plan.End.CLOSE_LAST ? -1 : quota / 2 + random.nextInt(quota);
    order = new Order(plan);
    next = new long[open.size()];
    for (int c : open) {
      cases.add(channel(c).onSend(Ledger.value(me, 0)));
    }
    Case<?>[] all = cases.toArray(Case<?>[]::new);
    inOrder = random.nextBoolean();
    reusable = inOrder ? Select.inOrder(all) : Select.of(all);
  }

  @Override
  boolean goesOn() {
    return made < quota && !open.isEmpty();
  }

  @Override
  void turn() throws InterruptedException {
    if (endsAt >= 0 && made >= endsAt) {
      tally.count(Kind.CLOSE);
      party.end(anyOpen(), party.plan().end());
    }
    int burst = 1 + random.nextInt(party.plan().rushing() ? RUSHING_BURST : LONGEST_BURST);
    switch (party.plan().rushing() && !oneIn(3) ? 0 : random.nextInt(12)) {
      case 0, 1, 2 -> {
        while (burst-- > 0 && goesOn()) {
          tally.count(Kind.SEND);
          long value = fresh();
          channel(home()).send(value);
          sent(value);
        }
      }
      case 3 -> {
        while (burst-- > 0 && goesOn()) {
          tally.count(Kind.SEND_WITH_CONTEXT);
          long value = fresh();
          channel(home()).send(value, context());
          sent(value);
        }
      }
      case 4 -> {
        tally.count(Kind.TIMED_SEND);
        long value = fresh();
        if (channel(anyOpen()).send(value, tinyTime())) {
          sent(value);
        }
      }
      case 5 -> {
        tally.count(Kind.TRY_SEND);
        long value = fresh();
        // One that DROP_LATEST refuses is dropped, and counted so by the channel.
        if (channel(anyOpen()).trySend(value) || party.plan().overflow() == Overflow.DROP_LATEST) {
          sent(value);
        }
      }
      case 6, 7 -> sendAll(burst);
      case 8 -> Select.<@Nullable Void>select(oneShot());
      case 9 -> selectBothWays();
      default -> {
        while (burst-- > 0 && made + open.size() <= quota && open.size() == cases.size()) {
          selectAgain();
        }
        if (made + open.size() > quota || open.size() < cases.size()) {
          sendAll(1);
        }
      }
    }
  }

  private long fresh() {
    return Ledger.value(me, made++);
  }

  private void sent(long value) {
    party.ledger().sent(value);
  }

  private void sendAll(int most) throws InterruptedException {
    tally.count(Kind.SEND_ALL);
    List<Long> batch = new ArrayList<>();
    while (batch.size() < most && made < quota) {
      batch.add(fresh());
    }
    int count;
    try {
      count = channel(home()).sendAll(batch);
    } catch (ChannelClosedException e) {
      batch.subList(0, e.sent()).forEach(this::sent);
      throw e;
    }
    batch.subList(0, count).forEach(this::sent);
  }

  private Case<Void>[] oneShot() {
    tally.count(Kind.ONE_SHOT_SELECT);
    List<Case<Void>> some = new ArrayList<>();
    long value = fresh();
    some.add(channel(home()).onSend(value, () -> sent(value)));
    if (made < quota) {
      long another = fresh();
      some.add(channel(anyOpen()).onSend(another, () -> sent(another)));
    }
    if (oneIn(3)) {
      some.add(oneIn(2) ? otherwise(() -> {}) : after(tinyTime(), () -> {}));
    }
    return array(some);
  }

  @SuppressWarnings("unchecked") // as good as generic arrays get
  static <R> Case<R>[] array(List<Case<R>> cases) {
    return cases.toArray(Case[]::new);
  }

  /** Sends to the home and receives from another channel, with a context. */
  private void selectBothWays() throws InterruptedException {
    tally.count(Kind.SELECT_BOTH_WAYS);
    long value = fresh();
    int c = anyOpen();
    long got =
        Select.<Long>select(
            channel(home()).onSend(value).map(() -> -1L),
            channel(c).onReceive().map(v -> v, () -> -2L),
            context().onDone().map(_ -> -3L, () -> -3L));
    if (got == -1) {
      sent(value);
    } else if (got == -2) {
      leave(c);
    } else if (got >= 0) {
      took(c, got);
    }
  }

  private void took(int c, long value) {
    party.ledger().received(value);
    order.received(c, value);
  }

  /** One turn of the reusable select, with a new value for each case, so that none comes late. */
  private void selectAgain() throws InterruptedException {
    tally.count(inOrder ? Kind.SELECT_IN_ORDER : Kind.REUSABLE_SELECT);
    for (int i = 0; i < next.length; i++) {
      next[i] = fresh();
      cases.get(i).value(next[i]);
    }
    Case<?> winner =
        switch (random.nextInt(4)) {
          case 0 -> reusable.await(tinyTime());
          case 1 -> reusable.poll();
          default -> reusable.await();
        };
    if (winner != null) {
      sent(next[cases.indexOf(winner)]);
    }
  }

  @Override
  void leaveEnded() {
    for (int c : List.copyOf(open)) {
      // A receive would find the end only behind what is buffered; a send finds it at once.
      if (made == quota) {
        return;
      }
      long probe = fresh();
      try {
        if (channel(c).trySend(probe) || party.plan().overflow() == Overflow.DROP_LATEST) {
          sent(probe);
        }
      } catch (ChannelClosedException e) {
        leave(c);
      }
    }
  }

  @Override
  void finished() {
    party.senderDone();
  }
}
