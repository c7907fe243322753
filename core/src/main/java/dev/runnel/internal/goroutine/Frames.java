package dev.runnel.internal.goroutine;

import java.util.List;

/** Picks those frames of a goroutine's stack that say something to its author. */
public final class Frames {
  private static final String INSIDE = "dev.runnel.internal.";

  private static final List<String> BELOW =
      List.of(
          "java.lang.VirtualThread", "java.lang.Thread", "jdk.internal.", "java.lang.ScopedVal");

  private static final List<String> ABOVE =
      List.of(
          "java.lang.VirtualThread",
          "java.lang.Thread",
          "java.lang.System$",
          "java.lang.Access",
          "java.util.concurrent.locks.LockSupport",
          "jdk.internal.",
          INSIDE,
          "dev.runnel.testing.internal.");

  private Frames() {}

  /**
   * Leaves out what is below the called operation of Runnel at the top, and how the goroutine was
   * started at the bottom.
   *
   * @param stack a stack, innermost frame first
   * @return the rest; empty if that is all there is
   */
  public static List<StackTraceElement> ofUser(StackTraceElement[] stack) {
    int to = stack.length;
    while (to > 0 && (starts(stack[to - 1], BELOW) || isStart(stack[to - 1]))) {
      to--;
    }
    int from = 0;
    while (from < to && starts(stack[from], ABOVE)) {
      from++;
    }
    if (from > 0 && isCalled(stack[from - 1].getClassName())) {
      from--; // what the user called
    }
    return List.of(stack).subList(from, to);
  }

  private static boolean isCalled(String type) {
    return type.startsWith(INSIDE) || type.equals("java.lang.Thread");
  }

  private static boolean isStart(StackTraceElement frame) {
    return frame.getClassName().startsWith("dev.runnel.internal.goroutine.");
  }

  private static boolean starts(StackTraceElement frame, List<String> prefixes) {
    return prefixes.stream().anyMatch(frame.getClassName()::startsWith);
  }
}
