package dev.runnel.internal.park;

/** Something that goroutines wait for again and again, and that has learned how best to. */
public interface Patient {

  /** How to wait for it now. */
  Way way();
}
