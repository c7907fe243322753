package dev.runnel.internal.goroutine;

import dev.runnel.internal.park.Waiter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goroutines each of which waits for a lock that the next one holds, and the last for one of the
 * first. Who waits for a lock waits for one holder, so one look follows each goroutine's path until
 * it ends or comes back to itself.
 *
 * <p>Waits have numbers: a cycle whose goroutines are in the same waits at a second look has been
 * there all the time between.
 *
 * @param waits the goroutines in order, each with the number of its wait
 */
public record LockCycle(Map<Routine, Integer> waits) {

  /**
   * Finds all cycles there are now.
   *
   * @param routines whom to look at; others are found through them
   * @return the cycles
   */
  public static List<LockCycle> among(Collection<Routine> routines) {
    List<LockCycle> found = new ArrayList<>();
    Map<Routine, Routine> seen = new HashMap<>(); // with whom the path began on which it was seen
    for (Routine start : routines) {
      Routine at = start;
      while (at != null && seen.putIfAbsent(at, start) == null) {
        at = awaited(at);
      }
      LockCycle cycle = at != null && seen.get(at) == start ? through(at) : null;
      if (cycle != null && cycle.isStill()) {
        found.add(cycle);
      }
    }
    return found;
  }

  /** The cycle that a goroutine is in; null if it is in none any more. */
  private static @Nullable LockCycle through(Routine first) {
    Map<Routine, Integer> waits = new LinkedHashMap<>();
    Routine at = first;
    do {
      int wait = at.currentWait();
      if (wait == Routine.AWAKE || waits.putIfAbsent(at, wait) != null) {
        return null; // it has changed under our eyes
      }
      at = awaited(at);
    } while (at != null && at != first);
    return at == null ? null : new LockCycle(waits);
  }

  /** Who holds the lock that a goroutine waits for; null if it waits for none. */
  private static @Nullable Routine awaited(Routine routine) {
    Waiter wait = routine.waiting();
    return wait != null && wait.open() && wait.heldBy() instanceof Routine holder ? holder : null;
  }

  /**
   * Whether all are still in the same waits.
   *
   * @return true if so
   */
  public boolean isStill() {
    return waits.entrySet().stream().allMatch(w -> w.getKey().currentWait() == w.getValue());
  }

  /**
   * Tells it from all others there have been, and keeps nothing in memory.
   *
   * @return the numbers of the goroutines and of their waits, in an order of their own
   */
  public List<String> key() {
    return waits.entrySet().stream()
        .map(w -> w.getKey().id() + ":" + w.getValue())
        .sorted()
        .toList();
  }
}
