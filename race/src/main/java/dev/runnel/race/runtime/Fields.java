package dev.runnel.race.runtime;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object is used, and not in the same tick as last. One method for reads and one for
 * writes does it for all fields, so that it is soon compiled; hence it is told where their words
 * are.
 */
public final class Fields extends OutOfLine {
  private static final long serialVersionUID = 1;
  private static final SpinLock LOCK = new SpinLock();

  /** Read without the lock. Who doesn't find a field there looks again under it. */
  private static @Nullable Words[] fields = new Words[1 << 10];

  private static int count;

  private Fields() {}

  /** Where the words of a field are. Its offsets are found when they are first needed. */
  private record Words(long written, long read, long readers) {}

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
   * @param object whose field
   * @param t the current thread's state
   * @param site where
   * @param number the field's
   * @param owner the class that declares it
   * @param name of the field, as it is in the names of its words
   */
  public static void read(
      Object object, ThreadState t, int site, int number, Class<?> owner, String name) {
    if (t.inside != 0) {
      return;
    }
    Words words = words(t, number, owner, name);
    while (true) {
      long write = Internals.getLong(object, words.written);
      long read = Internals.getLong(object, words.read);
      if (Accesses.readsOwn(t, write, read, site)) {
        Internals.putLong(object, words.read, t.read);
        return;
      }
      Object readers = Internals.getReference(object, words.readers);
      if (Accesses.readsAgain(t, write, read, readers, site)) {
        return;
      }
      Accesses.read(t, object, -1, write, read, readers, site);
      long writeNow = Internals.getLong(object, words.written);
      if (!Accesses.stale(t, writeNow, Internals.getLong(object, words.read))) {
        Internals.putLong(object, words.read, t.read);
        if (t.readers != readers) {
          Internals.putReference(object, words.readers, t.readers);
        }
        VarHandle.fullFence();
        Accesses.settleRead(t, object, -1, Internals.getLong(object, words.written), site);
        return;
      }
    }
  }

  /**
   * A write.
   *
   * @param object whose field
   * @param t the current thread's state
   * @param site where, with {@link Stamp#MADE} in a constructor
   * @param number the field's
   * @param owner the class that declares it
   * @param name of the field, as it is in the names of its words
   */
  public static void write(
      Object object, ThreadState t, int site, int number, Class<?> owner, String name) {
    if (t.inside != 0) {
      return;
    }
    Words words = words(t, number, owner, name);
    int plain = Stamp.plain(site);
    while (true) {
      long write = Internals.getLong(object, words.written);
      long read = Internals.getLong(object, words.read);
      if (Accesses.writesOwn(t, write, read, site)) {
        Internals.putLong(object, words.written, t.written);
        return;
      }
      Object readers = Internals.getReference(object, words.readers);
      Accesses.write(t, object, -1, write, read, readers, plain);
      long writeNow = Internals.getLong(object, words.written);
      if (!Accesses.stale(t, writeNow, Internals.getLong(object, words.read))) {
        Internals.putLong(object, words.written, t.written);
        Internals.putLong(object, words.read, t.read);
        if (t.readers != readers) {
          Internals.putReference(object, words.readers, t.readers);
        }
        VarHandle.fullFence();
        Accesses.settleWrite(
            t,
            object,
            -1,
            Internals.getLong(object, words.written),
            Internals.getLong(object, words.read),
            Internals.getReference(object, words.readers),
            plain);
        return;
      }
    }
  }

  private static Words words(ThreadState t, int number, Class<?> owner, String name) {
    @Nullable Words[] known = fields;
    Words found = number < known.length ? known[number] : null;
    return found != null ? found : resolve(t, number, owner, name);
  }

  private static Words resolve(ThreadState t, int number, Class<?> owner, String name) {
    t.inside++;
    try {
      Words words =
          new Words(
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
