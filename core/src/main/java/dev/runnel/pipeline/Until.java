package dev.runnel.pipeline;

/** Until when an operator takes values of several pipelines that run at once. */
public enum Until {
  /** Until all have ended. */
  ALL_END,

  /** Until one has ended, whichever it is; the others are stopped then. */
  ANY_ENDS,

  /**
   * Until the first of them has ended: the one that the operator is called on, or the head of the
   * list. The others are stopped then.
   */
  FIRST_ENDS,

  /**
   * Until the last of them has ended: the one that the operator is given, or the end of the list.
   * The others are stopped then.
   */
  LAST_ENDS
}
