package dev.runnel.race.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Called where the program calls a method of one of the JDK's collections, or of another of its
 * classes that are not safe for threads. Inside the JDK nothing is checked: what its classes do
 * among themselves is theirs.
 *
 * <p>What only reads, and what surely writes, is noted before the call. Whether the others changed
 * the structure is known after it. Either way two calls that nothing orders find each other: the
 * second to be noted sees the note of the first.
 */
public final class CollectionAccesses {
  /** Views of views of views. */
  private static final int DEEPEST = 8;

  private CollectionAccesses() {}

  /**
   * The structure is about to be read.
   *
   * @param object whose, or null: then what follows throws
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   */
  public static void read(@Nullable Object object, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder != null) {
      contents(holder, t).read(t, holder, site);
    }
  }

  /**
   * An iterator is about to go on.
   *
   * @param object it, or null: then what follows throws
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   */
  public static void iterate(@Nullable Object object, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder != null && object != null) {
      contents(holder, t).read(t, holder, site);
      contents(object, t).write(t, object, site);
    }
  }

  /**
   * A value is about to be read.
   *
   * @param object whose, or null: then what follows throws
   * @param key its key
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   * @return 0 if that is all; else it may change the order, so what comes after the call is to be
   *     handed this
   */
  public static int reading(
      @Nullable Object object, @Nullable Object key, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder == null) {
      return 0;
    }
    contents(holder, t).readValue(t, holder, key, site);
    CollectionKind kind = CollectionKind.of(t, holder.getClass());
    return kind.reordersWhenRead(holder) ? kind.state(t, holder) : 0; // 0 when it is empty
  }

  /**
   * A value is about to be read.
   *
   * @param object whose, or null: then what follows throws
   * @param index its index
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   */
  public static void readIndex(
      @Nullable Object object, int index, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder != null) {
      contents(holder, t).readIndex(t, holder, isPart(object, holder) ? -1 : index, site);
    }
  }

  /**
   * All is about to be read.
   *
   * @param object of what, or null
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   */
  public static void readAll(@Nullable Object object, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder == object && holder != null) {
      contents(holder, t).readAll(t, holder, site);
    } else if (holder != null) { // a view, perhaps of a part, or of the keys alone
      contents(holder, t).read(t, holder, site);
    }
  }

  /**
   * All is about to be written.
   *
   * @param object of what, or null: then what follows throws
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   */
  public static void write(@Nullable Object object, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder != null) {
      contents(holder, t).write(t, holder, site);
    }
  }

  /**
   * All values of a list are about to be set, or nearly all.
   *
   * @param object whose, or null: then what follows throws
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   */
  public static void setAll(@Nullable Object object, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder != null) {
      Contents contents = contents(holder, t);
      int size = holder == object ? CollectionKind.size(t, holder) : 0;
      int spared = CollectionMethods.spares(method, size);
      if (spared < 0 && size > 0) {
        contents.writeAll(t, holder, site);
        return;
      }
      contents.read(t, holder, site);
      for (int i = 0; i < size; i++) {
        if (i != spared) {
          contents.writeValue(t, holder, i, site);
        }
      }
    }
  }

  /**
   * The values of a list are about to be moved, around its end.
   *
   * @param object whose, or null: then what follows throws
   * @param distance by how much
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   */
  public static void rotate(
      @Nullable Object object, int distance, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder != null) {
      int size = holder == object ? CollectionKind.size(t, holder) : 0;
      if (size > 0 && distance % size != 0) {
        contents(holder, t).writeAll(t, holder, site);
      } else {
        contents(holder, t).read(t, holder, site);
      }
    }
  }

  /**
   * The structure may be about to be changed.
   *
   * @param object whose, or null: then what follows throws
   * @param t the current thread's state
   * @param method by which, as it is numbered
   * @return to be handed on to what comes after the call
   */
  public static int changing(@Nullable Object object, ThreadState t, int method) {
    Object holder = holder(object, t);
    return holder == null ? 0 : CollectionKind.of(t, holder.getClass()).state(t, holder);
  }

  /**
   * The structure may have been changed, or all values been set.
   *
   * @param object whose
   * @param before what {@link #changing} returned
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   */
  public static void changed(Object object, int before, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder != null) {
      Contents contents = contents(holder, t);
      CollectionKind kind = CollectionKind.of(t, holder.getClass());
      if (kind.hasChanged(t, holder, before, method)) {
        contents.write(t, holder, site);
      } else if (CollectionMethods.setsAll(method)
          && kind.hasValues()
          && holder == object
          && CollectionKind.size(t, holder) > 0) {
        contents.writeAll(t, holder, site);
      } else {
        contents.read(t, holder, site);
      }
    }
  }

  /**
   * The structure may have been changed, or a value been set.
   *
   * @param object whose
   * @param key of the value
   * @param before what {@link #changing} returned
   * @param t the current thread's state
   * @param site where
   * @param method by which, as it is numbered
   */
  public static void put(
      Object object, @Nullable Object key, int before, ThreadState t, int site, int method) {
    Object holder = holder(object, t);
    if (holder != null) {
      Contents contents = contents(holder, t);
      CollectionKind kind = CollectionKind.of(t, holder.getClass());
      if (kind.hasChanged(t, holder, before, method)) {
        contents.write(t, holder, site);
      } else if (kind.hasValues() && !isPart(object, holder)) {
        contents.writeValue(t, holder, key, site);
      } else {
        contents.read(t, holder, site);
      }
    }
  }

  /** Whether indices in a view are not those of its holder. */
  private static boolean isPart(@Nullable Object object, Object holder) {
    return object != holder && object instanceof java.util.List<?>;
  }

  /** What is read or written; null if that is of no interest. */
  private static @Nullable Object holder(@Nullable Object object, ThreadState t) {
    if (object == null || t.inside != 0) {
      return null;
    }
    Object holder = object;
    for (int i = 0; i < DEEPEST && holder != null; i++) {
      CollectionKind kind = CollectionKind.of(t, holder.getClass());
      if (!kind.isFollowed()) {
        return null;
      }
      if (kind.holds()) {
        return holder;
      }
      holder = kind.backing(holder);
    }
    return null;
  }

  private static Contents contents(Object holder, ThreadState t) {
    return Shadows.ofPassing(t, holder).contents();
  }
}
