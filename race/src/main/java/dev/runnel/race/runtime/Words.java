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
    read(t, object, Races.CONTENTS, site);
  }

  /** Likewise, of the variable with an index. */
  final void read(ThreadState t, Object object, int index, int site) {
    if (!isUsed(t.epoch)) {
      PLACES.read(this, t, object, index, site);
    }
  }

  /** Notes a write by the current thread, and tells of the accesses that race with it. */
  final void write(ThreadState t, Object object, int site) {
    write(t, object, Races.CONTENTS, site);
  }

  /** Likewise, of the variable with an index. */
  final void write(ThreadState t, Object object, int index, int site) {
    if (!isWritten(t.epoch)) {
      PLACES.write(this, t, object, index, site);
    }
  }

  /** Whether this is noted already that a thread has used it in a tick. */
  final boolean isUsed(long tick) {
    return Stamp.sameTick(read, tick) || Stamp.sameTick(write, tick);
  }

  /** Likewise, that it has written it. */
  final boolean isWritten(long tick) {
    return Stamp.sameTick(write, tick);
  }

  /** Those and those who have left their stamps here. */
  long users(long others) {
    return Users.and(Users.and(others, write), read);
  }

  /** Whether many have read it since the last write. */
  final boolean isShared() {
    return read == Stamp.SHARED;
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
