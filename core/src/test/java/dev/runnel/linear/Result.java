package dev.runnel.linear;

import java.util.List;

/** What an operation of a program brought. */
sealed interface Result {
  /**
   * One of its ways was gone.
   *
   * @param way which; {@link #UNKNOWN_WAY} if an exception hides it
   * @param item what it brought
   */
  record Went(int way, Item item) implements Result {
    static final int UNKNOWN_WAY = -1;

    /** Whether what was seen can be this. */
    boolean matches(Result seen) {
      return seen instanceof Went(int itsWay, Item itsItem)
          && (itsWay == way || itsWay == UNKNOWN_WAY)
          && itsItem.equals(item);
    }
  }

  /** What a way brings. */
  sealed interface Item {}

  record Value(int value) implements Item {}

  enum Mark implements Item {
    SENT,
    /** A send whose value the channel has dropped. */
    DROPPED,
    /** A send that failed. */
    CLOSED,
    /** A receive from a channel that is closed. */
    END,
    /** A receive from a channel that has failed. */
    FAILED
  }

  /** Of a close or a fail: whether it was the first. */
  record Ended(boolean first) implements Result {}

  /** What {@code receiveUpTo} brought, if anything. */
  record Batch(List<Integer> values) implements Result {}

  record Length(int length) implements Result {}

  enum Nothing implements Result {
    /** Nothing could be done now, or in time. */
    NOTHING,
    /** It was interrupted, or its context ended. */
    GAVE_UP
  }
}
