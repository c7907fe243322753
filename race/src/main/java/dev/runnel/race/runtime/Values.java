package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The shadow words of a collection's values, by key or index; of as many as there is room for: a
 * key that needs the place of another has it, so races are missed, but none is invented.
 *
 * <p>Only keys that are the JDK's own values are told apart. Others would have to be asked whether
 * they are equal, which may do anything.
 */
final class Values {
  private static final int PLACES = 64;

  /** Of two who need a place in one moment, both must have the same, or one would lose its note. */
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Value[].class);

  private final @Nullable Value[] places = new Value[PLACES];

  /** What is done with all values at once. */
  private final Words all = new Words();

  private static final class Value extends Words {
    /** Held weakly if it would keep a class loader. */
    private final Object key;

    Value(Object key) {
      this.key = key instanceof Class<?> || key instanceof Enum<?> ? new WeakReference<>(key) : key;
    }

    boolean isOf(Object other) {
      return key instanceof WeakReference<?> weak ? holds(weak, other) : key.equals(other);
    }

    @SuppressWarnings("unchecked") // it is only compared
    private static boolean holds(WeakReference<?> weak, Object other) {
      return ((WeakReference<Object>) weak).refersTo(other);
    }
  }

  void read(ThreadState t, Object object, @Nullable Object key, int site) {
    if (key != null && isTold(key)) {
      place(key).read(t, object, site); // first noted, then looked: so does who uses all
    }
    all.check(t, object, site, false);
  }

  void write(ThreadState t, Object object, @Nullable Object key, int site) {
    if (key != null && isTold(key)) {
      place(key).write(t, object, site);
    }
    all.check(t, object, site, true);
  }

  void readAll(ThreadState t, Object object, int site) {
    all.read(t, object, site);
    for (Value value : places) {
      if (value != null) {
        value.check(t, object, site, false);
      }
    }
  }

  void writeAll(ThreadState t, Object object, int site) {
    all.write(t, object, site);
    for (Value value : places) {
      if (value != null) {
        value.check(t, object, site, true);
      }
    }
  }

  /** Those and those who have used some. */
  long users(long others) {
    long users = all.users(others);
    for (Value value : places) {
      users = value == null ? users : value.users(users);
    }
    return users;
  }

  private static boolean isTold(Object key) {
    return key instanceof String
        || key instanceof Integer
        || key instanceof Long
        || key instanceof Enum<?>
        || key instanceof Class<?>
        || key instanceof Character;
  }

  private Value place(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    int place = hash >>> (Integer.SIZE - 6);
    Value value = places[place];
    while (value == null || !value.isOf(key)) {
      Value made = new Value(key);
      Value before = (Value) PLACE.compareAndExchange(places, place, value, made);
      value = before == value ? made : before;
    }
    return value;
  }
}
