package dev.runnel.linear;

import java.util.List;

/** The channels that a program works at: Runnel's, or others with a known flaw. */
interface Subject {
  /** Makes channels of the given kinds. */
  interface Maker {
    Subject make(List<Kind> kinds);
  }

  /** Performs an operation of channels; an interrupt makes it give up. */
  Result perform(Op op) throws InterruptedException;

  /** Ends the context that operations may wait for. */
  void endContext();
}
