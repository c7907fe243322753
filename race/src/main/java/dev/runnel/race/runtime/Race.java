package dev.runnel.race.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A race: two accesses of one variable, at least one of them a write, of which neither is ordered
 * before the other.
 *
 * @param variable which, as {@code Counter.count} or {@code int[][17]}
 * @param what what happened to a collection, as {@code concurrent map writes}; else empty
 * @param now the access that found it
 * @param before the earlier one
 */
record Race(String variable, String what, Access now, Access before) {

  /**
   * One of the two.
   *
   * @param write whether it wrote
   * @param thread whose; null if that is no longer known
   * @param stack where, innermost first; perhaps only the innermost
   */
  record Access(boolean write, @Nullable ThreadInfo thread, List<StackTraceElement> stack) {
    String kind() {
      return write ? "write" : "read";
    }

    String threadName() {
      return thread == null ? "a thread of long ago" : thread.toString();
    }
  }

  /** In the manner of Go's detector. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "==================");
    line(text, "WARNING: DATA RACE" + (what.isEmpty() ? "" : ": " + what));
    String kind = now.write ? "Write" : "Read";
    line(text, kind + " of " + variable + " by " + now.threadName() + ":");
    frames(text, now.stack);
    line(text, "");
    line(text, "Previous " + before.kind() + " by " + before.threadName() + ":");
    frames(text, before.stack);
    created(text, now.thread);
    if (before.thread != null && !before.thread.equals(now.thread)) {
      created(text, before.thread);
    }
    line(text, "==================");
    return text.toString();
  }

  private static void created(StringBuilder text, @Nullable ThreadInfo thread) {
    if (thread != null && !thread.createdAt().isEmpty()) {
      line(text, "");
      String name = thread.toString();
      String state = thread.isFinished() ? "finished" : "running";
      line(
          text,
          Character.toUpperCase(name.charAt(0))
              + name.substring(1)
              + " ("
              + state
              + ") was created by "
              + thread.creator()
              + " at:");
      frames(text, thread.createdAt());
    }
  }

  private static void frames(StringBuilder text, List<StackTraceElement> stack) {
    if (stack.isEmpty()) {
      line(text, "  (not known)");
    }
    for (StackTraceElement frame : stack) {
      line(text, "  " + name(frame) + "(" + place(frame) + ")");
    }
  }

  static String name(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  private static String place(StackTraceElement frame) {
    String file = frame.getFileName();
    if (file == null) {
      return "Unknown Source";
    }
    return frame.getLineNumber() < 0 ? file : file + ":" + frame.getLineNumber();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(System.lineSeparator());
  }
}
