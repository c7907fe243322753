package dev.runnel.race.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A field is used, and not in the same tick as last. One method for reads and one for writes does
 * it for all fields, so that it is soon compiled; hence it looks up where their words are, which is
 * found out when they are first needed.
 */
public final class Fields extends OutOfLine {
  private static final long serialVersionUID = 1;
  private static final SpinLock LOCK = new SpinLock();

  /** Read without the lock. Who doesn't find a field there looks again under it. */
  private static @Nullable WordPlaces[] fields = new WordPlaces[1 << 10];

  private static int count;

  private Fields() {}

  /**
   * A number for a field, by which its check calls.
   *
   * @return the number
   */
  public static int add() {
    LOCK.lock();
    try {
      return count++;
    } finally {
      LOCK.unlock();
    }
  }

  /**
   * A read.
   *
   * @param object whose field; the class of a static one
   * @param t the current thread's state
   * @param site where
   * @param number the field's
   * @param owner the class that declares it
   * @param name of the field, as it is in the names of its words
   */
  public static void read(
      Object object, ThreadState t, int site, int number, Class<?> owner, String name) {
    if (t.inside == 0) {
      words(t, number, owner, name).read(object, t, object, -1, site);
    }
  }

  /**
   * A write.
   *
   * @param object whose field; the class of a static one
   * @param t the current thread's state
   * @param site where, with {@link Stamp#MADE} in a constructor
   * @param number the field's
   * @param owner the class that declares it
   * @param name of the field, as it is in the names of its words
   */
  public static void write(
      Object object, ThreadState t, int site, int number, Class<?> owner, String name) {
    if (t.inside == 0) {
      words(t, number, owner, name).write(object, t, object, -1, site);
    }
  }

  private static WordPlaces words(ThreadState t, int number, Class<?> owner, String name) {
    @Nullable WordPlaces[] known = fields;
    WordPlaces found = number < known.length ? known[number] : null;
    return found != null ? found : resolve(t, number, owner, name);
  }

  private static WordPlaces resolve(ThreadState t, int number, Class<?> owner, String name) {
    t.inside++;
    try {
      WordPlaces words =
          new WordPlaces(
              Internals.offset(owner, "$race$w$" + name),
              Internals.offset(owner, "$race$r$" + name),
              Internals.offset(owner, "$race$s$" + name));
      LOCK.lock();
      try {
        if (number >= fields.length) {
          fields = Arrays.copyOf(fields, Math.max(number + 1, fields.length * 2));
        }
        fields[number] = words;
      } finally {
        LOCK.unlock();
      }
      return words;
    } finally {
      t.inside--;
    }
  }
}
