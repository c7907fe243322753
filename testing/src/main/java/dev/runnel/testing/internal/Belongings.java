package dev.runnel.testing.internal;

import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.select.Selection;
import java.util.function.Predicate;

/** What belongs to a bubble, its goroutines and what was made in it, and which waits it decides. */
final class Belongings {
  private final Predicate<Routine> goroutines;
  private final Possessions made = new Possessions();

  /**
   * Nothing made yet.
   *
   * @param goroutines which goroutines are the bubble's
   */
  Belongings(Predicate<Routine> goroutines) {
    this.goroutines = goroutines;
  }

  void add(Object newlyMade) {
    if (!(newlyMade instanceof Routine)) {
      made.add(newlyMade);
    }
  }

  /** Whether only somebody in the bubble can end a wait. The same for one wait, always. */
  boolean decide(Waiter waiter) {
    return switch (waiter.reason()) {
      case SLEEP, SETTLE, SELECT_NO_CASES, CHAN_RECEIVE_NIL, CHAN_SEND_NIL -> true;
      case SELECT -> !(waiter.blocker() instanceof Selection select) || select.allMatch(this::own);
      default -> own(waiter.blocker());
    };
  }

  /** Whether an operation on something, or a select over several, concerns one of them. */
  boolean areConcerned(Object target) {
    return target instanceof Selection select
        ? !select.allMatch(thing -> !own(thing))
        : made.contains(target);
  }

  private boolean own(Object thing) {
    return thing instanceof Routine routine ? goroutines.test(routine) : made.contains(thing);
  }
}
