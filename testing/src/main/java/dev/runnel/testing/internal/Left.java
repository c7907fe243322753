package dev.runnel.testing.internal;

import dev.runnel.observe.GoroutineDump;
import dev.runnel.testing.LeakError;

/** Says who is left. */
public final class Left {

  private Left() {}

  /**
   * The error that names goroutines that should have ended.
   *
   * @param left what they do
   * @param where where they are left, in words that follow a blank; or nothing
   * @return the error
   */
  public static LeakError behind(GoroutineDump left, String where) {
    int count = left.goroutines().size();
    String who = count == 1 ? "1 goroutine is left" : count + " goroutines are left";
    return new LeakError(who + where + ":\n\n" + left);
  }
}
