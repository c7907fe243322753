package dev.runnel.internal.channel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A channel's buffered values, oldest first, in a ring whose memory grows by doubling as it fills.
 * Protected by the channel's lock; the channel keeps to its capacity.
 */
sealed class Ring permits LogRing {
  private static final Object[] NO_SLOTS = {};
  private static final int FIRST_LENGTH = 8;
  private static final int LONGEST = 1 << 30;

  private @Nullable Object[] slots = NO_SLOTS; // length is 0 or a power of two
  private int head;
  private int size;

  int size() {
    return size;
  }

  /** The oldest value, which stays; null if there is none. */
  @Nullable Object first() {
    return size == 0 ? null : slots[head];
  }

  void add(Object value) {
    ensureRoom();
    slots[(head + size) & (slots.length - 1)] = value;
    size++;
  }

  /** Takes the oldest value; null if there is none. */
  @Nullable Object take() {
    if (size == 0) {
      return null;
    }
    Object value = slots[head];
    slots[head] = null;
    head = (head + 1) & (slots.length - 1);
    size--;
    return value;
  }

  /** Puts a value back in front of all others. */
  void putBack(Object value) {
    ensureRoom();
    head = (head - 1) & (slots.length - 1);
    slots[head] = value;
    size++;
  }

  /** Hears that a receiver is about to wait; returns whether there is a value for it after all. */
  boolean awaited() {
    return false;
  }

  /** Hears that the channel ends, so that nothing more can come. */
  void ending() {}

  private void ensureRoom() {
    if (size < slots.length) {
      return;
    }
    if (size == LONGEST) {
      throw new OutOfMemoryError("a channel can't buffer more than " + LONGEST + " values");
    }
    @Nullable Object[] longer = Arrays.copyOf(slots, Math.max(FIRST_LENGTH, size * 2));
    // The ring was full: what had wrapped round to the front now belongs behind the old end.
    System.arraycopy(longer, 0, longer, size, head);
    Arrays.fill(longer, 0, head, null);
    slots = longer;
  }
}
