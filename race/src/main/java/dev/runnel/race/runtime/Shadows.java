package dev.runnel.race.runtime;

import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shadows of objects, found by identity, held weakly.
 *
 * <p>A look-up takes no lock. It may come while a stripe's table grows or loses dead entries, and
 * then overlook one that is there; a miss would lose an edge, so it counts only if the stripe's
 * version was even and the same before and after, and is repeated under the lock otherwise.
 *
 * <p>Most programs use the same objects again and again, so each thread has the shadows that it has
 * found in a small table of its own, which is looked in first.
 *
 * <p>Most objects are new, used by one thread, and soon dead. To remember those for as long as they
 * live would be to keep them alive: a reference that the collector moves to the old generation in
 * the very collection in which its object would die counts as a strong one, and so it comes about
 * when there are many. So only the last few thousand are remembered, and of the older ones those
 * that several threads have used, or that have edges. A race is missed if a thread uses an array or
 * a collection once, and another one much later; none is invented.
 *
 * <p>The entries of dead objects are looked for after each collection, once, in some buckets
 * whenever one is added. A queue of references would tell, but costs the collector's thread a lock
 * for each, and there may be millions in a second.
 */
final class Shadows {
  private static final int STRIPES = 64;

  /** In so many buckets dead entries are looked for when one is added. */
  private static final int SWEPT = 64;

  /** So many of the last objects each stripe remembers for sure; 0 for all. */
  private static volatile int history = Options.HISTORY / STRIPES;

  /** Gone after a collection. */
  private static volatile WeakReference<Object> canary = new WeakReference<>(new Object());

  /**
   * A canary that has become old sees few collections: after so many questions there is another.
   */
  private static final int CANARY = 1 << 12;

  private static int asked;

  /** How many collections were noticed; of two at once one may not be counted. */
  private static volatile int collections;

  private static final Stripe[] stripes = new Stripe[STRIPES];

