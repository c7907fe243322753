package dev.runnel.race.runtime;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * The edges that come with no operation of their own: from the end of a class's initialisation to
 * every use of the class, and from the end of a constructor to what is reached through the object's
 * final fields. Each is kept where it is used: in a field of the class, or of the object.
 */
public final class Publication {
  /** Has a variable for each object that {@link #reachable} was told of. */
  private static final Object REACHABLE = new Object();

  private Publication() {}

  /**
   * What is known at the end of a constructor. What the thread does until it next releases counts
   * with it: a tick for each object would cost more than the races among that are worth.
   *
   * @return to be handed to {@link #used}
   */
  public static Object frozen() {
    return ThreadState.current().snapshot();
  }

  /**
   * What is known at the end of a class's initialiser.
   *
   * @return to be handed to {@link #used}
   */
  public static Object initialized() {
    return ThreadState.current().release();
  }

  /**
   * A class, or a final field, is used.
   *
   * @param t the current thread's state
   * @param known what was known then; null if that is not over
   */
  public static void used(ThreadState t, @Nullable Object known) {
    // What is used is mostly of the same making as what was used last, or this thread's own.
    if (known != t.lastUsed && known instanceof Snapshot s && !t.isOwn(s)) {
      Used.acquire(t, s);
    }
  }

  /** What is not known yet. */
  private static final class Used extends OutOfLine {
    private static final long serialVersionUID = 1;

    static void acquire(ThreadState t, Snapshot known) {
      t.use(known);
    }
  }

  /**
   * The initialiser of an interface is over, which has no field for it.
   *
   * @param type the interface
   */
  public static void initialized(Class<?> type) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.release(t, type, Keys.INIT);
    }
  }

  /**
   * An interface is used.
   *
   * @param t the current thread's state
   * @param type the interface
   */
  public static void used(ThreadState t, Class<?> type) {
    if (t.inside == 0) {
      Edges.acquire(t, type, Keys.INIT);
    }
  }

  /**
   * A static field is used that a class or interface above the named one declares.
   *
   * @param t the current thread's state
   * @param type the named one
   * @param declaring the name of the one that declares it
   */
  public static void usedAbove(ThreadState t, Class<?> type, String declaring) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(declaring)) {
        usedClass(t, c);
        return;
      }
      for (Class<?> i : c.getInterfaces()) {
        usedAbove(t, i, declaring);
      }
    }
  }

  private static void usedClass(ThreadState t, Class<?> type) {
    if (type.isInterface()) {
      used(t, type);
      return;
    }
    t.inside++;
    try {
      Field field = type.getDeclaredField("$race$initialized");
      field.setAccessible(true);
      used(t, field.get(null));
    } catch (ReflectiveOperationException | RuntimeException e) {
      Log.say("can't tell when " + type + " was initialised: " + e);
    } finally {
      t.inside--;
    }
  }

  /**
   * A reference with a queue has been made: what was done before is ordered before what is done
   * when it comes out.
   *
   * @param reference it
   * @param referent what it refers to
   * @param queue the queue; null if there is none
   */
  public static void registered(
      Object reference, @Nullable Object referent, @Nullable Object queue) {
    if (queue != null) {
      ThreadState t = ThreadState.current();
      if (t.inside == 0) {
        t.inside++;
        try {
          Shadows.of(reference).more = reachableKey(referent);
          t.release(Edges.sync(t, reference, Keys.WAIT));
        } finally {
          t.inside--;
        }
      }
    }
  }

  /**
   * A reference is about to be put into its queue by the program.
   *
   * @param reference it
   */
  public static void enqueuing(Object reference) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.release(t, reference, Keys.WAIT);
    }
  }

  /**
   * A reference may have come out of a queue.
   *
   * @param reference it; null if none has
   */
  public static void polled(@Nullable Object reference) {
    if (reference == null) {
      return;
    }
    ThreadState t = ThreadState.current();
    Shadow shadow = t.inside == 0 ? Shadows.find(reference) : null;
    if (shadow != null) {
      Edges.acquire(t, reference, Keys.WAIT);
      if (shadow.more instanceof Long key) {
        Edges.acquire(t, REACHABLE, key);
      }
    }
  }

  /**
   * Until now an object must be reachable: what was done before is ordered before what is done when
   * references to it come out of their queues.
   *
   * @param object it
   */
  public static void reachable(@Nullable Object object) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0 && object != null) {
      Edges.release(t, REACHABLE, reachableKey(object));
    }
  }

  /** The object itself will be gone, so its hash has to do; two may have one. */
  private static long reachableKey(@Nullable Object object) {
    return System.identityHashCode(object);
  }
}
