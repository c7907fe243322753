package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The shadow words of an array's elements, or of a class's fields that are not in the class itself.
 *
 * <p>They come in chunks, made when an element of a chunk is first used. As long as a chunk has
 * been used by one thread in one tick, and that from one element to the next, it needs no words at
 * all: it is a run, {@code from} to {@code to}, of one stamp. Runs are exact, so they never tell of
 * an access that did not happen; whatever does not fit turns the run into words.
 */
final class Elements extends ElementChunk {
  private static final VarHandle CHUNKS = MethodHandles.arrayElementVarHandle(ElementChunk[].class);

  private final int length;

  /** The chunks but the first, which is this object itself: most arrays need no other. */
  private final @Nullable ElementChunk @Nullable [] more;

  Elements(int length) {
    super(0);
    this.length = length;
    more = length <= LENGTH ? null : new ElementChunk[(length - 1) / LENGTH];
  }

  int length() {
    return length;
  }

  void read(ThreadState t, Object array, int index, int site) {
    chunk(index).read(t, array, index, length, site);
  }

  void write(ThreadState t, Object array, int index, int site) {
    chunk(index).write(t, array, index, length, site);
  }

  private ElementChunk chunk(int index) {
    @Nullable ElementChunk[] others = more;
    if (others == null || index < LENGTH) {
      return this;
    }
    ElementChunk chunk = others[index / LENGTH - 1];
    return chunk != null ? chunk : add(others, index);
  }

  private static ElementChunk add(@Nullable ElementChunk[] others, int index) {
    ElementChunk made = new ElementChunk(index & -LENGTH);
    Object before = CHUNKS.compareAndExchange(others, index / LENGTH - 1, null, made);
    return before == null ? made : (ElementChunk) before;
  }
}
