package dev.runnel.soak;

/** What workers do, for the count at the end of a soak. */
enum Kind {
  SEND("send"),
  SEND_WITH_CONTEXT("send with a context"),
  TIMED_SEND("timed send"),
  TRY_SEND("trySend"),
  SEND_ALL("sendAll"),
  RECEIVE("receive"),
  RECEIVE_WITH_CONTEXT("receive with a context"),
  TIMED_RECEIVE("timed receive"),
  TRY_RECEIVE("tryReceive"),
  RECEIVE_OR_THROW("receiveOrThrow"),
  RECEIVE_UP_TO("receiveUpTo"),
  REFUSE("receiveUpTo, some refused"),
  ITERATE("iterator, stream, receiveEach"),
  ONE_SHOT_SELECT("one-shot select"),
  SELECT_BOTH_WAYS("select of a send and a receive"),
  REUSABLE_SELECT("reusable select"),
  SELECT_IN_ORDER("select in order"),
  CLOSE("close, fail"),
  INTERRUPTED("interrupted"),
  CONTEXT_ENDED("context ended");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
