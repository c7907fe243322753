package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one object beside the shadow words in its own fields. Gone with the object.
 *
 * <p>Most are of arrays and collections that soon die. So they are small: an array's is one object
 * with its {@link Elements}, and what else there may be shares a field, as no object has two of
 * those. {@link Shadows} forgets most of them again, if only one thread has used their objects.
 */
class Shadow extends WeakReference<Object> {
  private static final VarHandle MORE;
  private static final VarHandle SYNCS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MORE = lookup.findVarHandle(Shadow.class, "more", Object.class);
      SYNCS = lookup.findVarHandle(Shadow.class, "syncs", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** In place of the syncs of what is forgotten, which can have none any more. */
  private static final Object FORGOTTEN = new Object();

  final int hash;

  /** The next one in its bucket; belongs to the table. */
  @Nullable Shadow next;

  /**
   * Of a thread its {@link Threads.Birth}, then its {@link ThreadState}; of a collection its {@link
   * Contents}; of a channel of Runnel's its {@link ChannelEdges}; of a node in a channel's queue
   * the {@link Snapshot} of what its thread knew when it began to wait; of a reference with a queue
   * the key of {@code Publication.reachable} for its referent.
   */
  volatile @Nullable Object more;

  /** So many have a list, which never grows again then. */
  private static final int LISTED = 16;

  /** A {@link Sync} and those behind it; or a {@link SyncTable}, which has such a list, too. */
  private volatile @Nullable Object syncs;

  Shadow(@Nullable Object object, int hash) {
    super(object);
    this.hash = hash;
  }

  /** A new one, of the kind that an object needs. */
  static Shadow of(Object object, int hash) {
    return object.getClass().isArray()
        ? new Elements(object, hash, Array.getLength(object))
        : new Shadow(object, hash);
  }

  /** The state of a thread; null if it has none yet, or this is not a thread's. */
  final @Nullable ThreadState thread() {
    return more instanceof ThreadState state ? state : null;
  }

  /** The contents of a collection; made once, so that no thread's notes are lost. */
  final Contents contents() {
    if (more instanceof Contents contents) {
      return contents;
    }
    Contents made = new Contents();
    Object before = MORE.compareAndExchange(this, null, made);
    return before == null ? made : (Contents) before;
  }

  /** Makes it a new object's, as far as edges go. */
  final void forgetEdges() {
    syncs = null;
  }

  /**
   * By which threads the object has been used that are told here; see {@link Users}. Of what is
   * nothing but an object with edges it is not known.
   */
  long users() {
    return more instanceof Contents contents ? contents.users(Users.NONE) : Users.SEVERAL;
  }

  /**
   * Gives up what is known, if it is no more than that one thread has used the object.
   *
   * @return whether it has: then this belongs to no object any more
   */
  final boolean forget() {
    if (users() == Users.SEVERAL || !SYNCS.compareAndSet(this, null, FORGOTTEN)) {
      return false;
    }
    clear();
    return true;
  }

  private static @Nullable Sync listed(@Nullable Object syncs) {
    return syncs instanceof SyncTable table
        ? table.listed
        : syncs instanceof Sync first ? first : null;
  }

  final @Nullable Sync find(long key) {
    Object all = syncs;
    for (Sync s = listed(all); s != null; s = s.next) {
      if (s.key == key) {
        return s;
      }
    }
    return all instanceof SyncTable table ? table.find(key) : null;
  }

  /** A variable, made if needed; null if this is forgotten, and the object may have another one. */
  final @Nullable Sync sync(long key) {
    while (true) {
      Object all = syncs;
      if (all == FORGOTTEN) {
        return null;
      }
      Sync first = listed(all);
      int length = 0;
      for (Sync s = first; s != null; s = s.next) {
        if (s.key == key) {
          return s;
        }
        length++;
      }
      if (all instanceof SyncTable table) {
        return table.sync(key);
      }
      Object added = length < LISTED ? new Sync(key, first) : new SyncTable(first);
      if (SYNCS.compareAndSet(this, all, added) && added instanceof Sync sync) {
        return sync;
      }
    }
  }
}
