package dev.runnel.race.runtime;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The shadow words of one variable that has no place of its own: a collection's structure, one of
 * its values. What the members added to a class do for a field (see {@code Members}) it does here,
 * and its ordering is that of {@link Accesses}.
 */
class Words {
  private long write;
  private long read;
  private @Nullable Object readers;

  /** Notes a read by the current thread, and tells of the write that races with it. */
  final void read(ThreadState t, Object object, int site) {
    if (Stamp.sameTick(read, t.epoch) || Stamp.sameTick(write, t.epoch)) {
      return;
    }
    do {
      Accesses.read(t, object, Races.CONTENTS, write, read, readers, site);
    } while (Accesses.stale(t, write, read));
    read = t.read;
    readers = t.readers;
    VarHandle.fullFence();
    Accesses.settleRead(t, object, Races.CONTENTS, write, site);
  }

  /** Notes a write by the current thread, and tells of the accesses that race with it. */
  final void write(ThreadState t, Object object, int site) {
    if (Stamp.sameTick(write, t.epoch)) {
      return;
    }
    do {
      Accesses.write(t, object, Races.CONTENTS, write, read, readers, site);
    } while (Accesses.stale(t, write, read));
    write = t.written;
    read = t.read;
    readers = t.readers;
    VarHandle.fullFence();
    Accesses.settleWrite(t, object, Races.CONTENTS, write, read, readers, site);
  }

  /** Tells of accesses that race with one by the current thread, which is noted elsewhere. */
  final void check(ThreadState t, Object object, int site, boolean writes) {
    if (writes) {
      Accesses.write(t, object, Races.CONTENTS, write, read, readers, site);
    } else {
      Accesses.read(t, object, Races.CONTENTS, write, 0, null, site);
    }
  }
}
