package dev.runnel.race.runtime;

import org.jspecify.annotations.Nullable;

/** The two halves of every edge, by object and key. Nothing else makes one thread know another. */
final class Edges {
  private Edges() {}

  /** A variable, made if needed. */
  static Sync sync(ThreadState t, Object object, long key) {
    long place = OwnSyncs.place(t, object, key);
    if (place != OwnSyncs.NOWHERE) {
      return OwnSyncs.sync(object, place, key);
    }
    while (true) {
      Sync sync = Shadows.of(t, object).sync(key);
      if (sync != null) {
        return sync;
      }
      Thread.onSpinWait(); // what was known of the object is just being forgotten
    }
  }

  /** Likewise, on a thread that may have no state. */
  static Sync sync(Object object, long key) {
    while (true) {
      Sync sync = Shadows.of(object).sync(key);
      if (sync != null) {
        return sync;
      }
      Thread.onSpinWait();
    }
  }

  static void release(ThreadState t, Object object, long key) {
    t.inside++;
    try {
      t.release(sync(t, object, key));
    } finally {
      t.inside--;
    }
  }

  static void acquire(ThreadState t, Object object, long key) {
    Sync sync = find(t, object, key);
    if (sync != null) {
      t.acquire(sync);
    }
  }

  /** A read that acquires once a fence follows. */
  static void glimpse(ThreadState t, Object object, long key) {
    Sync sync = find(t, object, key);
    if (sync != null) {
      t.glimpse(sync.released());
    }
  }

  /** A write that releases what came before the last fence. */
  static void releaseFenced(ThreadState t, Object object, long key) {
    Snapshot fenced = t.fenced;
    if (fenced != null) {
      t.inside++;
      try {
        sync(t, object, key).unite(fenced);
      } finally {
        t.inside--;
      }
    }
  }

  /** A variable; null if there is none yet. */
  private static @Nullable Sync find(ThreadState t, Object object, long key) {
    long place = OwnSyncs.place(t, object, key);
    if (place != OwnSyncs.NOWHERE) {
      return OwnSyncs.find(object, place, key);
    }
    Shadow shadow = Shadows.find(t, object);
    return shadow == null ? null : shadow.find(key);
  }

  /** Before an operation that reads and writes at once. */
  static void acquireRelease(ThreadState t, Object object, long key) {
    t.inside++;
    try {
      Sync sync = sync(t, object, key);
      t.acquire(sync); // so that what is released need not be united with what was
      t.release(sync);
    } finally {
      t.inside--;
    }
  }

  static @Nullable Snapshot released(Object object, long key) {
    Shadow shadow = Shadows.find(object);
    Sync sync = shadow == null ? null : shadow.find(key);
    return sync == null ? null : sync.released();
  }
}
