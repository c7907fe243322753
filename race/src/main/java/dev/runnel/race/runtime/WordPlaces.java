package dev.runnel.race.runtime;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Where the three words of a variable are in the object that has them, and how they are used when
 * the last access was not of the same tick.
 *
 * <p><b>Memory ordering.</b> A stamp is put in place of the one that was looked at by a
 * compare-and-set, and if that fails all begins anew; so of two writes, or two reads, in the same
 * moment one sees the other. It is also a full fence, behind which a read looks at the last write
 * once more, and a write at the reads; so of a read and a write one sees the other, too. {@link
 * Accesses} says what goes without.
 *
 * <p>Readers are noted before the read becomes {@link Stamp#SHARED}, so who sees that sees them.
 * They are forgotten by a write, after it has looked at them.
 *
 * @param written the offset of the last write
 * @param read the offset of the last read
 * @param readers the offset of the readers
 */
record WordPlaces(long written, long read, long readers) {

  /**
   * A read.
   *
   * @param at what has the words
   * @param t the current thread's state
   * @param object whose variable it is, for reports
   * @param index of the element; -1 for a field
   * @param site where
   */
  void read(Object at, ThreadState t, Object object, int index, int site) {
    while (true) {
      long write = Internals.getLong(at, written);
      long last = Internals.getLong(at, read);
      if (Accesses.readsOwn(t, write, last, site)) {
        Internals.putLong(at, read, t.read);
        return;
      }
      Object known = Internals.getReference(at, readers);
      if (Accesses.readsAgain(t, write, last, known, site)) {
        return;
      }
      Accesses.read(t, object, index, write, last, known, site);
      if (noteRead(at, last, known, t.read, t.readers)) {
        Accesses.settleRead(t, object, index, Internals.getLong(at, written), site);
        return;
      }
    }
  }

  /** Puts down what a read leaves; false if others have changed the words meanwhile. */
  private boolean noteRead(
      Object at, long last, @Nullable Object known, long now, @Nullable Object noted) {
    if (noted != known && !Internals.compareAndSetReference(at, readers, known, noted)) {
      return false;
    }
    if (now != last) {
      return Internals.compareAndSetLong(at, read, last, now);
    }
    VarHandle.fullFence();
    // An array that another reader, or a write, has replaced may lack what was noted in it.
    return Internals.getReference(at, readers) == noted;
  }

  /**
   * A write.
   *
   * @param at what has the words
   * @param t the current thread's state
   * @param object whose variable it is, for reports
   * @param index of the element; -1 for a field
   * @param site where, with {@link Stamp#MADE} in a constructor
   */
  void write(Object at, ThreadState t, Object object, int index, int site) {
    int plain = Stamp.plain(site);
    while (true) {
      long write = Internals.getLong(at, written);
      long last = Internals.getLong(at, read);
      if (Accesses.writesOwn(t, write, last, site)) {
        Internals.putLong(at, written, t.written);
        return;
      }
      Object known = Internals.getReference(at, readers);
      Accesses.write(t, object, index, write, last, known, plain);
      if (Internals.compareAndSetLong(at, written, write, t.written)) {
        long now = Internals.getLong(at, read);
        Accesses.settleWrite(t, object, index, now, Internals.getReference(at, readers), plain);
        if (now == Stamp.SHARED && t.read != now) {
          Internals.putLong(at, read, 0);
          Internals.putReference(at, readers, null);
        }
        return;
      }
    }
  }
}
