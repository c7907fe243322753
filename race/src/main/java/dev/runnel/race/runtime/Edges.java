package dev.runnel.race.runtime;

import org.jspecify.annotations.Nullable;

/** The two halves of every edge, by object and key. Nothing else makes one thread know another. */
final class Edges {
  private Edges() {}

  static void release(ThreadState t, Object object, long key) {
    t.inside++;
    try {
      t.release(Shadows.of(t, object).sync(key));
    } finally {
      t.inside--;
    }
  }

  static void acquire(ThreadState t, Object object, long key) {
    Shadow shadow = Shadows.find(t, object);
    Sync sync = shadow == null ? null : shadow.find(key);
    if (sync != null) {
      t.acquire(sync);
    }
  }

  /** Before an operation that reads and writes at once. */
  static void acquireRelease(ThreadState t, Object object, long key) {
    t.inside++;
    try {
      Sync sync = Shadows.of(t, object).sync(key);
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
