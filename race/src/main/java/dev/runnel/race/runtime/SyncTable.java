package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The synchronisation variables of an object that has very many: a large array, mostly that of a
 * map. It grows with those that are in use, up to {@link #MOST}; beyond that many share one, so
 * races may be missed, but one object costs no more than that.
 *
 * <p>A look-up takes no lock. It misses only what was added after it began: each variable is put
 * into the current array before whoever adds it goes on, and arrays that have been left behind are
 * full copies of what was known then. Who must find a variable has seen an operation that came
 * after its adding, so it sees the array that has it.
 */
final class SyncTable extends SpinLock {
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Sync[].class);

  /** So many have one each. */
  private static final int MOST = 1 << 16;

  private static final int SHARED_BITS = 9;

  /** The first few, of before there was a table. */
  final @Nullable Sync listed;

  /** Open addressing, at most half full; nothing is ever taken out. */
  private volatile @Nullable Sync[] places = new Sync[64];

  private int count;

  SyncTable(@Nullable Sync listed) {
    this.listed = listed;
  }

  @Nullable Sync find(long key) {
    @Nullable Sync[] all = places;
    Sync own = find(all, key);
    return own != null || all.length < 2 * MOST ? own : find(all, shared(key));
  }

  /** The variable, made if needed. */
  Sync sync(long key) {
    Sync found = find(key);
    if (found != null) {
      return found;
    }
    lock();
    try {
      found = find(key);
      return found != null ? found : add(count < MOST ? key : shared(key));
    } finally {
      unlock();
    }
  }

  private Sync add(long key) {
    @Nullable Sync[] all = places;
    if (2 * (count + 1) > all.length && all.length < 2 * MOST) {
      @Nullable Sync[] more = new Sync[all.length * 2];
      for (Sync s : all) {
        if (s != null) {
          more[free(more, s.key)] = s;
        }
      }
      places = all = more;
    }
    Sync added = new Sync(key, null);
    PLACE.setRelease(all, free(all, key), added);
    count++;
    return added;
  }

  private static @Nullable Sync find(@Nullable Sync[] in, long key) {
    int i = hash(key) & (in.length - 1);
    Sync s;
    while ((s = (Sync) PLACE.getAcquire(in, i)) != null && s.key != key) {
      i = (i + 1) & (in.length - 1);
    }
    return s;
  }

  private static int free(@Nullable Sync[] in, long key) {
    int i = hash(key) & (in.length - 1);
    while (in[i] != null) {
      i = (i + 1) & (in.length - 1);
    }
    return i;
  }

  private static long shared(long key) {
    return Long.MIN_VALUE + (hash(key) >>> (Integer.SIZE - SHARED_BITS));
  }

  private static int hash(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32);
  }
}
