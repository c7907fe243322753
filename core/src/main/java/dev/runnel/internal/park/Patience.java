package dev.runnel.internal.park;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;

/**
 * Finds out, for one channel, which {@link Way} of waiting lets values pass soonest.
 *
 * <p>No rule could say it. Two goroutines that run on two processors pass a value within a fraction
 * of a microsecond if each watches for the other, and take several times as long if each must be
 * woken up. On one processor, watching only keeps the other from running. What parking costs
 * depends on the machine, the kernel and whatever else runs. So the ways are tried, and compared by
 * what counts: the time that passes for each value.
 *
 * <p>The best way so far is used for an <i>episode</i> of some hundred values after the other, and
 * the time of each taken. After a pause another way is used for one episode. If it was clearly
 * quicker, or about as quick and thriftier, it is the best from then on. If not, the next pause is
 * twice as long; where nothing changes, trials cost less than one value in a thousand. When values
 * take twice as long as before, for several episodes, something has changed, and the pauses are
 * short again. An episode is preceded by a short one that does not count, as goroutines need a
 * moment to settle; a way that is quite wrong is given up then.
 *
 * <p>Where values come seldom, as from a network or through a long chain, waiting in another way
 * would gain little for them but take time from others. There goroutines park.
 *
 * <p>Goroutines that watch for each other never let go of their carriers. So that others are not
 * starved, they yield now and then all the same.
 *
 * <p><b>Memory ordering.</b> Who waits asks {@link #way}; the one who finds an episode complete
 * closes it, alone, by the flag {@code closing}, which also hands the plain fields from one to the
 * next. Only {@code way}, {@code began} and {@code settling} are read without it: hints, and a
 * stale one costs some nanoseconds. How many values have passed is a hint too.
 */
public final class Patience {
  /** How many values pass in an episode. */
  static final int EPISODE = 256;

  /** How many pass, after the way has changed, in the moment that does not count. */
  static final int SETTLING = 64;

  /** How many episodes lie between trials that change nothing: the first time, and at most. */
  static final int SHORTEST_PAUSE = 4;

  static final int LONGEST_PAUSE = 2048;

  /** How many nanoseconds a value may take, before it does not matter how one waits for it. */
  static final int SELDOM_NANOS = 16_000;

  /** A thriftier way may take so much longer, and a costlier one must be so much quicker. */
  private static final double ABOUT_AS_QUICK = 1.05;

  private static final double CLEARLY_QUICKER = 0.9;

  /** What is so many times as slow in its first moment is not tried any longer. */
  private static final int QUITE_WRONG = 3;

  /** How many slow episodes in a row are no accident, such as a pause of the collector. */
  private static final int NO_ACCIDENT = 3;

  /** Those who spin yield in two waits of so many: in two, as the two sides may take turns. */
  private static final int YIELD_EVERY = 64;

  private static final double UNKNOWN = 0;
  private static final VarHandle CLOSING;

  static {
    try {
      CLOSING = MethodHandles.lookup().findVarHandle(Patience.class, "closing", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final LongSupplier clock;
  private final Experience experience;
  private Way way = Way.PARK;
  private Way best = Way.PARK;
  private Way tried = Way.YIELD; // then the next to be tried is SPIN, which may gain most
  private boolean settling = true;
  private int began;
  private long since;

  /** Nanoseconds for each value in the best way, smoothed. */
  private double cost = UNKNOWN;

  private int slow;
  private int pause = SHORTEST_PAUSE;
  private int rest;
  private boolean firstTrial = true;
  private volatile boolean closing;

  /**
   * Begins to learn.
   *
   * @param passed how many values have passed the channel
   */
  public Patience(int passed) {
    this(passed, System::nanoTime, Experience.COMMON);
  }

  Patience(int passed, LongSupplier clock, Experience experience) {
    this.clock = clock;
    this.experience = experience;
    rest = experience.pause();
    began = passed;
    since = clock.getAsLong();
  }

  /**
   * How to wait now.
   *
   * @param passed how many values have passed the channel, modulo 2<sup>32</sup>
   */
  public Way way(int passed) {
    if (passed - began >= length() && CLOSING.compareAndSet(this, false, true)) {
      try {
        if (passed - began >= length()) { // nobody else has closed it meanwhile
          close(passed);
        }
      } finally {
        closing = false;
      }
    }
    Way now = way;
    return now == Way.SPIN && Integer.remainderUnsigned(passed, YIELD_EVERY) < 2 ? Way.YIELD : now;
  }

  private int length() {
    return settling ? SETTLING : EPISODE;
  }

  private void close(int passed) {
    long now = clock.getAsLong();
    double took = (double) (now - since) / (passed - began);
    boolean counts = !settling;
    settling = false;
    began = passed;
    since = now;
    if (way == best) {
      if (counts) {
        learn(took);
      }
    } else if (counts) {
      judge(took);
    } else if (took > QUITE_WRONG * cost) {
      giveUp();
    }
  }

  /** Learns how long values take in the best way. */
  private void learn(double took) {
    boolean slower = cost != UNKNOWN && took > 2 * cost;
    slow = slower ? slow + 1 : 0;
    if (slower && slow < NO_ACCIDENT) {
      return;
    }
    if (slower || cost == UNKNOWN) {
      slow = 0;
      cost = took;
      pause = SHORTEST_PAUSE;
      rest = slower ? 0 : rest;
    } else {
      cost += (took - cost) / 4;
    }
    if (cost > SELDOM_NANOS) {
      cost = UNKNOWN;
      rest = SHORTEST_PAUSE;
      best = Way.PARK;
      use(best);
    } else if (--rest < 0) {
      do {
        tried = tried.next();
      } while (tried == best);
      use(tried);
    }
  }

  /** Compares another way with the best. */
  private void judge(double took) {
    boolean thriftier = way.compareTo(best) < 0;
    if (took >= cost * (thriftier ? ABOUT_AS_QUICK : CLEARLY_QUICKER)) {
      giveUp();
      return;
    }
    firstTrialWas(true);
    best = way;
    cost = took;
    pause = SHORTEST_PAUSE;
    rest = pause;
  }

  private void giveUp() {
    firstTrialWas(false);
    use(best);
    rest = pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }

  private void firstTrialWas(boolean worthIt) {
    if (firstTrial) {
      firstTrial = false;
      experience.tried(worthIt);
    }
  }

  private void use(Way next) {
    settling |= next != way;
    way = next;
  }
}
