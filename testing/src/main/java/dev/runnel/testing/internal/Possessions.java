package dev.runnel.testing.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of objects by identity that keeps none of them alive: a channel of a timer that nobody
 * knows must stay garbage.
 */
final class Possessions {
  private final Set<Object> set = ConcurrentHashMap.newKeySet();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  /** An object that is in the set. */
  private static final class Ref extends WeakReference<Object> {
    private final int hash;

    Ref(Object object, ReferenceQueue<Object> queue) {
      super(object, queue);
      this.hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }
  }

  /** An object that is looked for. It is what equals, since the map asks the key it is given. */
  private static final class Probe {
    private final Object object;

    Probe(Object object) {
      this.object = object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Ref ref && ref.refersTo(object);
    }
  }

  void add(Object object) {
    for (Reference<?> gone; (gone = collected.poll()) != null; ) {
      set.remove(gone);
    }
    set.add(new Ref(object, collected));
  }

  boolean contains(Object object) {
    return set.contains(new Probe(object));
  }
}
