package dev.runnel.observe;

import dev.runnel.internal.goroutine.LockCycle;
import dev.runnel.internal.goroutine.Registry;
import java.util.ArrayList;
import java.util.List;

/**
 * Goroutines that wait for one another's locks, for ever: each for a {@link dev.runnel.sync.Mutex}
 * or {@link dev.runnel.sync.RWMutex} that the next one holds, and the last for one that the first
 * holds. One that locks twice what is not reentrant waits for itself.
 *
 * @param goroutines what they do, in that order
 */
public record LockDeadlock(List<GoroutineSnapshot> goroutines) {

  static LockDeadlock of(LockCycle cycle) {
    return new LockDeadlock(cycle.waits().keySet().stream().map(GoroutineSnapshot::of).toList());
  }

  /**
   * Finds all such goroutines there are now. Known are the locks that were taken while goroutines
   * were {@linkplain Goroutines#track tracked}, by goroutines that were started since; who reads
   * under an {@code RWMutex} is not known. Waits that end by a time limit or a deadline do not
   * count.
   *
   * @return the deadlocks; empty if there are none
   */
  public static List<LockDeadlock> find() {
    List<LockDeadlock> found = new ArrayList<>();
    LockCycle.among(Registry.live()).forEach(cycle -> found.add(of(cycle)));
    return found;
  }

  /**
   * Who waits for whom, and where.
   *
   * @return the text
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (GoroutineSnapshot g : goroutines) {
      text.append("goroutine ").append(g.id()).append(" waits for a lock that goroutine ");
      text.append(g.heldBy()).append(" holds\n");
    }
    for (GoroutineSnapshot g : goroutines) {
      text.append('\n').append(new GoroutineDump(List.of(g)));
    }
    return text.toString();
  }
}
