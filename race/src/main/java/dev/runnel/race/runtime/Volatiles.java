package dev.runnel.race.runtime;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The edges of volatile fields, wherever an instruction reads or writes one. */
public final class Volatiles {
  private static final SpinLock LOCK = new SpinLock();
  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final long NOT_VOLATILE = Long.MIN_VALUE + 1;
  private static volatile @Nullable Named[] fields = new Named[256];
  private static int count;

  private Volatiles() {}

  private static final class Named {
    final String owner;
    final String name;
    final boolean unsure;
    volatile long key = UNKNOWN;

    /** Where objects have its variable; see {@link OwnSyncs}. Known if the key is. */
    long place = OwnSyncs.NOWHERE;

    Named(String owner, String name, boolean unsure) {
      this.owner = owner;
      this.name = name;
      this.unsure = unsure;
    }
  }

  /**
   * Registers a field, for one class that uses it.
   *
   * @param owner the class that declares it, with dots
   * @param name its name
   * @param unsure whether it may turn out not to be volatile
   * @return its number
   */
  public static int add(String owner, String name, boolean unsure) {
    Named named = new Named(owner, name, unsure);
    LOCK.lock();
    try {
      @Nullable Named[] f = fields;
      if (count == f.length) {
        f = Arrays.copyOf(f, count * 2);
      }
      f[count] = named;
      fields = f;
      return count++;
    } finally {
      LOCK.unlock();
    }
  }

  /**
   * A field has been read.
   *
   * @param object whose
   * @param field its number
   */
  public static void read(@Nullable Object object, int field) {
    ThreadState t = ThreadState.current();
    if (t.inside != 0 || object == null) {
      return;
    }
    Named named = named(field);
    long key = key(t, object.getClass(), field);
    if (named.place != OwnSyncs.NOWHERE) {
      Sync sync = OwnSyncs.find(object, named.place, key);
      if (sync != null) {
        t.acquire(sync);
      }
      return;
    }
    Shadow shadow = Shadows.find(t, object);
    Sync sync = shadow == null ? null : shadow.find(key);
    if (sync != null) {
      t.acquire(sync);
    }
  }

  /**
   * A field is about to be written.
   *
   * @param object whose; null if what follows throws
   * @param field its number
   */
  public static void write(@Nullable Object object, int field) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0 && object != null) {
      Named named = named(field);
      long key = key(t, object.getClass(), field);
      if (named.place != OwnSyncs.NOWHERE) {
        t.release(OwnSyncs.sync(object, named.place, key));
      } else if (key != NOT_VOLATILE) {
        Edges.release(t, object, key);
      }
    }
  }

  /**
   * A static field has been read.
   *
   * @param user a class by which it can be found: its own or one below
   * @param field its number
   */
  public static void readStatic(Class<?> user, int field) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Class<?> owner = owner(user, field);
      Edges.acquire(t, owner, key(t, owner, field));
    }
  }

  /**
   * A static field is about to be written.
   *
   * @param user a class by which it can be found: its own or one below
   * @param field its number
   */
  public static void writeStatic(Class<?> user, int field) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Class<?> owner = owner(user, field);
      long key = key(t, owner, field);
      if (key != NOT_VOLATILE) {
        Edges.release(t, owner, key);
      }
    }
  }

  private static @Nullable Field find(Class<?> user, String name) {
    for (Class<?> c = user; c != null; c = c.getSuperclass()) {
      Field field = declared(c, name);
      if (field != null) {
        return field;
      }
    }
    return null;
  }

  private static @Nullable Field declared(Class<?> owner, String name) {
    for (Field field : owner.getDeclaredFields()) {
      if (field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static Class<?> owner(Class<?> user, int field) {
    String name = named(field).owner;
    for (Class<?> c = user; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(name)) {
        return c;
      }
    }
    return user;
  }

  private static Named named(int field) {
    Named named = fields[field];
    if (named == null) {
      throw new IllegalArgumentException("no field " + field);
    }
    return named;
  }

  private static long key(ThreadState t, Class<?> user, int field) {
    Named named = named(field);
    long key = named.key;
    if (key == UNKNOWN) {
      t.inside++;
      try {
        Class<?> owner = owner(user, field);
        key = resolve(owner, named.name, named.unsure);
        named.place = key < 0 ? OwnSyncs.NOWHERE : place(owner, named.name);
        named.key = key;
      } finally {
        t.inside--;
      }
    }
    return key;
  }

  /** Where the objects of a class have the variable of a field that it, or one above it, has. */
  private static long place(Class<?> owner, String name) {
    Field field = find(owner, name);
    if (field == null
        || !Modifier.isVolatile(field.getModifiers())
        || Modifier.isStatic(field.getModifiers())) {
      return OwnSyncs.NOWHERE;
    }
    return OwnSyncs.place(field.getDeclaringClass());
  }

  private static long resolve(Class<?> user, String name, boolean unsure) {
    Class<?> owner = user;
    try {
      Field declared = unsure ? find(user, name) : declared(user, name);
      if (declared != null) {
        if (unsure && !Modifier.isVolatile(declared.getModifiers())) {
          return NOT_VOLATILE;
        }
        owner = declared.getDeclaringClass();
        if (Modifier.isStatic(declared.getModifiers())) {
          return Internals.offset(declared);
        }
      }
      return Internals.offset(owner, name);
    } catch (NoClassDefFoundError e) { // a type of some other field is not there
      // Only instructions can then mean the same variable, and they all come here.
      return Keys.OTHER - 1 - (name.hashCode() & 0xFFFF);
    }
  }
}
