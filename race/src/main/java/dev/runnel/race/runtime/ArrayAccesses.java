package dev.runnel.race.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Called before each read and write of an array's element.
 *
 * <p>Most instructions stay with one array, and most are of arrays that are much used. So a thread
 * has the arrays that it has used lately at hand, by site, and if nothing is to be noted of one
 * that is one variable, that is all that happens where the access is.
 */
public final class ArrayAccesses {
  /** How many arrays a thread has at hand, at first, and if those are not enough. */
  private static final int FEW = 1 << 4;

  private static final int MANY = 1 << 10;

  /** After so many looks in vain they are not enough. */
  private static final int PATIENCE = 1 << 8;

  private static final Elements NONE = new Elements(null, 0, 0);

  /** What a thread has at hand that has used none. */
  static final Elements[] NOTHING = atHand(1);

  static final long[] NEVER = new long[1];

  private ArrayAccesses() {}

  private static Elements[] atHand(int length) {
    Elements[] all = new Elements[length];
    Arrays.fill(all, NONE);
    return all;
  }

  /**
   * A read.
   *
   * @param array the array, or null: then what follows throws
   * @param index of the element, perhaps out of bounds: then what follows throws
   * @param t the current thread's state
   * @param site where
   */
  public static void read(@Nullable Object array, int index, ThreadState t, int site) {
    Elements[] recent = t.arrays;
    int place = site & (recent.length - 1);
    Elements last = recent[place];
    if (array != null && !(last.refersTo(array) && last.isRead(t.epoch, t.arraysRead[place]))) {
      Found.read(array, index, t, site);
    }
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
    Elements[] recent = t.arrays;
    Elements last = recent[site & (recent.length - 1)];
    if (array != null && !(last.refersTo(array) && last.isWritten(t.epoch))) {
      Found.write(array, index, t, site);
    }
  }

  /** Finds what is known of an array. */
  private static final class Found extends OutOfLine {
    private static final long serialVersionUID = 1;

    static void read(Object array, int index, ThreadState t, int site) {
      if (t.inside == 0) {
        Elements elements = elements(array, t, site);
        if (index >= 0 && index < elements.length()) {
          elements.read(t, array, index, site);
          if (elements.isShared()) {
            t.arraysRead[site & (t.arraysRead.length - 1)] = t.epoch;
          }
        }
      }
    }

    static void write(Object array, int index, ThreadState t, int site) {
      if (t.inside == 0) {
        Elements elements = elements(array, t, site);
        if (index >= 0 && index < elements.length()) {
          elements.write(t, array, index, site);
        }
      }
    }

    private static Elements elements(Object array, ThreadState t, int site) {
      Elements[] recent = t.arrays;
      Elements last = recent[site & (recent.length - 1)];
      if (!last.refersTo(array)) {
        last = (Elements) Shadows.ofPassing(t, array);
        atHand(t, last, site);
      }
      return last;
    }

    private static void atHand(ThreadState t, Elements last, int site) {
      int length = t.arrays.length;
      int enough = ++t.arraysMissed < PATIENCE ? Math.max(FEW, length) : MANY;
      if (length < enough) {
        t.arrays = ArrayAccesses.atHand(enough);
        t.arraysRead = new long[enough];
      }
      int place = site & (enough - 1);
      t.arrays[place] = last;
      t.arraysRead[place] = 0;
    }
  }
}
