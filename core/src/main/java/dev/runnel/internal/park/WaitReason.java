package dev.runnel.internal.park;

/** Why a thread waits, in the words of Go's goroutine dumps where Go has any. */
public enum WaitReason {
  CHAN_RECEIVE("chan receive"),
  CHAN_RECEIVE_NIL("chan receive (nil chan)"),
  CHAN_SEND("chan send"),
  CHAN_SEND_NIL("chan send (nil chan)"),
  SELECT("select"),
  SELECT_NO_CASES("select (no cases)"),
  SLEEP("sleep"),
  JOIN("join"),
  FUTURE("future get"),
  WAIT_GROUP("wait group"),
  MUTEX("mutex lock"),
  RW_MUTEX("rwmutex lock"),
  RW_MUTEX_READ("rwmutex read lock"),
  COND("cond wait"),
  ONCE("once"),
  SEMAPHORE("semaphore acquire"),
  SINGLE_FLIGHT("single flight"),
  RATE_LIMIT("rate limit"),
  SETTLE("settle");

  private final String words;

  WaitReason(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
