package dev.runnel.stress;

import static dev.runnel.Select.after;
import static dev.runnel.Select.otherwise;

import dev.runnel.Case;
import dev.runnel.ChannelClosedException;
import dev.runnel.Overflow;
import dev.runnel.Select;
import dev.runnel.SendCase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends, in every way there is. */
final class SendingWork extends Work {
  private final List<SendCase<Integer>> cases = new ArrayList<>();
  private final Integer[] next;
  private final Select reusable;

  SendingWork(ChannelRun run, int me, Dice dice, Book book) {
    super(run, me, dice, book);
    next = new Integer[open.size()];
    for (int c : open) {
      cases.add(channel(c).onSend(-1));
    }
    List<Case<?>> all = new ArrayList<>(cases);
    if (dice.oneIn(3)) {
      all.add(dice.oneIn(2) ? otherwise(() -> {}) : after(dice.tinyTime(), () -> {}));
    }
    Case<?>[] array = all.toArray(Case<?>[]::new);
    reusable = dice.oneIn(2) ? Select.of(array) : Select.inOrder(array);
  }

  @Override
  boolean goesOn(int turn) {
    return run.allows(turn);
  }

  @Override
  void turn() throws InterruptedException {
    run.turn();
    int c = anyOpen();
    int value = book.fresh();
    switch (dice.below(10)) {
      case 0 -> {
        channel(c).send(value);
        book.sent(value);
      }
      case 1 -> {
        channel(c).send(value, context());
        book.sent(value);
      }
      case 2 -> {
        if (channel(c).send(value, dice.tinyTime())) {
          book.sent(value);
        }
      }
      case 3 -> {
        if (channel(c).trySend(value) || run.plan().overflow() == Overflow.DROP_LATEST) {
          book.sent(value); // or dropped, and counted there
        }
      }
      case 4 -> sendAll(c);
      case 5 -> Select.<@Nullable Void>select(oneShot());
      case 6 -> selectWithContext();
      default -> selectAgain();
    }
  }

  private void sendAll(int c) throws InterruptedException {
    List<Integer> batch = new ArrayList<>();
    for (int i = dice.below(5); i >= 0; i--) {
      batch.add(book.fresh());
    }
    try {
      sent(batch, channel(c).sendAll(batch));
    } catch (ChannelClosedException e) {
      sent(batch, e.sent());
      throw e;
    }
  }

  private void sent(List<Integer> batch, int count) {
    batch.subList(0, count).forEach(book::sent);
  }

  private Case<Void>[] oneShot() {
    List<Case<Void>> oneShot = new ArrayList<>();
    for (int c : someOpen()) {
      int value = book.fresh();
      oneShot.add(channel(c).onSend(value, () -> book.sent(value)));
    }
    if (dice.oneIn(3)) {
      oneShot.add(dice.oneIn(2) ? otherwise(() -> {}) : after(dice.tinyTime(), () -> {}));
    }
    return array(oneShot);
  }

  @SuppressWarnings("unchecked") // as good as generic arrays get
  static <R> Case<R>[] array(List<Case<R>> cases) {
    return cases.toArray(Case[]::new);
  }

  private void selectWithContext() throws InterruptedException {
    int value = book.fresh();
    Integer sent =
        Select.select(
            channel(anyOpen()).onSend(value).map(() -> value),
            context().onDone().map(done -> -1, () -> -1));
    if (sent == value) {
      book.sent(sent);
    }
  }

  /** One turn of the reusable select, with a new value for each case, so that none comes late. */
  private void selectAgain() throws InterruptedException {
    for (int c = 0; c < next.length; c++) {
      next[c] = book.fresh();
      cases.get(c).value(next[c]);
    }
    Case<?> winner =
        switch (dice.below(3)) {
          case 0 -> reusable.await();
          case 1 -> reusable.await(dice.tinyTime());
          default -> reusable.poll();
        };
    if (winner instanceof SendCase) {
      book.sent(next[cases.indexOf(winner)]);
    }
  }

  @Override
  void leaveEnded() {
    open.removeIf(run::hasEnded);
  }
}
