package dev.runnel.internal.select;

/** An arm that waits for a foreign queue. Called without locks. */
sealed interface ForeignArm permits SourceReceiving, SinkSending {

  /** Goes, if it can. */
  boolean attempt();

  /** The source or sink. */
  Object foreign();

  void arm(Runnable wake);

  void disarm(Runnable wake);
}
