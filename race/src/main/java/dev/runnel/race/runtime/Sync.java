package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A synchronisation variable: a volatile field, a monitor, the start of a thread. It holds what was
 * known to those who released it.
 *
 * <p>A release comes before the operation that it stands for, an acquire after it. So whoever sees
 * the effect of an operation acquires at least what its thread released. It may acquire more, when
 * another release came in between: then a race may be missed, but none is invented. For the same
 * reason a release never replaces what the releasing thread does not know.
 */
final class Sync {
  private static final VarHandle RELEASED;

  static {
    try {
      RELEASED = MethodHandles.lookup().findVarHandle(Sync.class, "released", Snapshot.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Which one of its object's. */
  final long key;

  /** Another one of the same object. */
  final @Nullable Sync next;

  private volatile @Nullable Snapshot released;

  Sync(long key, @Nullable Sync next) {
    this.key = key;
    this.next = next;
  }

  @Nullable Snapshot released() {
    return released;
  }

  /** Adds to what is released here. {@code knower} knows all of {@code snapshot}. */
  void add(ThreadState knower, Snapshot snapshot) {
    put(knower, snapshot);
  }

  /** Adds what may be older than what is there, so that its knower is no measure. */
  void unite(Snapshot snapshot) {
    put(null, snapshot);
  }

  private void put(@Nullable ThreadState knower, Snapshot snapshot) {
    Snapshot before;
    Snapshot after;
    do {
      before = released;
      after =
          before == null || before == snapshot || (knower != null && knower.covers(before))
              ? snapshot
              : Snapshot.union(before, snapshot);
    } while (!RELEASED.compareAndSet(this, before, after));
  }
}
