package dev.runnel.linear;

/** One operation as it was seen to happen. Times are counts of one clock for all threads. */
final class Call {
  /** How a call ended that gave up, for the checker. */
  enum Fate {
    /** It brought a result. */
    DONE,
    /** It gave up at some time before it returned, or before it did anything. */
    GAVE_UP,
    /** It waited to the end, when nobody did anything any more. */
    STUCK
  }

  final int thread;
  final Op op;
  final int called;
  volatile int returned = Integer.MAX_VALUE;
  volatile Result result;
  volatile Fate fate = Fate.DONE;

  /** When it was seen waiting first. */
  volatile int seenWaiting = Integer.MAX_VALUE;

  Call(int thread, Op op, int called) {
    this.thread = thread;
    this.op = op;
    this.called = called;
  }

  /** The latest moment at which it can have made its request. */
  int requestedBy() {
    return Math.min(returned, seenWaiting);
  }

  @Override
  public String toString() {
    String seen = seenWaiting == Integer.MAX_VALUE ? "" : ", seen waiting at " + seenWaiting;
    String end = fate == Fate.STUCK ? "waited to the end" : returned + " " + result;
    return "thread " + thread + ", " + called + " to " + end + seen + ": " + op;
  }
}
