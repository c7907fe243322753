package dev.runnel.race.runtime;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The edges of {@code VarHandle}, {@code Unsafe} and reflection. */
public final class Variables {
  /** Memory outside the heap, and all that is used as something else: one variable. */
  private static final Object ELSEWHERE = new Object();

  /** What was released by the handles of arrays, as others may come to the same elements. */
  private static final Object ARRAYS = new Object();

  private static final SpinLock LOCK = new SpinLock();
  private static volatile @Nullable Place[] places = new Place[256];
  private static int count;

  private Variables() {}

  /** Where the variables of a handle are. */
  private record Place(VarHandle handle, Kind kind, @Nullable Object base, long offset, int scale) {
    Object object(@Nullable Object coordinate) {
      return base != null ? base : coordinate != null ? coordinate : ELSEWHERE;
    }

    long key(int index) {
      return kind == Kind.ARRAY ? offset + (long) index * scale : offset;
    }
  }

  private enum Kind {
    FIELD,
    ARRAY,
    OTHER
  }

  /**
   * Before an operation of {@code Unsafe}.
   *
   * @param base whose variable it is; null for memory outside the heap
   * @param offset where
   * @param mode a constant of {@link Modes}
   */
  public static void before(@Nullable Object base, long offset, int mode) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      before(t, base == null ? ELSEWHERE : base, base == null ? Keys.OTHER : offset, mode);
    }
  }

  /**
   * After an operation of {@code Unsafe}.
   *
   * @param base whose variable it is; null for memory outside the heap
   * @param offset where
   * @param mode a constant of {@link Modes}
   */
  public static void after(@Nullable Object base, long offset, int mode) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      after(t, base == null ? ELSEWHERE : base, base == null ? Keys.OTHER : offset, mode);
    }
  }

  /**
   * Before an operation of a handle.
   *
   * @param handle it
   * @param first its first argument, if that is a reference
   * @param second its second argument, if that is an int
   * @param mode a constant of {@link Modes}
   */
  public static void before(
      @Nullable VarHandle handle, @Nullable Object first, int second, int mode) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0 && handle != null) {
      Place place = place(t, handle);
      before(t, place.object(first), place.key(second), mode);
      if (place.kind == Kind.ARRAY && (mode & Modes.PROGRAMS) != 0) {
        before(t, ARRAYS, Keys.OTHER, mode & ~Modes.ACQUIRE);
      }
    }
  }

  /**
   * After an operation of a handle.
   *
   * @param handle it
   * @param first its first argument, if that is a reference
   * @param second its second argument, if that is an int
   * @param mode a constant of {@link Modes}
   */
  public static void after(
      @Nullable VarHandle handle, @Nullable Object first, int second, int mode) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0 && handle != null) {
      Place place = place(t, handle);
      after(t, place.object(first), place.key(second), mode);
      if (place.kind == Kind.OTHER) {
        after(t, ARRAYS, Keys.OTHER, mode);
      } else if (place.kind == Kind.ARRAY && (mode & Modes.PROGRAMS) != 0) {
        after(t, ELSEWHERE, Keys.OTHER, mode);
      }
    }
  }

  private static void before(ThreadState t, Object object, long key, int mode) {
    if ((mode & Modes.BOTH) == Modes.BOTH) {
      Edges.acquireRelease(t, object, key);
    } else if ((mode & Modes.RELEASE) != 0) {
      Edges.release(t, object, key);
    } else if ((mode & Modes.FENCED) != 0) {
      Edges.releaseFenced(t, object, key);
    }
  }

  private static void after(ThreadState t, Object object, long key, int mode) {
    if ((mode & Modes.ACQUIRE) != 0) {
      Edges.acquire(t, object, key);
    } else if ((mode & Modes.GLIMPSE) != 0) {
      Edges.glimpse(t, object, key);
    }
  }

  /**
   * Before {@code Field.set}.
   *
   * @param field the field
   * @param object whose
   */
  public static void reflectiveWrite(Object field, @Nullable Object object) {
    reflective((Field) field, object, true);
  }

  /**
   * After {@code Field.get}.
   *
   * @param field the field
   * @param object whose
   */
  public static void reflectiveRead(Object field, @Nullable Object object) {
    reflective((Field) field, object, false);
  }

  private static void reflective(Field field, @Nullable Object object, boolean write) {
    ThreadState t = ThreadState.current();
    if (t.inside != 0 || !Modifier.isVolatile(field.getModifiers())) {
      return;
    }
    boolean isStatic = Modifier.isStatic(field.getModifiers());
    Object base = isStatic ? field.getDeclaringClass() : object;
    if (base == null) {
      return;
    }
    long offset;
    t.inside++;
    try {
      offset = Internals.offset(field);
    } finally {
      t.inside--;
    }
    if (write) {
      Edges.release(t, base, offset);
    } else {
      Edges.acquire(t, base, offset);
    }
  }

  /** Handles are few, and kept by those who use them; so they are kept here, too. */
  private static Place place(ThreadState t, VarHandle handle) {
    int hash = System.identityHashCode(handle);
    @Nullable Place[] known = places;
    Place place;
    for (int i = hash & (known.length - 1);
        (place = known[i]) != null;
        i = (i + 1) & (known.length - 1)) {
      if (place.handle == handle) {
        return place;
      }
    }
    t.inside++;
    try {
      place = resolve(handle);
    } finally {
      t.inside--;
    }
    LOCK.lock();
    try {
      @Nullable Place[] all = places;
      if (++count * 2 > all.length) {
        @Nullable Place[] more = new Place[all.length * 2];
        for (Place p : all) {
          if (p != null) {
            insert(more, p);
          }
        }
        all = more;
      } else {
        all = Arrays.copyOf(all, all.length);
      }
      insert(all, place);
      places = all;
    } finally {
      LOCK.unlock();
    }
    return place;
  }

  private static void insert(@Nullable Place[] into, Place place) {
    int i = System.identityHashCode(place.handle) & (into.length - 1);
    while (into[i] != null) {
      i = (i + 1) & (into.length - 1);
    }
    into[i] = place;
  }

  /** A handle of an unknown kind may be one of anything. */
  private static Place resolve(VarHandle handle) {
    VarHandle direct = Internals.direct(handle);
    try {
      Class<?> kind = direct.getClass();
      boolean whole = handle.coordinateTypes().equals(direct.coordinateTypes());
      String name = whole ? kind.getName() : ""; // what is given by itself is not seen
      if (name.contains("$FieldInstance")) {
        return new Place(handle, Kind.FIELD, null, longIn(direct, kind, "fieldOffset"), 0);
      }
      if (name.contains("$FieldStatic")) {
        Field base = find(kind, "base");
        Object mirror = base.get(direct);
        return new Place(handle, Kind.FIELD, mirror, longIn(direct, kind, "fieldOffset"), 0);
      }
      if (name.endsWith("$Array")) {
        Class<?> array = handle.coordinateTypes().get(0);
        return new Place(
            handle, Kind.ARRAY, null, Internals.arrayBase(array), Internals.arrayScale(array));
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      Log.say("a VarHandle is not understood, and taken for one of memory outside the heap: " + e);
    }
    return new Place(handle, Kind.OTHER, ELSEWHERE, Keys.OTHER, 0);
  }

  private static long longIn(VarHandle handle, Class<?> kind, String field)
      throws ReflectiveOperationException {
    return find(kind, field).getLong(handle);
  }

  private static Field find(Class<?> kind, String name) throws NoSuchFieldException {
    for (Class<?> c = kind; c != null; c = c.getSuperclass()) {
      for (Field f : c.getDeclaredFields()) {
        if (f.getName().equals(name)) {
          f.setAccessible(true);
          return f;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }
}
