package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shadow words of up to 256 neighbouring elements of an array.
 *
 * <p><b>Memory ordering.</b> As in {@link WordPlaces}. Run and words are put in place by
 * compare-and-set, so nobody's first note is lost. A thread that makes its run longer while another
 * gives each element its words may lose the note of that one use.
 */
class ElementChunk {
  /** Elements in a chunk. */
  static final int LENGTH = 1 << 8;

  private static final SpinLock LOCK = new SpinLock();
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle RUN;
  private static final VarHandle WORDS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      RUN = lookup.findVarHandle(ElementChunk.class, "run", Run.class);
      WORDS = lookup.findVarHandle(ElementChunk.class, "words", Words.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int first;
  private @Nullable Run run;
  private @Nullable Words words;

  ElementChunk(int first) {
    this.first = first;
  }

  final void read(ThreadState t, Object array, int index, int length, int site) {
    Words w = words;
    if (w == null && fitsRun(t.epoch | site, false, index)) {
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
    if (w == null && fitsRun(t.epoch | site, true, index)) {
      return;
    }
    w = words;
    if (w == null) {
      w = spread(length);
    }
    w.write(t, array, index, index - first, site);
  }

  /** Notes a use in the run, if it fits there, and no other thread is at this chunk. */
  private boolean fitsRun(long now, boolean write, int index) {
    Run r = run;
    if (r != null) {
      return r.with(now, write, index) && words == null;
    }
    Races.remember(now);
    return RUN.compareAndSet(this, null, new Run(now, write, index, index)) && words == null;
  }

  /** Gives each element its words. */
  private Words spread(int length) {
    Words w = new Words(Math.min(LENGTH, length - first));
    Run r = run;
    if (r != null) {
      long[] noted = r.write ? w.writes : w.reads;
      Arrays.fill(noted, r.from - first, r.to - first + 1, r.stamp);
    }
    Object before = WORDS.compareAndExchange(this, null, w);
    run = null;
    return before == null ? w : (Words) before;
  }

  /**
   * A stretch of elements used by one thread in one tick at one site. Immutable but for its end.
   */
  private static final class Run {
    final long stamp;
    final boolean write;
    final int from;
    int to;

    Run(long stamp, boolean write, int from, int to) {
      this.stamp = stamp;
      this.write = write;
      this.from = from;
      this.to = to;
    }

    /** Notes another use; false if it does not fit. Only its own thread makes it longer. */
    boolean with(long now, boolean writes, int index) {
      if (now != stamp || writes != write || index < from || index > to + 1) {
        return false;
      }
      if (index > to) {
        to = index;
      }
      return true;
    }
  }

  /**
   * The words of each element. What many threads read, each in turn, is found by the thread's slot
   * first, so that each notes its reads side by side in memory of its own.
   */
  private static final class Words {
    final long[] writes;
    final long[] reads;
    volatile long @Nullable [] @Nullable [] bySlot;

    Words(int length) {
      writes = new long[length];
      reads = new long[length];
    }

    void read(ThreadState t, Object array, int index, int i, int site) {
      long write = writes[i];
      long read = reads[i];
      if (Stamp.sameTick(read, t.epoch) || Stamp.sameTick(write, t.epoch)) {
        return;
      }
      if (read == Stamp.SHARED) {
        readShared(t, array, index, i, site);
        return;
      }
      if (Accesses.readsOwn(t, write, read, site)) {
        reads[i] = t.read;
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
      if (WORD.compareAndSet(reads, i, read, t.read)) {
        Accesses.settleRead(t, array, index, writes[i], site);
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
      long write = writes[i];
      if (write != 0 && !t.ordered(write)) {
        Races.found(t, array, index, site, false, write, true);
      }
      ours[i] = t.epoch | site;
      Races.remember(ours[i]);
      if (!Stamp.sameBlock(last, t.epoch)) {
        t.sawWrite = write;
        VarHandle.fullFence();
        Accesses.settleRead(t, array, index, writes[i], site);
      }
      if (reads[i] != Stamp.SHARED) { // a write has come in between, and may have forgotten ours
        read(t, array, index, i, site);
      }
    }

    void write(ThreadState t, Object array, int index, int i, int site) {
      long write = writes[i];
      if (Stamp.sameTick(write, t.epoch)) {
        return;
      }
      long read = reads[i];
      if (Accesses.writesOwn(t, write, read, site)) {
        writes[i] = t.written;
        return;
      }
      Accesses.write(t, array, index, write, read, readers(read, i), site);
      if (!WORD.compareAndSet(writes, i, write, t.written)) {
        write(t, array, index, i, site);
        return;
      }
      long now = reads[i];
      Accesses.settleWrite(t, array, index, now, readers(now, i), site);
      if (now == Stamp.SHARED && t.read != now) {
        reads[i] = 0;
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
          more[slot] = added = new long[reads.length];
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
        long[] reads = all[slot];
        readers[slot] = reads == null ? 0 : reads[i];
      }
      return readers;
    }

    private void forgetReaders(int i) {
      long @Nullable [] @Nullable [] all = bySlot;
      for (int slot = 0; all != null && slot < all.length; slot++) {
        long[] reads = all[slot];
        if (reads != null) {
          reads[i] = 0;
        }
      }
    }
  }
}
