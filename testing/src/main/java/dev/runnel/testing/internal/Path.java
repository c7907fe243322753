package dev.runnel.testing.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One path through the tree of all choices. It follows a given beginning and then takes the first
 * branch each time: that in which the one that runs goes on. Who is taken off though it could go on
 * is counted, and there is a bound on that: most defects need few such moments.
 */
public final class Path implements Chooser {
  private final int[] beginning;
  private final int mostPreemptions;
  private final List<Integer> taken = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private int preemptions;

  /**
   * Creates a path.
   *
   * @param beginning the first branches to take
   * @param mostPreemptions how often at most one that could go on is taken off
   */
  public Path(int[] beginning, int mostPreemptions) {
    this.beginning = beginning.clone();
    this.mostPreemptions = mostPreemptions;
  }

  @Override
  public int next(int[] ready, int current) {
    if (current < 0) {
      return choose(ready.length);
    }
    if (preemptions == mostPreemptions) {
      return current;
    }
    int branch = choose(ready.length);
    if (branch == 0) {
      return current;
    }
    preemptions++;
    return branch <= current ? branch - 1 : branch;
  }

  @Override
  public int choose(int bound) {
    if (bound == 1) {
      return 0;
    }
    int at = taken.size();
    int branch = at < beginning.length ? Math.min(beginning[at], bound - 1) : 0;
    taken.add(branch);
    widths.add(bound);
    return branch;
  }

  /**
   * The branches it took.
   *
   * @return a copy
   */
  public int[] taken() {
    return taken.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The beginning of the next path, in depth-first order.
   *
   * @return it; null if this was the last
   */
  public int @Nullable [] following() {
    int last = taken.size() - 1;
    while (last >= 0 && taken.get(last) + 1 == widths.get(last)) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    int[] next = new int[last + 1];
    for (int i = 0; i < last; i++) {
      next[i] = taken.get(i);
    }
    next[last] = taken.get(last) + 1;
    return next;
  }
}
