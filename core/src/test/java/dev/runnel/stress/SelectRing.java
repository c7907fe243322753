package dev.runnel.stress;

import dev.runnel.CancelContext;
import dev.runnel.Case;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.SendCase;
import dev.runnel.testkit.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Channels in a ring, and workers who all select a receive from one and a send to the next, until a
 * context ends. They are interrupted meanwhile.
 */
final class SelectRing {
  private final List<Chan<Integer>> channels = new ArrayList<>();
  private final List<Book> books = new ArrayList<>();
  private final CancelContext over = Context.background().withCancel();
  private final AtomicInteger running;
  private final Turns turns;
  private final Tormentor tormentor;

  private SelectRing(int size, int workers, Dice dice) {
    for (int c = 0; c < size; c++) {
      channels.add(Chan.buffered(c % 3 == 2 ? 1 : 0));
    }
    for (int i = 0; i < workers; i++) {
      books.add(new Book(i, workers, size, true));
    }
    running = new AtomicInteger(workers);
    turns = Turns.of(60_000 / workers);
    tormentor = new Tormentor(dice.ofWorker(-1), workers);
  }

  /** Runs it. Gives how many values went through. */
  static int run(int size, int workers) throws InterruptedException {
    Dice dice = Dice.ofTest();
    try {
      return new SelectRing(size, workers, dice).run(dice);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nin a ring of " + size + ", " + dice, e);
    }
  }

  private int run(Dice dice) throws InterruptedException {
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < books.size(); i++) {
      int me = i;
      Dice its = dice.ofWorker(i);
      Actor.Kind kind = i % 2 == 0 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
      actors.add(
          kind.start(() -> {
            try {
              work(me, its);
            } finally {
              over.cancel(); // when all have had their turns, or one has failed
            }
          }));
    }
    tormentor.torment(actors);
    for (Actor actor : actors) {
      actor.join();
    }
    tormentor.stop();
    int left = WhiteBox.waitersOf(over.done());
    for (int c = 0; c < channels.size(); c++) {
      left += WhiteBox.waitersOf(channels.get(c));
      if (channels.get(c).tryReceive() instanceof ReceiveResult.Value<Integer>(Integer value)) {
        books.getFirst().received(c, value);
      }
    }
    if (left != 0) {
      throw new AssertionError(left + " waiters left");
    }
    return Audit.check(books);
  }

  private void work(int me, Dice dice) {
    int from = me % channels.size();
    int to = (me + 1) % channels.size();
    ReceiveCase<Integer> in = channels.get(from).onReceive();
    SendCase<Integer> out = channels.get(to).onSend(-1);
    ReceiveCase<Void> quit = over.onDone();
    Case<?>[] cases = dice.oneIn(2) ? new Case<?>[] {in, out, quit} : new Case<?>[] {quit, out, in};
    Select select = dice.oneIn(2) ? Select.of(cases) : Select.inOrder(cases);
    boolean counted = false;
    for (int turn = 0; ; turn++) {
      if (!counted && !turns.allow(turn)) {
        counted = true; // and goes on: the others may need it as their partner
        if (running.decrementAndGet() == 0) {
          over.cancel();
        }
      }
      int value = books.get(me).fresh();
      try {
        if (dice.oneIn(4)) {
          Boolean goesOn =
              Select.select(
                  channels.get(from).onReceive().map(v -> received(me, from, v)),
                  channels.get(to).onSend(value).map(() -> sent(me, value)),
                  over.onDone().map(_ -> false));
          if (!goesOn) {
            break;
          }
        } else {
          out.value(value);
          Case<?> won = select.await();
          if (won == in) {
            received(me, from, in.value());
          } else if (won == out) {
            sent(me, value);
          } else {
            break;
          }
        }
      } catch (InterruptedException e) {
        tormentor.interrupts().seen(me);
      }
    }
    tormentor.interrupts().over(me);
  }

  private boolean received(int me, int channel, int value) {
    if (Book.senderOf(value) == me) {
      throw new AssertionError("a select has matched itself: " + Book.name(value));
    }
    books.get(me).received(channel, value);
    return true;
  }

  private boolean sent(int me, int value) {
    books.get(me).sent(value);
    return true;
  }
}
