package dev.runnel.race.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The shadow words of one variable that has no place of its own: a collection's structure, one of
 * its values.
 */
class Words {
  private static final WordPlaces PLACES =
      new WordPlaces(
          Internals.offset(Words.class, "write"),
          Internals.offset(Words.class, "read"),
          Internals.offset(Words.class, "readers"));

  private long write;
  private long read;
  private @Nullable Object readers;

  /** Notes a read by the current thread, and tells of the write that races with it. */
  final void read(ThreadState t, Object object, int site) {
    if (!Stamp.sameTick(read, t.epoch) && !Stamp.sameTick(write, t.epoch)) {
      PLACES.read(this, t, object, Races.CONTENTS, site);
    }
  }

  /** Notes a write by the current thread, and tells of the accesses that race with it. */
  final void write(ThreadState t, Object object, int site) {
    if (!Stamp.sameTick(write, t.epoch)) {
      PLACES.write(this, t, object, Races.CONTENTS, site);
    }
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
