package dev.runnel.race.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What happens at a plain read or write that is not of the same tick as the last one: the algorithm
 * of FastTrack (Flanagan and Freund, 2009), on the three shadow words of a variable.
 *
 * <ul>
 *   <li>the stamp of the last write;
 *   <li>the stamp of the last read, if all earlier reads are ordered before it; else {@link
 *       Stamp#SHARED}, and
 *   <li>the readers: the last read of each slot since the last write.
 * </ul>
 *
 * An access races with an earlier one that is not ordered before it.
 *
 * <p><b>Memory ordering.</b> No lock protects the words. Racing accesses are often made at the same
 * time, and must not overlook each other then: {@link WordPlaces} says how. None of that can make a
 * race where there is none: a stamp is only ever what some access wrote, one that is ordered before
 * this access is known to this thread whenever it is seen, and none can be ordered after an access
 * that has yet to be made.
 *
 * <p><b>Without a fence</b> goes what is by far the most: an access of a variable that this thread
 * alone has used so far, in an earlier tick; of one that many read, as this thread has before; and
 * the first write of a field, in a constructor. Their notes too are true whenever they are seen.
 * But another thread's access in the same few nanoseconds, its note still in the processor's store
 * buffer as is ours, may be overlooked; the next one of either thread finds it.
 */
final class Accesses {
  private Accesses() {}

  /**
   * Whether a read can be noted in place of the last one, and without a fence: nobody else has used
   * the variable. If so, leaves the new stamp in {@link ThreadState#read}.
   *
   * @param t the current thread's state
   * @param write the last write
   * @param read the last read
   * @param site where
   * @return true if that stamp is all that is to be written
   */
  static boolean readsOwn(ThreadState t, long write, long read, int site) {
    if ((write | read) == 0
        || !isOwn(t, write)
        || !isOwn(t, read)
        || t.inside != 0
        || t.optimistic
        || Races.keepsStacks()) {
      return false;
    }
    t.read = t.epoch | site;
    return true;
  }

  /**
   * Whether a write can be noted in place of the last one, and without a fence: this thread alone
   * has used the variable and written it before, or its object is being made. If so, leaves the new
   * stamp in {@link ThreadState#written}.
   *
   * @param t the current thread's state
   * @param write the last write
   * @param read the last read
   * @param site where, with {@link Stamp#MADE} in a constructor
   * @return true if that stamp is all that is to be written
   */
  static boolean writesOwn(ThreadState t, long write, long read, int site) {
    if ((write == 0 && (site & Stamp.MADE) == 0) // the first: another's read says nothing of ours
        || !isOwn(t, write)
        || !isOwn(t, read)
        || t.inside != 0
        || Races.keepsStacks()) {
      return false;
    }
    t.written = t.epoch | Stamp.plain(site);
    return true;
  }

  /**
   * Notes a read of a variable that many read, this thread among them, and without a fence.
   *
   * @param t the current thread's state
   * @param write the last write
   * @param read the last read
   * @param readers the readers
   * @param site where
   * @return true if that is all that was to be done
   */
  static boolean readsAgain(
      ThreadState t, long write, long read, @Nullable Object readers, int site) {
    if (read != Stamp.SHARED || !(readers instanceof long[] last)) {
      return false;
    }
    long now = t.epoch;
    int slot = Stamp.slot(now);
    if (slot >= last.length || !Stamp.sameBlock(last[slot], now)) {
      return false;
    }
    if (Stamp.sameTick(last[slot], now)) {
      return true;
    }
    if ((write != 0 && !t.ordered(write)) || t.inside != 0 || t.optimistic || Races.keepsStacks()) {
      return false;
    }
    last[slot] = now | site;
    return true;
  }

  private static boolean isOwn(ThreadState t, long stamp) {
    return stamp == 0 || Stamp.sameBlock(stamp, t.epoch);
  }

  /**
   * A read. Leaves the new words in {@link ThreadState#read} and {@link ThreadState#readers}.
   *
   * @param t the current thread's state
   * @param object whose variable it is: an object, a class, an array
   * @param index of the element; -1 for a field
   * @param write the last write
   * @param read the last read
   * @param readers the readers
   * @param site where
   */
  static void read(
      ThreadState t,
      Object object,
      int index,
      long write,
      long read,
      @Nullable Object readers,
      int site) {
    t.sawWrite = write;
    t.sawRead = read;
    t.read = read;
    t.readers = readers;
    if (t.inside != 0 || t.optimistic || t.finalizing != 0) {
      return;
    }
    if (write != 0 && !t.ordered(write)) {
      Races.found(t, object, index, site, false, write, true);
    }
    long now = t.epoch | site;
    Races.remember(now);
    if (read == Stamp.SHARED && readers instanceof long[] last) {
      t.readers = note(last, now);
    } else if (read == 0 || read == Stamp.SHARED || t.ordered(read)) {
      t.read = now;
      t.readers = null;
    } else {
      t.readers = note(note(new long[Stamp.slot(read) + 1], read), now);
      t.read = Stamp.SHARED;
    }
  }

  private static long[] note(long[] last, long stamp) {
    int slot = Stamp.slot(stamp);
    long[] noted = slot < last.length ? last : Arrays.copyOf(last, slot + 1);
    noted[slot] = stamp;
    return noted;
  }

  /**
   * A write. Leaves the new words in {@link ThreadState#written}, {@link ThreadState#read} and
   * {@link ThreadState#readers}.
   *
   * @param t the current thread's state
   * @param object whose variable it is: an object, a class, an array
   * @param index of the element; -1 for a field
   * @param write the last write
   * @param read the last read
   * @param readers the readers
   * @param site where
   */
  static void write(
      ThreadState t,
      Object object,
      int index,
      long write,
      long read,
      @Nullable Object readers,
      int site) {
    t.sawWrite = write;
    t.sawRead = read;
    t.written = write;
    t.read = read;
    t.readers = readers;
    if (t.inside != 0 || t.finalizing != 0) {
      return;
    }
    if (write != 0 && !t.ordered(write)) {
      Races.found(t, object, index, site, true, write, true);
    }
    if (read == Stamp.SHARED) {
      if (readers instanceof long[] last) {
        checkReaders(t, object, index, last, site);
      }
      t.read = 0;
      t.readers = null;
    } else if (read != 0 && !t.ordered(read)) {
      Races.found(t, object, index, site, true, read, false);
    }
    t.written = t.epoch | site;
    Races.remember(t.written);
  }

  /**
   * Looks, after a read and a fence, for a write that came in the same moment.
   *
   * @param t the current thread's state
   * @param object whose variable it is
   * @param index of the element; -1 for a field
   * @param write the last write, as it now is
   * @param site where
   */
  static void settleRead(ThreadState t, Object object, int index, long write, int site) {
    if (write != t.sawWrite
        && t.inside == 0
        && !t.optimistic
        && t.finalizing == 0
        && !t.ordered(write)) {
      Races.found(t, object, index, site, false, write, true);
    }
  }

  /**
   * Looks, after a write and a fence, for reads that came in the same moment.
   *
   * @param t the current thread's state
   * @param object whose variable it is
   * @param index of the element; -1 for a field
   * @param read the last read, as it now is
   * @param readers the readers, as they now are
   * @param site where
   */
  static void settleWrite(
      ThreadState t, Object object, int index, long read, @Nullable Object readers, int site) {
    if (t.inside != 0 || t.finalizing != 0) {
      return;
    }
    if (read == Stamp.SHARED) {
      if (readers instanceof long[] last) {
        checkReaders(t, object, index, last, site);
      }
    } else if (read != t.sawRead && read != 0 && !t.ordered(read)) {
      Races.found(t, object, index, site, true, read, false);
    }
  }

  private static void checkReaders(ThreadState t, Object object, int index, long[] last, int site) {
    for (long read : last) {
      if (read != 0 && !t.ordered(read)) {
        Races.found(t, object, index, site, true, read, false);
        return;
      }
    }
  }
}
