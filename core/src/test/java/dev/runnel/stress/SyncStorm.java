package dev.runnel.stress;

import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.testkit.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Workers on threads of both kinds that take something and give it back, in turns, while they are
 * interrupted and their contexts end, at any moment.
 */
final class SyncStorm {
  private static final int WORKERS = 8;

  private final AtomicLong had = new AtomicLong();
  private final AtomicLong gaveUp = new AtomicLong();

  /** One turn of a worker. */
  interface Turn {
    /**
     * Takes something and gives it back.
     *
     * @return whether it was had; false if it was not, though nothing was thrown
     */
    boolean take(Dice dice, Context ctx) throws InterruptedException;
  }

  /** How often something was had. */
  long had() {
    return had.get();
  }

  /** How often somebody was told to stop, and did without. */
  long gaveUp() {
    return gaveUp.get();
  }

  /** Lets it rage, until every worker has had its turns. */
  static SyncStorm of(int ordinaryTurns, Turn turn) throws InterruptedException {
    Dice dice = Dice.ofTest();
    SyncStorm storm = new SyncStorm();
    try {
      storm.rage(dice, Turns.of(ordinaryTurns), turn);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nwith " + dice, e);
    }
    return storm;
  }

  private void rage(Dice dice, Turns turns, Turn turn) throws InterruptedException {
    Tormentor tormentor = new Tormentor(dice.ofWorker(WORKERS), WORKERS);
    List<Actor> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      int me = i;
      Dice its = dice.ofWorker(me);
      Actor.Kind kind = me % 2 == 0 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
      workers.add(kind.start(() -> work(me, its, tormentor, turns, turn)));
    }
    tormentor.torment(workers);
    for (Actor worker : workers) {
      worker.join();
    }
    tormentor.stop();
  }

  private void work(int me, Dice its, Tormentor tormentor, Turns turns, Turn turn) {
    for (int i = 0; turns.allow(i); i++) {
      try {
        if (turn.take(its, tormentor.contextFor(me, its))) {
          had.incrementAndGet();
        }
      } catch (InterruptedException interrupt) {
        tormentor.interrupts().seen(me); // once for each that was sent
        gaveUp.incrementAndGet();
      } catch (ContextException canceled) {
        gaveUp.incrementAndGet();
      }
    }
    tormentor.interrupts().over(me); // none is left, none was lost
  }
}
