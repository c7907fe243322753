package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** What is known of one object beside the shadow words in its own fields. Gone with the object. */
final class Shadow extends WeakReference<Object> {
  private static final VarHandle ELEMENTS;
  private static final VarHandle CONTENTS;
  private static final VarHandle SYNCS;
  private static final VarHandle OTHERS;

  static {
    try {
      ELEMENTS = MethodHandles.lookup().findVarHandle(Shadow.class, "elements", Elements.class);
      CONTENTS = MethodHandles.lookup().findVarHandle(Shadow.class, "contents", Contents.class);
      SYNCS = MethodHandles.lookup().findVarHandle(Shadow.class, "syncs", Sync.class);
      OTHERS = MethodHandles.lookup().findVarHandle(Shadow.class, "others", SyncTable.class);
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

  /** Of a collection. */
  volatile @Nullable Contents contents;

  /** Of a channel of Runnel's. */
  volatile @Nullable ChannelEdges channel;

  /** Of a node in a channel's queue: what its thread knew when it began to wait. */
  volatile @Nullable Snapshot known;

  /** Of a reference with a queue: the key of {@code Publication.reachable} for its referent. */
  long referent;

  /** So many have a list, which never grows again then. */
  private static final int LISTED = 16;

  private volatile @Nullable Sync syncs;

  /** What an object with more variables than {@link #LISTED} has for the others. */
  private volatile @Nullable SyncTable others;

  Shadow(Object object, int hash) {
    super(object);
    this.hash = hash;
  }

  /** Elements for an array that has none yet; made once, so that no thread's notes are lost. */
  Elements addElements(int length) {
    Elements made = new Elements(length);
    Object before = ELEMENTS.compareAndExchange(this, null, made);
    return before == null ? made : (Elements) before;
  }

  /** Contents for a collection that has none yet; made once, likewise. */
  Contents addContents() {
    Contents made = new Contents();
    Object before = CONTENTS.compareAndExchange(this, null, made);
    return before == null ? made : (Contents) before;
  }

  /** Makes it a new object's, as far as edges go. */
  void forgetEdges() {
    syncs = null;
    others = null;
  }

  @Nullable Sync find(long key) {
    for (Sync s = syncs; s != null; s = s.next) {
      if (s.key == key) {
        return s;
      }
    }
    SyncTable table = others;
    return table == null ? null : table.find(key);
  }

  Sync sync(long key) {
    while (true) {
      Sync first = syncs;
      int length = 0;
      for (Sync s = first; s != null; s = s.next) {
        if (s.key == key) {
          return s;
        }
        length++;
      }
      if (length >= LISTED) {
        return others().sync(key);
      }
      Sync added = new Sync(key, first);
      if (SYNCS.compareAndSet(this, first, added)) {
        return added;
      }
    }
  }

  private SyncTable others() {
    SyncTable table = others;
    if (table == null) {
      OTHERS.compareAndSet(this, null, new SyncTable());
      return others();
    }
    return table;
  }
}
