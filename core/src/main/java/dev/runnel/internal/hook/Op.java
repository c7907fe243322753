package dev.runnel.internal.hook;

/** The public operations that {@link OpHook} is told of. */
public enum Op {
  GO,
  JOIN,
  SLEEP,
  SEND,
  TRY_SEND,
  RECEIVE,
  TRY_RECEIVE,
  RECEIVE_UP_TO,
  CLOSE,
  FAIL,
  LENGTH,
  SELECT,
  CONTEXT_CANCEL,
  CONTEXT_ERR,
  FUTURE_GET,
  FUTURE_CANCEL,
  GROUP_GO,
  GROUP_AWAIT,
  WAIT_GROUP_ADD,
  WAIT_GROUP_AWAIT
}
