package dev.runnel.race.runtime;

import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * The shadows of objects, found by identity, held weakly.
 *
 * <p>A look-up takes no lock. It may come while a stripe's table grows or loses dead entries, and
 * then overlook one that is there; a miss would lose an edge, so it counts only if the stripe's
 * version was even and the same before and after, and is repeated under the lock otherwise.
 */
final class Shadows {
  private static final int STRIPES = 64;
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
    int hash = spread(System.identityHashCode(object));
    Stripe stripe = stripes[hash & (STRIPES - 1)];
    Shadow found = stripe.find(object, hash);
    return found != null ? found : stripe.add(object, hash);
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

  /** A queue whose own use orders nothing, as it comes about in the midst of everything. */
  static final class OurQueue extends ReferenceQueue<Object> {}

  private static final class Stripe extends SpinLock {
    private final ReferenceQueue<Object> collected = new OurQueue();
    private volatile @Nullable Shadow[] table = new Shadow[16];
    private volatile int version;
    private int size;

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
      // Outside the lock: the queue has a monitor, and its holder may be in one of our hooks.
      removeCollected();
      Shadow added = new Shadow(object, hash, collected);
      lock();
      try {
        Shadow other = look(object, hash);
        if (other != null) {
          return other;
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
      }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void grow() {
      @Nullable Shadow[] old = table;
      @Nullable Shadow[] t = new Shadow[old.length * 2];
      version++;
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

    private void removeCollected() {
      for (Reference<?> dead; (dead = collected.poll()) != null; ) {
        Shadow shadow = (Shadow) dead;
        remove(shadow);
        ThreadState thread = shadow.thread;
        if (thread != null) {
          thread.end();
        }
      }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void remove(Shadow dead) {
      lock();
      @Nullable Shadow[] t = table;
      int bucket = (dead.hash >>> 6) & (t.length - 1);
      Shadow before = null;
      Shadow s = t[bucket];
      while (s != null && s != dead) {
        before = s;
        s = s.next;
      }
      if (s != null) {
        version++;
        if (before == null) {
          t[bucket] = dead.next;
        } else {
          before.next = dead.next;
        }
        size--;
        version++;
      }
      unlock();
    }
  }
}
