package dev.runnel.stress;

import static dev.runnel.Select.after;
import static dev.runnel.Select.afterGet;
import static dev.runnel.Select.otherwise;

import dev.runnel.Case;
import dev.runnel.ChannelFailedException;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives until the channels are drained, in every way there is. */
final class ReceivingWork extends Work {

  /** Thrown to leave {@code receiveEach}, and by a collection that refuses a value. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final List<ReceiveCase<Integer>> cases = new ArrayList<>();
  private final List<Integer> channelOfCase = new ArrayList<>();
  private Select reusable;

  ReceivingWork(ChannelRun run, int me, Dice dice, Book book) {
    super(run, me, dice, book);
    reusable = select();
  }

  private Select select() {
    cases.clear();
    channelOfCase.clear();
    channelOfCase.addAll(open);
    if (!open.isEmpty() && dice.oneIn(2)) {
      channelOfCase.add(anyOpen()); // the same channel twice
    }
    for (int c : channelOfCase) {
      cases.add(channel(c).onReceive());
    }
    List<Case<?>> all = new ArrayList<>(cases);
    if (dice.oneIn(3)) {
      all.add(dice.oneIn(2) ? otherwise(() -> {}) : after(dice.tinyTime(), () -> {}));
    }
    Case<?>[] array = all.toArray(Case<?>[]::new);
    return dice.oneIn(2) ? Select.of(array) : Select.inOrder(array);
  }

  @Override
  boolean goesOn(int turn) {
    return run.plan().end() != Plan.End.RECEIVERS_LEAVE || !run.pastMiddle(turn);
  }

  @Override
  void turn() throws InterruptedException {
    int c = anyOpen();
    switch (dice.below(14)) {
      case 0 -> received(c, channel(c).receive());
      case 1 -> received(c, channel(c).receive(context()));
      case 2 -> received(c, channel(c).receive(dice.tinyTime()));
      case 3 -> received(c, channel(c).tryReceive());
      case 4 -> receiveUpTo(c);
      case 5 -> refuse(c);
      case 6 -> iterate(c);
      case 7 -> channel(c).stream().limit(1 + dice.below(3)).forEach(v -> book.received(c, v));
      case 8 -> receiveEach(c);
      case 9 -> selectWithHandlers();
      case 10 -> selectWithMappings(c);
      case 11 -> received(reusable.await());
      case 12 -> received(reusable.await(dice.tinyTime()));
      default -> received(reusable.poll());
    }
  }

  private void received(int c, @Nullable Integer value) {
    if (value == null) {
      drained(c);
    } else {
      book.received(c, value);
    }
  }

  private void received(int c, ReceiveResult<Integer> result) {
    switch (result) {
      case ReceiveResult.Value<Integer>(Integer value) -> book.received(c, value);
      case ReceiveResult.Closed<Integer> _ -> drained(c);
      case ReceiveResult.Empty<Integer> _ -> {}
    }
  }

  private void drained(int c) {
    if (leave(c)) {
      reusable = select();
    }
  }

  private void receiveUpTo(int c) throws InterruptedException {
    List<Integer> batch = new ArrayList<>();
    int count = channel(c).receiveUpTo(1 + dice.below(100), batch);
    if (count != batch.size()) {
      throw new AssertionError(count + " received, " + batch.size() + " given");
    }
    if (count == 0) {
      drained(c);
    }
    batch.forEach(value -> book.received(c, value));
  }

  /** A collection that refuses a value: it has then been received; what follows stays. */
  private void refuse(int c) throws InterruptedException {
    if (!run.plan().refusing()) {
      return;
    }
    int accepted = dice.below(4);
    List<Integer> batch = new ArrayList<>();
    try {
      int count =
          channel(c)
              .receiveUpTo(
                  1 + dice.below(100),
                  new AbstractCollection<Integer>() {
                    @Override
                    public boolean add(Integer value) {
                      batch.add(value);
                      if (batch.size() > accepted) {
                        throw new Enough();
                      }
                      return true;
                    }

                    @Override
                    public Iterator<Integer> iterator() {
                      return Collections.emptyIterator();
                    }

                    @Override
                    public int size() {
                      return 0;
                    }
                  });
      if (count == 0) {
        drained(c);
      }
    } catch (Enough expected) {
      // The refused value is the batch's last.
    }
    batch.forEach(value -> book.received(c, value));
  }

  private void iterate(int c) {
    int left = 1 + dice.below(4);
    for (int value : channel(c)) {
      book.received(c, value);
      if (--left == 0) {
        return;
      }
    }
    drained(c);
  }

  private void receiveEach(int c) throws InterruptedException {
    int[] left = {1 + dice.below(4)};
    try {
      channel(c)
          .receiveEach(value -> {
            book.received(c, value);
            if (--left[0] == 0) {
              throw new Enough();
            }
          });
      drained(c);
    } catch (Enough enough) {
      // as planned
    }
  }

  private void selectWithHandlers() throws InterruptedException {
    List<Case<Void>> oneShot = new ArrayList<>();
    for (int c : someOpen()) {
      oneShot.add(channel(c).onReceive(value -> book.received(c, value), () -> drained(c)));
    }
    if (dice.oneIn(3)) {
      oneShot.add(otherwise(() -> {}));
    }
    Select.<@Nullable Void>select(SendingWork.array(oneShot));
  }

  private void selectWithMappings(int c) throws InterruptedException {
    Integer value =
        Select.select(
            channel(c).onReceive().map(v -> v, () -> -1),
            context().onDone().map(done -> -2, () -> -2),
            afterGet(dice.tinyTime(), () -> -3));
    if (value == -1) {
      drained(c);
    } else if (value >= 0) {
      book.received(c, value);
    }
  }

  private void received(@Nullable Case<?> winner) {
    int index = cases.indexOf(winner);
    if (index < 0) { // none, or one for when none is ready
      return;
    }
    int c = channelOfCase.get(index);
    if (cases.get(index).closed()) {
      drained(c);
    } else {
      book.received(c, cases.get(index).value());
    }
  }

  /** A channel has failed and is drained, but a select does not say which. */
  @Override
  void leaveEnded() {
    for (int c : List.copyOf(open)) {
      if (run.plan().end() != Plan.End.FAILED_MIDWAY) {
        throw new AssertionError("nobody failed this channel");
      }
      try {
        received(c, channel(c).tryReceive());
      } catch (ChannelFailedException e) {
        drained(c);
      }
    }
  }
}
