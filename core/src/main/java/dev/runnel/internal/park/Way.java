package dev.runnel.internal.park;

/** A way to wait for a decision, the thriftiest first. All of them end by parking. */
public enum Way {
  /** Park at once. */
  PARK,

  /** Yield a few times: that runs others, among them perhaps the one who decides. */
  YIELD,

  /** Look again and again for some microseconds: perhaps he runs already, on another processor. */
  SPIN;

  /** The one after this, in a round of all. */
  Way next() {
    return switch (this) {
      case PARK -> YIELD;
      case YIELD -> SPIN;
      case SPIN -> PARK;
    };
  }
}
