package dev.runnel.race.runtime;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Called before each read and write of an array's element. */
public final class ArrayAccesses {
  /** How many shadows a thread has at hand, by site: most instructions stay with one array. */
  private static final int RECENT = 64;

  private ArrayAccesses() {}

  /**
   * A read.
   *
   * @param array the array, or null: then what follows throws
   * @param index of the element, perhaps out of bounds: then what follows throws
   * @param t the current thread's state
   * @param site where
   */
  public static void read(@Nullable Object array, int index, ThreadState t, int site) {
    if (array == null || t.inside != 0) {
      return;
    }
    Found.read(array, index, t, site);
  }

  /**
   * A write.
   *
   * @param array the array, or null: then what follows throws
   * @param index of the element, perhaps out of bounds: then what follows throws
   * @param t the current thread's state
   * @param site where
   */
  public static void write(@Nullable Object array, int index, ThreadState t, int site) {
    if (array == null || t.inside != 0) {
      return;
    }
    Found.write(array, index, t, site);
  }

  /** Finds what is known of an array. */
  private static final class Found extends OutOfLine {
    private static final long serialVersionUID = 1;

    static void read(Object array, int index, ThreadState t, int site) {
      Elements elements = elements(array, t, site);
      if (index >= 0 && index < elements.length()) {
        elements.read(t, array, index, site);
      }
    }

    static void write(Object array, int index, ThreadState t, int site) {
      Elements elements = elements(array, t, site);
      if (index >= 0 && index < elements.length()) {
        elements.write(t, array, index, site);
      }
    }

    private static Elements elements(Object array, ThreadState t, int site) {
      @Nullable Shadow[] recent = t.arrays;
      if (recent == null) {
        t.arrays = recent = new Shadow[RECENT];
      }
      int place = site & (RECENT - 1);
      Shadow last = recent[place];
      if (last == null || !last.refersTo(array)) {
        recent[place] = last = Shadows.of(t, array);
      }
      Elements elements = last.elements;
      return elements != null ? elements : last.addElements(Array.getLength(array));
    }
  }
}
