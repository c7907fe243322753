package dev.runnel.testing.internal;

import org.jspecify.annotations.Nullable;

/** Says with which seed each schedule of an exploration runs. */
public sealed interface Plan {

  /**
   * The seed of a schedule.
   *
   * @param index which, from 0
   * @param random a random number of its own
   * @param steps about how many steps a schedule has
   * @param last who made the choices of the one before; null for the first
   * @return the seed; null if there is no schedule left
   */
  @Nullable String seed(int index, long random, int steps, @Nullable Chooser last);

  /** Random walks. */
  record Walk() implements Plan {
    @Override
    public String seed(int index, long random, int steps, @Nullable Chooser last) {
      return Seeds.walk(random);
    }
  }

  /**
   * Random priorities.
   *
   * @param depth how many orderings are sought
   */
  record OfPct(int depth) implements Plan {
    @Override
    public String seed(int index, long random, int steps, @Nullable Chooser last) {
      return Seeds.pct(depth, steps, random);
    }
  }

  /** Random walks and random priorities in turn. */
  record Mixed() implements Plan {
    private static final int DEPTH = 3;

    @Override
    public String seed(int index, long random, int steps, @Nullable Chooser last) {
      return index % 2 == 0 ? Seeds.walk(random) : Seeds.pct(DEPTH, steps, random);
    }
  }

  /**
   * All paths with a bounded number of preemptions.
   *
   * @param preemptions the bound
   */
  record Exhaustive(int preemptions) implements Plan {
    @Override
    public @Nullable String seed(int index, long random, int steps, @Nullable Chooser last) {
      int[] beginning = last instanceof Path path ? path.following() : new int[0];
      return beginning == null ? null : Seeds.path(preemptions, beginning);
    }
  }
}
