package dev.runnel.stress;

import dev.runnel.CancelContext;
import dev.runnel.Context;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that interrupts workers and cancels their contexts, at random, as long as they work.
 *
 * <p>Each worker asks it for a context, which it may cancel at any time.
 */
final class Tormentor {
  private final Dice dice;
  private final Interrupts interrupts;
  private final CancelContext root = Context.background().withCancel();
  private final AtomicReferenceArray<@Nullable CancelContext> contexts;
  private volatile boolean over;
  private @Nullable Actor actor;

  Tormentor(Dice dice, int workers) {
    this.dice = dice;
    this.interrupts = new Interrupts(workers);
    this.contexts = new AtomicReferenceArray<>(workers);
  }

  /** Begins to torment workers, who are numbered as they stand in the list. */
  void torment(List<Actor> workers) {
    actor =
        Actor.Kind.PLATFORM.start(() -> {
          while (!over) {
            LockSupport.parkNanos(1 + dice.below(100_000));
            int victim = dice.below(workers.size());
            if (dice.oneIn(2)) {
              interrupts.send(victim, workers.get(victim).thread());
            } else {
              end(contexts.get(victim));
            }
          }
        });
  }

  Interrupts interrupts() {
    return interrupts;
  }

  /** A context for one operation of a worker; the worker closes it by asking for the next. */
  Context contextFor(int worker, Dice its) {
    CancelContext context = contexts.get(worker);
    if (context == null || context.err() != null || its.oneIn(8)) {
      if (context != null) {
        context.close();
      }
      context = its.oneIn(2) ? root.withCancel() : root.withTimeout(its.tinyTime());
      contexts.set(worker, context);
    }
    return context;
  }

  /** Stops; then nobody waits for the contexts any more, and their root has forgotten them. */
  void stop() throws InterruptedException {
    over = true;
    if (actor != null) {
      actor.join();
    }
    for (int i = 0; i < contexts.length(); i++) {
      CancelContext context = contexts.get(i);
      if (context != null && WhiteBox.waitersOf(context.done()) != 0) {
        throw new AssertionError("waiters left at the context of worker " + i);
      }
      end(context);
    }
    // An alarm may be about to take the context that it has just ended out of the list.
    Eventually.that("no link left in the contexts' root", () -> WhiteBox.linksOf(root) == 0);
    root.close();
  }

  private static void end(@Nullable CancelContext context) {
    if (context != null) {
      context.close();
    }
  }
}
