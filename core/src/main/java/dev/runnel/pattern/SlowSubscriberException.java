package dev.runnel.pattern;

/** Why a subscription failed whose subscriber was to be {@linkplain WhenFull#DISCONNECT let go}. */
public class SlowSubscriberException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param buffer how many values waited for the subscriber when one more came
   */
  public SlowSubscriberException(int buffer) {
    super("disconnected: " + buffer + " values waited for this subscriber when one more came");
  }
}
