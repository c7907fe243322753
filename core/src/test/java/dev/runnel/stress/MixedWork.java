package dev.runnel.stress;

import dev.runnel.Case;
import dev.runnel.Select;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Selects with sends and receives at once, often both on the same channel. */
final class MixedWork extends Work {

  MixedWork(ChannelRun run, int me, Dice dice, Book book) {
    super(run, me, dice, book);
  }

  @Override
  boolean goesOn(int turn) {
    return run.allows(turn);
  }

  @Override
  void turn() throws InterruptedException {
    run.turn();
    Set<Integer> offered = new HashSet<>();
    List<Case<Void>> cases = new ArrayList<>();
    for (int c : someOpen()) {
      int value = book.fresh();
      offered.add(value);
      cases.add(channel(c).onSend(value, () -> book.sent(value)));
    }
    for (int c : someOpen()) {
      cases.add(
          channel(c)
              .onReceive(
                  value -> {
                    book.received(c, value);
                    if (offered.contains(value)) {
                      throw new AssertionError("a select has matched itself");
                    }
                  },
                  () -> leave(c)));
    }
    if (dice.oneIn(2)) {
      cases.add(Select.after(dice.tinyTime(), () -> {}));
    }
    if (dice.oneIn(3)) {
      cases.add(context().onDone(() -> {}));
    }
    Collections.shuffle(cases, new java.util.Random(dice.below(Integer.MAX_VALUE)));
    if (dice.oneIn(2)) {
      Select.<@Nullable Void>select(SendingWork.array(cases));
    } else {
      Select select = Select.inOrder(SendingWork.array(cases));
      var _ = dice.oneIn(2) ? select.await() : select.poll();
    }
  }

  @Override
  void leaveEnded() {
    open.removeIf(run::hasEnded);
  }
}
