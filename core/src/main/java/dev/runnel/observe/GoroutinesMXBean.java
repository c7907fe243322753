package dev.runnel.observe;

/**
 * The goroutines of a program, for JMX: the bean {@value #NAME}. {@link Goroutines#register}
 * registers it, and so does {@code -Drunnel.jmx=on} when the first goroutine starts.
 */
public interface GoroutinesMXBean {
  /** The bean's name. */
  String NAME = "dev.runnel:type=Goroutines";

  /**
   * What all goroutines that can be found do now, as {@link GoroutineDump#toString} shows it.
   *
   * @return the text
   */
  String dump();

  /**
   * What all goroutines that can be found do now.
   *
   * @return {@link GoroutineDump#toJson}
   */
  String dumpJson();

  /**
   * Goroutines that wait for one another's locks: see {@link LockDeadlock#find}.
   *
   * @return the text of each; empty if there are none
   */
  String[] deadlocks();

  /**
   * How many goroutines can be found.
   *
   * @return the number
   */
  int getCount();

  /**
   * Whether goroutines that start are tracked.
   *
   * @return true if they are
   */
  boolean isTracking();

  /**
   * {@link Goroutines#track} or {@link Goroutines#untrack}.
   *
   * @param on whether goroutines are to be tracked that start from now on
   */
  void setTracking(boolean on);
}
