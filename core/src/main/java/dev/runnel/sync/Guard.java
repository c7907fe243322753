package dev.runnel.sync;

/** The lock that guards a condition: let go of while a goroutine waits, and taken again. */
interface Guard {

  /** Whether somebody holds it; may be out of date when this returns. */
  boolean isLocked();

  /**
   * Unlocks.
   *
   * @throws IllegalStateException if it is not locked
   */
  void unlock();

  /** Locks whatever interrupts come; their flag is set afterwards. */
  void lockWhateverComes();
}
