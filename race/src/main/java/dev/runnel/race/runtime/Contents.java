package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The shadow of a JDK collection, or of another object of the JDK's that is not safe for threads.
 *
 * <p>Its structure is one variable: whoever adds or removes writes it, everyone else reads it. A
 * value that takes the place of another, in a list or in a map, is no change of structure: threads
 * may set different ones at the same time. Such values have {@link Values} of their own as soon as
 * one is set so.
 */
final class Contents extends Words {
  private static final VarHandle VALUES;

  static {
    try {
      VALUES = MethodHandles.lookup().findVarHandle(Contents.class, "values", Values.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable Values values;

  /** A value is about to be read. */
  void readValue(ThreadState t, Object object, @Nullable Object key, int site) {
    read(t, object, site);
    Values v = values;
    if (v != null) {
      v.read(t, object, key, site);
    }
  }

  /** A value of a list is about to be read, by its index; -1 if that is not known. */
  void readIndex(ThreadState t, Object object, int index, int site) {
    read(t, object, site);
    Values v = values;
    if (v != null && index >= 0) {
      v.read(t, object, index, site);
    }
  }

  /** All values are about to be read. */
  void readAll(ThreadState t, Object object, int site) {
    read(t, object, site);
    Values v = values;
    if (v != null) {
      v.readAll(t, object, site);
    }
  }

  /** A value has been set in the place of another. */
  void writeValue(ThreadState t, Object object, @Nullable Object key, int site) {
    read(t, object, site);
    values().write(t, object, key, site);
  }

  /** All values have been set in the place of others. */
  void writeAll(ThreadState t, Object object, int site) {
    read(t, object, site);
    values().writeAll(t, object, site);
  }

  @Override
  long users(long others) {
    long all = super.users(others);
    Values v = values;
    return v == null ? all : v.users(all);
  }

  /** Made once, so that no thread's notes are lost. */
  private Values values() {
    Values v = values;
    if (v != null) {
      return v;
    }
    Values made = new Values();
    Values before = (Values) VALUES.compareAndExchange(this, null, made);
    return before == null ? made : before;
  }
}
