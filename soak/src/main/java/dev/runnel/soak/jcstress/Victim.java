package dev.runnel.soak.jcstress;

import org.jspecify.annotations.Nullable;

/** A thread that another interrupts while it is in an operation, exactly once. */
final class Victim {
  private volatile @Nullable Thread thread;
  private volatile boolean interrupted;

  /**
   * Runs an operation that is interrupted before, in or after it, and takes the flag down.
   *
   * @return the operation's word, and whether the flag was left set
   */
  String run(Ops.Blocking op) {
    thread = Thread.currentThread();
    Object word = Ops.outcome(op);
    while (!interrupted) {
      Ops.pause();
    }
    return word + (Thread.interrupted() ? " flagged" : "");
  }

  void interrupt() {
    Thread victim;
    while ((victim = thread) == null) {
      Ops.pause();
    }
    victim.interrupt();
    interrupted = true;
  }
}
