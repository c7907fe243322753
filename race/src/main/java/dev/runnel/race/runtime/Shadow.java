package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** What is known of one object beside the shadow words in its own fields. Gone with the object. */
final class Shadow extends WeakReference<Object> {
  private static final VarHandle ELEMENTS;
  private static final VarHandle SYNCS;

  static {
    try {
      ELEMENTS = MethodHandles.lookup().findVarHandle(Shadow.class, "elements", Elements.class);
      SYNCS = MethodHandles.lookup().findVarHandle(Shadow.class, "syncs", Sync.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final int hash;

  /** The next one in its bucket; belongs to the table. */
  @Nullable Shadow next;

  /** Of a thread. */
  volatile @Nullable ThreadState thread;

  /** Of a thread that has been started and not yet been seen. */
  volatile Threads.@Nullable Birth birth;

  /** Of an array. */
  volatile @Nullable Elements elements;

  /** Of a channel of Runnel's. */
  volatile @Nullable ChannelEdges channel;

  /** Of a node in a channel's queue: what its thread knew when it began to wait. */
  volatile @Nullable Snapshot known;

  private volatile @Nullable Sync syncs;

  Shadow(Object object, int hash, ReferenceQueue<Object> collected) {
    super(object, collected);
    this.hash = hash;
  }

  /** Elements for an array that has none yet; made once, so that no thread's notes are lost. */
  Elements addElements(int length) {
    Elements made = new Elements(length);
    Object before = ELEMENTS.compareAndExchange(this, null, made);
    return before == null ? made : (Elements) before;
  }

  /** Makes it a new object's, as far as edges go. */
  void forgetEdges() {
    syncs = null;
  }

  @Nullable Sync find(long key) {
    for (Sync s = syncs; s != null; s = s.next) {
      if (s.key == key) {
        return s;
      }
    }
    return null;
  }

  Sync sync(long key) {
    while (true) {
      Sync first = syncs;
      for (Sync s = first; s != null; s = s.next) {
        if (s.key == key) {
          return s;
        }
      }
      Sync added = new Sync(key, first);
      if (SYNCS.compareAndSet(this, first, added)) {
        return added;
      }
    }
  }
}
