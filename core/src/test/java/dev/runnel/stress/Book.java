package dev.runnel.stress;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What one worker sent and received. Values are unique: the worker's number and a count.
 *
 * <p>Only its worker writes it; it is read when that has ended.
 */
final class Book {
  private static final int COUNT_BITS = 22;
  private static final int MOST = 1 << COUNT_BITS;

  private final int worker;
  private final boolean ordered;
  private final BitSet sent = new BitSet();
  private int made;
  private int[] received = new int[256];
  private int receivedCount;

  /** The count of the last value received, by channel and sender, plus one. */
  private final int[][] last;

  Book(int worker, int workers, int channels, boolean ordered) {
    this.worker = worker;
    this.ordered = ordered;
    this.last = new int[channels][workers];
  }

  /** A value that nobody has sent yet. */
  Integer fresh() {
    if (made == MOST) {
      throw new AssertionError("too many values: lower runnel.stress.scale");
    }
    return worker << COUNT_BITS | made++;
  }

  /** The send of a value has returned normally. */
  void sent(int value) {
    if (senderOf(value) != worker || sent.get(countOf(value))) {
      throw new AssertionError("a value of somebody else, or sent twice: " + name(value));
    }
    sent.set(countOf(value));
  }

  void received(int channel, int value) {
    if (receivedCount == received.length) {
      received = Arrays.copyOf(received, receivedCount * 2);
    }
    received[receivedCount++] = value;
    int before = last[channel][senderOf(value)];
    if (ordered && countOf(value) < before) {
      throw new AssertionError(
          "worker " + worker + " received " + name(value) + " after count " + (before - 1));
    }
    last[channel][senderOf(value)] = countOf(value) + 1;
  }

  BitSet sentCounts() {
    return sent;
  }

  int[] receivedValues() {
    return Arrays.copyOf(received, receivedCount);
  }

  static int senderOf(int value) {
    return value >>> COUNT_BITS;
  }

  static int countOf(int value) {
    return value & (MOST - 1);
  }

  static String name(int value) {
    return "value " + countOf(value) + " of worker " + senderOf(value);
  }
}
