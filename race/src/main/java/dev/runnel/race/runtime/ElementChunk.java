package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of up to 256 neighbouring elements of an array.
 *
 * <p>As long as they have been used by one thread in one tick, and that from one to the next, they
 * need no words: they are a run of one stamp. A run is exact, so it never tells of an access that
 * did not happen; whatever does not fit turns it into words.
 *
 * <p>It is a {@link Shadow} so that the first chunk of an array, which is all that most arrays
 * need, is one object with the array's.
 *
 * <p><b>Memory ordering.</b> As in {@link WordPlaces}. Run and words are put in place by
 * compare-and-set, so nobody's first note is lost; who sees a run whose thread has not said yet
 * which elements it is of waits for that. A thread that makes its run longer while another gives
 * each element its words may lose the note of that one use.
 */
class ElementChunk extends Shadow {
  /** Elements in a chunk. */
  static final int LENGTH = 1 << 8;

  private static final SpinLock LOCK = new SpinLock();
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle STAMP;
  private static final VarHandle RANGE;
  private static final VarHandle WORDS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STAMP = lookup.findVarHandle(ElementChunk.class, "stamp", long.class);
      RANGE = lookup.findVarHandle(ElementChunk.class, "range", int.class);
      WORDS = lookup.findVarHandle(ElementChunk.class, "words", Words.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** How long to wait for another thread that has something to say, in looks. */
  private static final int PATIENCE = 1 << 10;

  /** In a range, beside its ends: its elements were written. */
  private static final int WRITTEN = 1 << 20;

  private static final int TO_SHIFT = 10;
  private static final int FROM = (1 << TO_SHIFT) - 1;

  /** Where it begins in the array. */
  private final int first;

  /** The run's; 0 if there is none. */
  private long stamp;

  /** The run's elements, as {@link #range} has them. Only the run's own thread changes it. */
  private int range;

  private @Nullable Words words;

  /** The first chunk of an array, or, of no object, another one. */
  ElementChunk(@Nullable Object array, int hash, int first) {
    super(array, hash);
    this.first = first;
  }

  final void read(ThreadState t, Object array, int index, int length, int site) {
    Words w = words;
    if (w == null && fitsRun(t.epoch | site, index - first, 0)) {
      return;
    }
    w = words;
    if (w == null) {
      w = spread(length);
    }
    w.read(t, array, index, index - first, site);
  }

  final void write(ThreadState t, Object array, int index, int length, int site) {
    Words w = words;
    if (w == null && fitsRun(t.epoch | site, index - first, WRITTEN)) {
      return;
    }
    w = words;
    if (w == null) {
      w = spread(length);
    }
    w.write(t, array, index, index - first, site);
  }

  @Override
  long users() {
    long users = Users.and(Users.NONE, stamp);
    Words w = words;
    return w == null ? users : w.users(users);
  }

  /** Forgets all that is noted but the run, of which it is not known who may be changing it. */
  final void forgetWords() {
    words = null;
  }

  /** From an element, counted from 0, to another, counted from 1, so that it is never 0. */
  private static int range(int from, int to, int written) {
    return from | (to + 1) << TO_SHIFT | written;
  }

  private static int from(int range) {
    return range & FROM;
  }

  private static int to(int range) {
    return (range >>> TO_SHIFT & FROM) - 1;
  }

  /**
   * Notes a use in the run, if it fits there, and no other thread is at this chunk.
   *
   * @param now the use's stamp
   * @param i the element, in this chunk
   * @param written {@link #WRITTEN}, or 0
   */
  private boolean fitsRun(long now, int i, int written) {
    long run = stamp;
    if (run == 0) {
      Races.remember(now);
      if (!STAMP.compareAndSet(this, 0L, now)) {
        return false;
      }
      RANGE.setRelease(this, range(i, i, written));
      return words == null;
    }
    if (!Stamp.sameTick(run, now)) {
      return false;
    }
    int r = range;
    if (i >= from(r) && i <= to(r)) { // as with words, one note in a tick is enough
      return written <= (r & WRITTEN) && words == null;
    }
    if (run != now || i != to(r) + 1 || written != (r & WRITTEN)) {
      return false;
    }
    range = range(from(r), i, written);
    return words == null;
  }

  /** Gives each element its words. */
  private Words spread(int length) {
    Words w = new Words(Math.min(LENGTH, length - first));
    long run = stamp;
    if (run != 0) {
      int r = (int) RANGE.getAcquire(this);
      for (int i = 0; r == 0 && i < PATIENCE; i++) {
        Thread.onSpinWait();
        r = (int) RANGE.getAcquire(this);
      }
      w.note(from(r), to(r), run, (r & WRITTEN) != 0);
    }
    Object before = WORDS.compareAndExchange(this, null, w);
    return before == null ? w : (Words) before;
  }

  /**
   * The words of each element. What many threads read, each in turn, is found by the thread's slot
   * first, so that each notes its reads side by side in memory of its own.
   */
  private static final class Words {
    private static final VarHandle WRITES;
    private static final VarHandle READS;

    static {
      try {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        WRITES = lookup.findVarHandle(Words.class, "writes", long[].class);
        READS = lookup.findVarHandle(Words.class, "reads", long[].class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private final int length;

    /** The last writes; null until there is one. Likewise the last reads. */
    private long @Nullable [] writes;

    private long @Nullable [] reads;
    private volatile long @Nullable [] @Nullable [] bySlot;

    Words(int length) {
      this.length = length;
    }

    private long written(int i) {
      long[] all = writes;
      return all == null ? 0 : all[i];
    }

    private long read(int i) {
      long[] all = reads;
      return all == null ? 0 : all[i];
    }

    private long[] writes() {
      return writes != null ? writes : made(WRITES);
    }

    private long[] reads() {
      return reads != null ? reads : made(READS);
    }

    private long[] made(VarHandle which) {
      long[] made = new long[length];
      Object before = which.compareAndExchange(this, null, made);
      return before == null ? made : (long[]) before;
    }

    long users(long others) {
      long[] w = writes;
      long[] r = reads;
      long users = w == null ? others : Users.and(others, w);
      return r == null ? users : Users.and(users, r);
    }

    /** Notes a run. */
    void note(int from, int to, long stamp, boolean written) {
      Arrays.fill(written ? writes() : reads(), from, to + 1, stamp);
    }

    void read(ThreadState t, Object array, int index, int i, int site) {
      long write = written(i);
      long read = read(i);
      if (Stamp.sameTick(read, t.epoch) || Stamp.sameTick(write, t.epoch)) {
        return;
      }
      if (read == Stamp.SHARED) {
        readShared(t, array, index, i, site);
        return;
      }
      if (Accesses.readsOwn(t, write, read, site)) {
        reads()[i] = t.read;
        return;
      }
      Accesses.read(t, array, index, write, read, null, site);
      if (t.readers instanceof long[] both) {
        for (int slot = 0; slot < both.length; slot++) {
          if (both[slot] != 0) {
            of(slot)[i] = both[slot];
          }
        }
      }
      if (WORD.compareAndSet(reads(), i, read, t.read)) {
        Accesses.settleRead(t, array, index, written(i), site);
      } else {
        read(t, array, index, i, site);
      }
    }

    private void readShared(ThreadState t, Object array, int index, int i, int site) {
      long[] ours = of(Stamp.slot(t.epoch));
      long last = ours[i];
      if (Stamp.sameTick(last, t.epoch) || t.optimistic) {
        return;
      }
      long write = written(i);
      if (write != 0 && !t.ordered(write)) {
        Races.found(t, array, index, site, false, write, true);
      }
      ours[i] = t.epoch | site;
      Races.remember(ours[i]);
      if (!Stamp.sameBlock(last, t.epoch)) {
        t.sawWrite = write;
        VarHandle.fullFence();
        Accesses.settleRead(t, array, index, written(i), site);
      }
      if (read(i) != Stamp.SHARED) { // a write has come in between, and may have forgotten ours
        read(t, array, index, i, site);
      }
    }

    void write(ThreadState t, Object array, int index, int i, int site) {
      long write = written(i);
      if (Stamp.sameTick(write, t.epoch)) {
        return;
      }
      long read = read(i);
      if (Accesses.writesOwn(t, write, read, site)) {
        writes()[i] = t.written;
        return;
      }
      Accesses.write(t, array, index, write, read, readers(read, i), site);
      if (!WORD.compareAndSet(writes(), i, write, t.written)) {
        write(t, array, index, i, site);
        return;
      }
      long now = read(i);
      Accesses.settleWrite(t, array, index, now, readers(now, i), site);
      if (now == Stamp.SHARED && t.read != now) {
        reads()[i] = 0;
        forgetReaders(i);
      }
    }

    /** The last reads of the elements by the threads of a slot. */
    private long[] of(int slot) {
      long @Nullable [] @Nullable [] all = bySlot;
      long[] found = all != null && slot < all.length ? all[slot] : null;
      return found != null ? found : add(slot);
    }

    private long[] add(int slot) {
      LOCK.lock();
      try {
        long @Nullable [] @Nullable [] all = bySlot;
        long @Nullable [] @Nullable [] more =
            all == null ? new long[slot + 1][] : Arrays.copyOf(all, Math.max(slot + 1, all.length));
        long[] added = more[slot];
        if (added == null) {
          more[slot] = added = new long[length];
        }
        bySlot = more;
        return added;
      } finally {
        LOCK.unlock();
      }
    }

    /** The readers of an element, by slot; null if they are not many. */
    private long @Nullable [] readers(long read, int i) {
      long @Nullable [] @Nullable [] all = bySlot;
      if (read != Stamp.SHARED || all == null) {
        return null;
      }
      long[] readers = new long[all.length];
      for (int slot = 0; slot < readers.length; slot++) {
        long[] noted = all[slot];
        readers[slot] = noted == null ? 0 : noted[i];
      }
      return readers;
    }

    private void forgetReaders(int i) {
      long @Nullable [] @Nullable [] all = bySlot;
      for (int slot = 0; all != null && slot < all.length; slot++) {
        long[] noted = all[slot];
        if (noted != null) {
          noted[i] = 0;
        }
      }
    }
  }
}
