package dev.runnel.internal.hook;

/**
 * The public operations that {@link OpHook} is told of. What takes a lock or permits ({@code LOCK}
 * to {@code TRY_ACQUIRE}) is told of afterwards only if it has taken them.
 */
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
  WAIT_GROUP_AWAIT,
  LOCK,
  TRY_LOCK,
  UNLOCK,
  READ_LOCK,
  TRY_READ_LOCK,
  READ_UNLOCK,
  COND_AWAIT,
  COND_SIGNAL,
  ONCE,
  ACQUIRE,
  TRY_ACQUIRE,
  RELEASE,
  SINGLE_FLIGHT,
  TIMER_SET,
  TIMER_STOP,
  RATE_LIMIT
}
