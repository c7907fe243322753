package dev.runnel.internal.park;

/**
 * Tells of an exception that nobody is there to catch and that must not stop what the current
 * thread does.
 */
public final class Uncaught {

  private Uncaught() {}

  /**
   * Tells the current thread's uncaught-exception handler; what that throws is dropped, as the JVM
   * does when a thread ends.
   *
   * @param thrown the exception
   */
  public static void report(Throwable thrown) {
    Thread self = Thread.currentThread();
    try {
      self.getUncaughtExceptionHandler().uncaughtException(self, thrown);
    } catch (Throwable ofTheHandler) {
      // There is nobody left to tell.
    }
  }
}
