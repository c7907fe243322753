package dev.runnel.stress;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.InterruptedIterationException;
import dev.runnel.Task;
import java.util.ArrayList;
import java.util.List;

/** What a worker of a {@link ChannelRun} does: turns, each one operation chosen at random. */
abstract class Work implements Task {
  final ChannelRun run;
  final Dice dice;
  final Book book;

  /** The channels that are not known to have ended. */
  final List<Integer> open = new ArrayList<>();

  private final int me;

  Work(ChannelRun run, int me, Dice dice, Book book) {
    this.run = run;
    this.me = me;
    this.dice = dice;
    this.book = book;
    for (int c = 0; c < run.plan().channels(); c++) {
      open.add(c);
    }
  }

  @Override
  public final void run() {
    for (int turn = 0; !open.isEmpty() && goesOn(turn) && !run.hasFailed(); turn++) {
      try {
        turn();
      } catch (InterruptedException interrupt) {
        run.interrupts().seen(me); // and the operation has done nothing
      } catch (InterruptedIterationException interrupt) {
        if (!Thread.interrupted()) {
          throw new AssertionError("the interrupt flag was not set again", interrupt);
        }
        run.interrupts().seen(me);
      } catch (ContextException canceled) {
        if (!run.plan().tormented()) {
          throw new AssertionError("nobody canceled this", canceled);
        }
      } catch (ChannelClosedException | ChannelFailedException end) {
        leaveEnded();
      }
    }
    run.interrupts().over(me);
  }

  abstract boolean goesOn(int turn);

  abstract void turn() throws InterruptedException;

  /** Finds out which channels have ended. */
  abstract void leaveEnded();

  final Chan<Integer> channel(int c) {
    return run.channel(c);
  }

  final int anyOpen() {
    return open.get(dice.below(open.size()));
  }

  /** One to three channels for a select, some perhaps more than once. */
  final int[] someOpen() {
    int[] some = new int[1 + dice.below(3)];
    for (int i = 0; i < some.length; i++) {
      some[i] = anyOpen();
    }
    return some;
  }

  /** The channel has ended; false if that was known. */
  final boolean leave(int c) {
    return open.removeIf(o -> o == c);
  }

  final Context context() {
    return run.contextFor(me, dice);
  }
}
