package dev.runnel.race.runtime;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies of objects. {@code Object.clone} copies all fields, so ours as well: the copy would seem
 * to have been used by whoever used the original. What is true of it is that this thread has just
 * written its fields.
 */
public final class Clones {
  private static final String PREFIX = "$race$";
  private static final String WRITTEN = PREFIX + "w$";
  private static final String FROZEN = PREFIX + "frozen";

  private static final ClassValue<Words> WORDS =
      new ClassValue<>() {
        @Override
        protected Words computeValue(Class<?> type) {
          return Words.of(type);
        }
      };

  private Clones() {}

  /** Where our fields are in the objects of a class. */
  private static final class Words {
    final long[] written;
    final long[] read;
    final long[] references;
    final long[] frozen;

    /** Whether {@code clone} is the JDK's. */
    final boolean plain;

    private Words(long[] written, long[] read, long[] references, long[] frozen, boolean plain) {
      this.written = written;
      this.read = read;
      this.references = references;
      this.frozen = frozen;
      this.plain = plain;
    }

    static Words of(Class<?> type) {
      List<Long> written = new ArrayList<>();
      List<Long> read = new ArrayList<>();
      List<Long> references = new ArrayList<>();
      List<Long> frozen = new ArrayList<>();
      for (Class<?> c = type; c != null; c = c.getSuperclass()) {
        for (Field field : c.getDeclaredFields()) {
          String name = field.getName();
          if (name.startsWith(PREFIX) && !Modifier.isStatic(field.getModifiers())) {
            List<Long> kind =
                name.equals(FROZEN)
                    ? frozen
                    : name.startsWith(WRITTEN)
                        ? written
                        : field.getType() == long.class ? read : references;
            kind.add(Internals.offset(field));
          }
        }
      }
      return new Words(all(written), all(read), all(references), all(frozen), isPlain(type));
    }

    private static boolean isPlain(Class<?> type) {
      for (Class<?> c = type; c != null && c.getClassLoader() != null; c = c.getSuperclass()) {
        for (Method method : c.getDeclaredMethods()) {
          if (method.getName().equals("clone") && method.getParameterCount() == 0) {
            return false;
          }
        }
      }
      return true;
    }

    private static long[] all(List<Long> offsets) {
      long[] all = new long[offsets.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = offsets.get(i);
      }
      return all;
    }
  }

  /**
   * An object has been returned by {@code clone}, perhaps the program's own.
   *
   * @param copy it
   * @param site where
   */
  public static void returned(@Nullable Object copy, int site) {
    made(copy, site, false);
  }

  /**
   * An object has been made by {@code Object.clone}.
   *
   * @param copy it; nobody else knows it
   * @param site where
   */
  public static void made(@Nullable Object copy, int site) {
    made(copy, site, true);
  }

  private static void made(@Nullable Object copy, int site, boolean surely) {
    if (copy == null || copy.getClass().isArray()) {
      return; // what is known of arrays is not kept in them
    }
    ThreadState t = ThreadState.current();
    t.inside++;
    try {
      Words words = WORDS.get(copy.getClass());
      if (!surely && !words.plain) {
        return;
      }
      long now = t.inside == 1 ? t.epoch | site : 0;
      for (long offset : words.written) {
        Internals.putLong(copy, offset, now);
      }
      for (long offset : words.read) {
        Internals.putLong(copy, offset, 0);
      }
      for (long offset : words.references) {
        Internals.putReference(copy, offset, null);
      }
      for (long offset : words.frozen) {
        Internals.putReference(copy, offset, t.snapshot());
      }
      if (now != 0) {
        Races.remember(now);
      }
    } catch (NoClassDefFoundError e) { // a type of some field is not there, so none can be found
      Log.say(
          "copies of " + copy.getClass().getName() + " can't be told from what they copy: " + e);
    } finally {
      t.inside--;
    }
  }
}
