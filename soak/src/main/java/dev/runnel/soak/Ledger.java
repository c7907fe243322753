package dev.runnel.soak;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The account of a party: for each sender a bit for every value it sent and one for every value
 * that came.
 *
 * <p>A value is its sender's number and a count. A sender gives each attempt a new count, so a
 * value that arrives though its send gave up is found too. Receivers mark what comes by an atomic
 * or, which tells at once when a value comes twice.
 */
final class Ledger {
  private static final VarHandle BITS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int COUNT_BITS = 32;

  private final long[][] sent;
  private final long[][] received;

  /**
   * Creates an empty account.
   *
   * @param senders how many senders
   * @param perSender how many values each can make
   */
  Ledger(int senders, int perSender) {
    int words = (perSender + Long.SIZE - 1) / Long.SIZE;
    sent = new long[senders][words];
    received = new long[senders][words];
  }

  static Long value(int sender, int count) {
    return (long) sender << COUNT_BITS | count;
  }

  static int senderOf(long value) {
    return (int) (value >>> COUNT_BITS);
  }

  static int countOf(long value) {
    return (int) value;
  }

  static String name(long value) {
    return "value " + countOf(value) + " of sender " + senderOf(value);
  }

  /** The send of a value has returned normally. Called by its sender only. */
  void sent(long value) {
    int count = countOf(value);
    sent[senderOf(value)][count / Long.SIZE] |= 1L << count;
  }

  /** A value has come. Called by anybody. */
  void received(long value) {
    int count = countOf(value);
    long bit = 1L << count;
    long before = (long) BITS.getAndBitwiseOr(received[senderOf(value)], count / Long.SIZE, bit);
    if ((before & bit) != 0) {
      throw new Violation("received twice: " + name(value));
    }
  }

  /**
   * Closes the account, when all workers have ended.
   *
   * @param dropped how many values the channels say they have dropped
   * @return how many values have come
   */
  long balance(long dropped) {
    long came = 0;
    long missing = 0;
    String firstMissing = "";
    for (int sender = 0; sender < sent.length; sender++) {
      for (int word = 0; word < sent[sender].length; word++) {
        long out = sent[sender][word];
        long in = received[sender][word];
        if ((in & ~out) != 0) {
          throw new Violation(
              "received though its send gave up: " + nameOf(sender, word, in & ~out));
        }
        came += Long.bitCount(in);
        long lost = out & ~in;
        if (lost != 0) {
          firstMissing = missing == 0 ? nameOf(sender, word, lost) : firstMissing;
          missing += Long.bitCount(lost);
        }
      }
    }
    if (missing != dropped) {
      throw new Violation(
          missing + " values lost, " + dropped + " of them dropped; the first: " + firstMissing);
    }
    return came;
  }

  private static String nameOf(int sender, int word, long bits) {
    return name(value(sender, word * Long.SIZE + Long.numberOfTrailingZeros(bits)));
  }
}
