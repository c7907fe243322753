package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shadow of an array. Its elements come in chunks, made when an element of a chunk is first
 * used; the first one is this object itself.
 *
 * <p>An array that is much used is one variable from then on, as most are used by one thread, or
 * handed from one to the next, or only read. Two accesses of it that nothing orders need not be of
 * one element, so they are not told of; they make it many variables again, and for good. What was
 * known of the elements is forgotten then.
 */
final class Elements extends ElementChunk {
  private static final VarHandle CHUNKS = MethodHandles.arrayElementVarHandle(ElementChunk[].class);

  /** An array is much used when each element is, on average, and all together. */
  private static final int MUCH_EACH = 4;

  private static final int MUCH = 1 << 10;

  private final int length;

  /** The chunks but the first: most arrays need no other. */
  private final @Nullable ElementChunk @Nullable [] rest;

  /** All elements, as one variable. */
  private @Nullable Words all;

  /** Uses until then; of two in the same moment, one may not count. */
  private int cold;

  Elements(@Nullable Object array, int hash, int length) {
    super(array, hash, 0);
    this.length = length;
    this.cold = (int) Math.min(MUCH + (long) MUCH_EACH * length, Integer.MAX_VALUE);
    this.rest = length <= LENGTH ? null : new ElementChunk[(length - 1) / LENGTH];
  }

  int length() {
    return length;
  }

  void read(ThreadState t, Object array, int index, int site) {
    Words one = all;
    if (one != null) {
      one.read(t, array, Races.ALL, site);
      if (!t.collided) {
        return;
      }
      split(t);
    } else if (--cold == 0) {
      unite();
    }
    chunk(index).read(t, array, index, length, site);
  }

  void write(ThreadState t, Object array, int index, int site) {
    Words one = all;
    if (one != null) {
      one.write(t, array, Races.ALL, site);
      if (!t.collided) {
        return;
      }
      split(t);
    } else if (--cold == 0) {
      unite();
    }
    chunk(index).write(t, array, index, length, site);
  }

  @Override
  long users() {
    Words one = all;
    if (one != null) {
      return one.users(Users.NONE);
    }
    long users = super.users();
    if (rest != null) {
      for (ElementChunk chunk : rest) {
        users = chunk == null ? users : Users.both(users, chunk.users());
      }
    }
    return users;
  }

  /**
   * Whether there is nothing to note of a read by a thread, as all are one variable.
   *
   * @param tick the thread's
   * @param last when it has last read this, if many read it
   */
  boolean isRead(long tick, long last) {
    Words one = all;
    return one != null && (one.isShared() ? last == tick : one.isUsed(tick));
  }

  /** Likewise of a write. */
  boolean isWritten(long tick) {
    Words one = all;
    return one != null && one.isWritten(tick);
  }

  /** Whether all are one variable, which many have read since the last write. */
  boolean isShared() {
    Words one = all;
    return one != null && one.isShared();
  }

  private void unite() {
    all = new Words();
    forgetWords();
    if (rest != null) {
      Arrays.fill(rest, null);
    }
  }

  private void split(ThreadState t) {
    t.collided = false;
    cold = Integer.MAX_VALUE;
    all = null;
  }

  private ElementChunk chunk(int index) {
    @Nullable ElementChunk[] others = rest;
    if (others == null || index < LENGTH) {
      return this;
    }
    ElementChunk chunk = others[index / LENGTH - 1];
    return chunk != null ? chunk : add(others, index);
  }

  private static ElementChunk add(@Nullable ElementChunk[] others, int index) {
    ElementChunk made = new ElementChunk(null, 0, index & -LENGTH);
    Object before = CHUNKS.compareAndExchange(others, index / LENGTH - 1, null, made);
    return before == null ? made : (ElementChunk) before;
  }
}
