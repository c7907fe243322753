package dev.runnel.soak;

import static dev.runnel.Select.afterGet;
import static dev.runnel.Select.otherwise;

import dev.runnel.Case;
import dev.runnel.ChannelFailedException;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Receives, in every way there is, until all channels have ended. */
final class Receiver extends Worker {
  private static final int LONGEST_BURST = 96;

  /** Ends a {@code receiveEach}. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super("enough", null, false, false);
    }
  }

  private final Order order;
  private final List<ReceiveCase<Long>> cases = new ArrayList<>();
  private final List<Integer> channelOfCase = new ArrayList<>();
  private @Nullable Select reusable;
  private boolean inOrder;

  Receiver(Party party, int me, SplittableRandom random) {
    super(party, "receiver " + me, me % party.plan().channels(), random);
    order = new Order(party.plan());
  }

  @Override
  boolean goesOn() {
    return !open.isEmpty();
  }

  @Override
  void turn() throws InterruptedException {
    int burst = 1 + random.nextInt(LONGEST_BURST);
    int c = home();
    switch (party.plan().rushing() && !oneIn(3) ? 6 : random.nextInt(15)) {
      case 0, 1 -> {
        do {
          tally.count(Kind.RECEIVE);
        } while (took(c, channel(c).receive()) && --burst > 0);
      }
      case 2 -> {
        do {
          tally.count(Kind.RECEIVE_WITH_CONTEXT);
        } while (took(c, channel(c).receive(context())) && --burst > 0);
      }
      case 3 -> {
        tally.count(Kind.TIMED_RECEIVE);
        int any = anyOpen();
        took(any, channel(any).receive(tinyTime()));
      }
      case 4 -> {
        int any = anyOpen();
        do {
          tally.count(Kind.TRY_RECEIVE);
        } while (took(any, channel(any).tryReceive()) && --burst > 0);
      }
      case 5 -> {
        tally.count(Kind.RECEIVE_OR_THROW);
        took(c, channel(c).receiveOrThrow());
      }
      case 6, 7 -> {
        do {
          receiveUpTo(c, 1 + random.nextInt(200));
        } while (party.plan().rushing() && --burst > 0 && open.contains(c));
      }
      case 14 -> {
        if (party.plan().refusing()) {
          refuse(c, 1 + random.nextInt(20));
        } else {
          receiveUpTo(c, 1 + random.nextInt(20));
        }
      }
      case 8 -> iterate(c, burst);
      case 9 -> receiveEach(c, burst);
      case 10 -> selectWithHandlers();
      case 11 -> selectWithMappings();
      default -> {
        while (burst-- > 0 && !open.isEmpty()) {
          selectAgain();
        }
      }
    }
  }

  /** A value, or the end: false then. */
  private boolean took(int c, @Nullable Long value) {
    if (value == null) {
      leave(c);
      return false;
    }
    party.ledger().received(value);
    order.received(c, value);
    return true;
  }

  private boolean took(int c, ReceiveResult<Long> result) {
    return switch (result) {
      case ReceiveResult.Value<Long>(Long value) -> took(c, value);
      case ReceiveResult.Closed<Long> _ -> took(c, (Long) null);
      case ReceiveResult.Empty<Long> _ -> false;
    };
  }

  private void receiveUpTo(int c, int max) throws InterruptedException {
    tally.count(Kind.RECEIVE_UP_TO);
    List<Long> batch = new ArrayList<>();
    int count = channel(c).receiveUpTo(max, batch);
    if (count != batch.size() || count > max) {
      throw new Violation("receiveUpTo says " + count + " and brought " + batch.size());
    }
    for (long value : batch) {
      took(c, (Long) value);
    }
    if (count == 0) {
      leave(c);
    }
  }

  /** A batch into a collection that refuses a value: that one has come, and the rest goes back. */
  private void refuse(int c, int max) throws InterruptedException {
    tally.count(Kind.REFUSE);
    Picky batch = new Picky(random.nextInt(max));
    try {
      if (channel(c).receiveUpTo(max, batch) == 0) {
        leave(c);
      }
    } catch (Picky.Refusal refusal) {
      // the refused value is the last of those given
    } finally {
      batch.given().forEach(value -> took(c, value));
    }
  }

  private void iterate(int c, int most) {
    tally.count(Kind.ITERATE);
    if (oneIn(2)) {
      if (channel(c).stream().limit(most).peek(value -> took(c, value)).count() < most) {
        leave(c);
      }
      return;
    }
    int left = most;
    for (Long value : channel(c)) {
      took(c, value);
      if (--left == 0) {
        return;
      }
    }
    leave(c);
  }

  private void receiveEach(int c, int most) throws InterruptedException {
    tally.count(Kind.ITERATE);
    int[] left = {most};
    try {
      channel(c)
          .receiveEach(value -> {
            took(c, value);
            if (--left[0] == 0) {
              throw new Enough();
            }
          });
      leave(c);
    } catch (Enough enough) {
      // as planned
    }
  }

  private void selectWithHandlers() throws InterruptedException {
    tally.count(Kind.ONE_SHOT_SELECT);
    List<Case<Void>> some = new ArrayList<>();
    for (int c : List.copyOf(open)) {
      some.add(channel(c).onReceive(value -> took(c, value), () -> leave(c)));
    }
    if (oneIn(3)) {
      some.add(otherwise(() -> {}));
    }
    Select.<@Nullable Void>select(Sender.array(some));
  }

  private void selectWithMappings() throws InterruptedException {
    tally.count(Kind.ONE_SHOT_SELECT);
    int c = home();
    long got =
        Select.<Long>select(
            channel(c).onReceive().map(v -> v, () -> -1L),
            context().onDone().map(_ -> -2L, () -> -2L),
            afterGet(tinyTime(), () -> -3L));
    if (got >= 0) {
      took(c, (Long) got);
    } else if (got == -1) {
      leave(c);
    }
  }

  /** One turn of a reusable select over all open channels. */
  private void selectAgain() throws InterruptedException {
    Select select = reusable;
    if (select == null || channelOfCase.size() != open.size()) {
      cases.clear();
      channelOfCase.clear();
      for (int c : open) {
        cases.add(channel(c).onReceive());
        channelOfCase.add(c);
      }
      Case<?>[] all = cases.toArray(Case<?>[]::new);
      inOrder = oneIn(2);
      reusable = select = inOrder ? Select.inOrder(all) : Select.of(all);
    }
    tally.count(inOrder ? Kind.SELECT_IN_ORDER : Kind.REUSABLE_SELECT);
    Case<?> winner =
        switch (random.nextInt(6)) {
          case 0 -> select.await(tinyTime());
          case 1 -> select.poll();
          default -> select.await();
        };
    if (winner != null) {
      int index = cases.indexOf(winner);
      int c = channelOfCase.get(index);
      took(c, cases.get(index).closed() ? null : cases.get(index).value());
    }
  }

  /** A channel has ended and is drained, but not every operation says which. */
  @Override
  void leaveEnded() {
    for (int c : List.copyOf(open)) {
      try {
        took(c, channel(c).tryReceive());
      } catch (ChannelFailedException e) {
        leave(c);
      }
    }
  }

  @Override
  void finished() {}
}
