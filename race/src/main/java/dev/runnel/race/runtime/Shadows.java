package dev.runnel.race.runtime;

import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
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
 * <p>The entries of dead objects are looked for after each collection, once, in some buckets
 * whenever one is added. A queue of references would tell, but costs the collector's thread a lock
 * for each, and there may be millions in a second.
 */
final class Shadows {
  private static final int STRIPES = 64;

  /** In so many buckets dead entries are looked for when one is added. */
  private static final int SWEPT = 64;

  /** Gone after a collection. */
  private static volatile WeakReference<Object> canary = new WeakReference<>(new Object());

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
    return of(object, spread(System.identityHashCode(object)));
  }

  private static Shadow of(Object object, int hash) {
    Stripe stripe = stripes[hash & (STRIPES - 1)];
    Shadow found = stripe.find(object, hash);
    return found != null ? found : stripe.add(object, hash);
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
    int hash = spread(System.identityHashCode(object));
    @Nullable Shadow[] near = t.near;
    Shadow known = near[hash & (near.length - 1)];
    if (known != null && known.refersTo(object)) {
      return known;
    }
    Shadow found = of(object, hash);
    t.keepNear(found);
    return found;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // a count that need not be right
  private static int collections() {
    if (canary.refersTo(null)) {
      canary = new WeakReference<>(new Object());
      collections++;
    }
    return collections;
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

    Shadow add(Object object, int hash) {
      Shadow added = new Shadow(object, hash);
      Shadow dead = null;
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
        if (toSweep > 0) {
          dead = sweep(size >= table.length ? toSweep : Math.min(SWEPT, toSweep));
        }
        if (size >= table.length) {
          grow();
        }
        @Nullable Shadow[] t = table;
        int bucket = (hash >>> 6) & (t.length - 1);
        added.next = t[bucket];
        t[bucket] = added;
        table = t; // publishes what was written
        size++;
        return added;
      } finally {
        unlock();
        end(dead);
      }
    }

    /** Ends the threads among the dead, which gives their slots back under another lock. */
    private static void end(@Nullable Shadow dead) {
      for (Shadow s = dead; s != null; s = s.next) {
        ThreadState thread = s.thread;
        if (thread != null) {
          thread.end();
        }
      }
    }

    /**
     * Takes dead entries out of some buckets. Those of threads are returned, one behind another;
     * nobody can be looking for one of them.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private @Nullable Shadow sweep(int buckets) {
      @Nullable Shadow[] t = table;
      Shadow threads = null;
      toSweep -= buckets;
      for (int i = 0; i < buckets; i++) {
        int bucket = hand++ & (t.length - 1);
        Shadow last = null;
        Shadow s = t[bucket];
        while (s != null) {
          Shadow next = s.next;
          if (!s.refersTo(null)) {
            last = s;
          } else {
            version++;
            VarHandle.fullFence(); // nothing below is seen before that
            if (last == null) {
              t[bucket] = next;
            } else {
              last.next = next;
            }
            size--;
            if (s.thread != null) {
              s.next = threads;
              threads = s;
            }
            version++;
          }
          s = next;
        }
      }
      return threads;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void grow() {
      @Nullable Shadow[] old = table;
      @Nullable Shadow[] t = new Shadow[old.length * 2];
      version++;
      VarHandle.fullFence(); // nothing below is seen before that
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
      version++;
    }
  }
}
