package dev.runnel.internal.time;

/** Something that a {@link Clock} will do later. */
@FunctionalInterface
public interface Alarm {
  /** An alarm that never rings. */
  Alarm NONE = () -> false;

  /**
   * Takes the alarm back; it leaves the clock's memory at once.
   *
   * @return true if it will not ring, false if it has rung, is ringing, or was cancelled before
   */
  boolean cancel();
}