  static {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  private Shadows() {}

  /** The shadow of an object; null if it has none. */
  static @Nullable Shadow find(Object object) {
    int hash = spread(System.identityHashCode(object));
    return stripes[hash & (STRIPES - 1)].find(object, hash);
  }

  /** The shadow of an object, made if needed. */
  static Shadow of(Object object) {
    return of(object, spread(System.identityHashCode(object)), false);
  }

  private static Shadow of(Object object, int hash, boolean passing) {
    Stripe stripe = stripes[hash & (STRIPES - 1)];
    Shadow found = stripe.find(object, hash);
    return found != null ? found : stripe.add(object, hash, passing);
  }

  /** Likewise, for a thread: where it has found it before. */
  static @Nullable Shadow find(ThreadState t, Object object) {
    int hash = spread(System.identityHashCode(object));
    @Nullable Shadow[] near = t.near;
    Shadow known = near[hash & (near.length - 1)];
    if (known != null && known.refersTo(object)) {
      return known;
    }
    Shadow found = stripes[hash & (STRIPES - 1)].find(object, hash);
    if (found != null) {
      t.keepNear(found);
    }
    return found;
  }

  /** Likewise; made if needed. */
  static Shadow of(ThreadState t, Object object) {
    return of(t, object, false);
  }

  /** Likewise, for what it holds, and to be forgotten when there have been many more. */
  static Shadow ofPassing(ThreadState t, Object object) {
    return of(t, object, true);
  }

  private static Shadow of(ThreadState t, Object object, boolean passing) {
    int hash = spread(System.identityHashCode(object));
    @Nullable Shadow[] near = t.near;
    Shadow known = near[hash & (near.length - 1)];
    if (known != null && known.refersTo(object)) {
      return known;
    }
    Shadow found = of(object, hash, passing);
    t.keepNear(found);
    return found;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // a count that need not be right
  private static int collections() {
    boolean gone = canary.refersTo(null);
    if (gone) {
      collections++;
    }
    if (gone || (++asked & (CANARY - 1)) == 0) {
      canary = new WeakReference<>(new Object());
    }
    return collections;
  }

  /**
   * Says how many of the last arrays and collections are remembered for sure.
   *
   * @param objects how many, about; 0 for all
   */
  static void remember(int objects) {
    history = (objects + STRIPES - 1) / STRIPES;
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ (h >>> 15);
  }

  /** How many shadows there are, dead ones among them. */
  static int count() {
    int sum = 0;
    for (Stripe stripe : stripes) {
      sum += stripe.size;
    }
    return sum;
  }

  private static final class Stripe extends SpinLock {
    private volatile @Nullable Shadow[] table = new Shadow[16];
    private volatile int version;
    private int size;

    /** The bucket that is looked into next for dead entries, and how many are to be. */
    private int hand;

    private int toSweep;

    /** How many collections there had been when it was last swept. */
    private int swept;

    /** The last ones that were added, and where the oldest is. */
    private @Nullable Shadow[] last = {};

    private int oldest;

    @Nullable Shadow find(Object object, int hash) {
      int before = version;
      Shadow found = look(object, hash);
      VarHandle.acquireFence(); // what was looked at was looked at before the version is again
      if (found != null || ((before & 1) == 0 && version == before)) {
        return found;
      }
      lock();
      try {
        return look(object, hash);
      } finally {
        unlock();
      }
    }

    private @Nullable Shadow look(Object object, int hash) {
      @Nullable Shadow[] t = table;
      Shadow s = t[(hash >>> 6) & (t.length - 1)];
      while (s != null && (s.hash != hash || !s.refersTo(object))) {
        s = s.next;
      }
      return s;
    }

    Shadow add(Object object, int hash, boolean passing) {
      Shadow added = Shadow.of(object, hash);
      List<ThreadState> ended = List.of();
      lock();
      try {
        Shadow other = look(object, hash);
        if (other != null) {
          return other;
        }
        int now = collections();
        if (now != swept) {
          swept = now;
          toSweep = table.length;
        }
        if (size >= table.length) { // perhaps a collection was not noticed
          ended = sweep(table.length);
          if (size >= table.length / 2) {
            grow();
          }
        } else if (toSweep > 0) {
          ended = sweep(Math.min(SWEPT, toSweep));
        }
        @Nullable Shadow[] t = table;
        int bucket = (hash >>> 6) & (t.length - 1);
        added.next = t[bucket];
        t[bucket] = added;
        table = t; // publishes what was written
        size++;
        if (passing) {
          remember(added);
        }
        return added;
      } finally {
        unlock();
        for (ThreadState thread : ended) {
          thread.end(); // gives its slot back, under another lock
        }
      }
    }

    /** Puts a new one in the place of the oldest of the last ones, which goes if it may. */
    private void remember(Shadow added) {
      if (last.length != history) {
        last = new Shadow[history];
        oldest = 0;
      }
      if (last.length == 0) {
        return;
      }
      Shadow old = last[oldest];
      last[oldest] = added;
      oldest = oldest + 1 == last.length ? 0 : oldest + 1;
      if (old != null && ((old.refersTo(null) && old.thread() == null) || old.forget())) {
        takeOut(old);
      }
    }

    /** Takes one out, if it is in. */
    private void takeOut(Shadow gone) {
      @Nullable Shadow[] t = table;
      int bucket = (gone.hash >>> 6) & (t.length - 1);
      Shadow before = null;
      for (Shadow s = t[bucket]; s != null; s = s.next) {
        if (s == gone) {
          takeOut(bucket, before, gone);
          return;
        }
        before = s;
      }
    }

    private void takeOut(int bucket, @Nullable Shadow before, Shadow gone) {
      beginChange();
      if (before == null) {
        table[bucket] = gone.next;
      } else {
        before.next = gone.next;
      }
      size--;
      endChange();
    }

    /**
     * Takes dead entries out of some buckets.
     *
     * @return the threads among them; nobody can be looking for one of those
     */
    private List<ThreadState> sweep(int buckets) {
      @Nullable Shadow[] t = table;
      List<ThreadState> threads = List.of();
      toSweep -= buckets;
      for (int i = 0; i < buckets; i++) {
        int bucket = hand++ & (t.length - 1);
        Shadow before = null;
        Shadow s = t[bucket];
        while (s != null) {
          Shadow next = s.next;
          if (!s.refersTo(null)) {
            before = s;
          } else {
            takeOut(bucket, before, s);
            ThreadState thread = s.thread();
            if (thread != null) {
              threads = threads.isEmpty() ? new ArrayList<>() : threads;
              threads.add(thread);
            }
          }
          s = next;
        }
      }
      return threads;
    }

    private void grow() {
      @Nullable Shadow[] old = table;
      @Nullable Shadow[] t = new Shadow[old.length * 2];
      beginChange();
      for (Shadow s : old) {
        while (s != null) {
          Shadow next = s.next;
          int bucket = (s.hash >>> 6) & (t.length - 1);
          s.next = t[bucket];
          t[bucket] = s;
          s = next;
        }
      }
      table = t;
      endChange();
    }

    // A handle may be linked when it is first used, by methods that have hooks, and those come
    // here.

    /** Nothing of what follows is seen with the version of before. Under the lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void beginChange() {
      version++;
      VarHandle.storeStoreFence();
    }

    /** All of what went before is seen with the version of after. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void endChange() {
      version++;
    }
  }
}
