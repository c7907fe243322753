package dev.runnel.testing.internal;

import dev.runnel.observe.GoroutineDump;
import dev.runnel.observe.GoroutineSnapshot;
import dev.runnel.testing.LeakError;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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
    return new LeakError(who(left, where) + ":\n\n" + left);
  }

  /**
   * The error that names goroutines that should have ended, of two kinds.
   *
   * @param left what they do
   * @param proven the numbers of those that the garbage collector has proven to be leaked
   * @return the error
   */
  public static LeakError behind(GoroutineDump left, Set<Long> proven) {
    StringBuilder text = new StringBuilder(who(left, "")).append(':');
    add(
        text,
        "proven by the garbage collector to wait for what nobody can reach",
        left,
        proven::contains);
    add(text, "still running or waiting at the end", left, id -> !proven.contains(id));
    return new LeakError(text.toString());
  }

  private static void add(
      StringBuilder text, String kind, GoroutineDump left, Predicate<Long> belongs) {
    List<GoroutineSnapshot> those =
        left.goroutines().stream().filter(g -> belongs.test(g.id())).toList();
    if (!those.isEmpty()) {
      text.append("\n\n").append(kind).append(":\n\n").append(new GoroutineDump(those));
    }
  }

  private static String who(GoroutineDump left, String where) {
    int count = left.goroutines().size();
    String who = count == 1 ? "1 goroutine is left" : count + " goroutines are left";
    return who + where;
  }
}
