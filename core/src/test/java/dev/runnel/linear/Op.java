package dev.runnel.linear;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One operation of a program.
 *
 * @param kind which
 * @param patience how long it waits, if it can
 * @param ways what it may do at which channel: one way, or for a select several
 * @param target the channel or the thread that it is about, if it has no ways; of a batch, the most
 *     values
 */
record Op(Kind kind, Patience patience, List<Way> ways, int target) {
  enum Kind {
    PLAIN,
    SELECT,
    /** A select whose first ready way is gone. */
    SELECT_IN_ORDER,
    /** Receives up to so many values as the target says. */
    BATCH,
    CLOSE,
    FAIL,
    LENGTH,
    /** Interrupts another thread. */
    INTERRUPT,
    /** Waits until another thread's operation waits, so that the order of waiters is known. */
    AWAIT_WAITING
  }

  enum Patience {
    NONE,
    /** A time of zero, which is over at once. */
    ZERO,
    TIMED,
    UNBOUNDED,
    UNTIL_CONTEXT_ENDS
  }

  /**
   * A send or a receive.
   *
   * @param channel where
   * @param value what to send; {@link #RECEIVES} for a receive
   */
  record Way(int channel, int value) {
    static final int RECEIVES = Integer.MIN_VALUE;

    boolean sends() {
      return value != RECEIVES;
    }

    @Override
    public String toString() {
      return sends() ? "send " + value + " to " + channel : "receive from " + channel;
    }
  }

  /** Whether it does something at channels, rather than to threads. */
  boolean isOfChannels() {
    return kind != Kind.INTERRUPT && kind != Kind.AWAIT_WAITING;
  }

  /** Whether a send that a channel drops is told so. */
  boolean tellsOfDrops() {
    return kind == Kind.PLAIN && patience == Patience.NONE;
  }

  @Override
  public String toString() {
    String what = ways.stream().map(Way::toString).collect(Collectors.joining(" or "));
    return switch (kind) {
      case PLAIN -> what + " (" + patience + ")";
      case SELECT -> "select " + what + " (" + patience + ")";
      case SELECT_IN_ORDER -> "select in order " + what + " (" + patience + ")";
      case BATCH -> what + ", up to " + target;
      default -> kind + " " + target;
    };
  }
}
