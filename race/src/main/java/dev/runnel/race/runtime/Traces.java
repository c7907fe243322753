package dev.runnel.race.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stack traces without our own frames. Equal ones are kept once. */
final class Traces {
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final int FULL_DEPTH = 64;
  private static final int CREATION_DEPTH = 12;
  private static final int KEPT = 1 << 12;
  private static final long[] hashes = new long[KEPT];
  private static final @Nullable List<StackTraceElement>[] kept = newLists();
  private static final SpinLock LOCK = new SpinLock();

  private Traces() {}

  @SuppressWarnings({"unchecked", "rawtypes"}) // no generic arrays
  private static @Nullable List<StackTraceElement>[] newLists() {
    return new List[KEPT];
  }

  /** The current thread's stack. */
  static List<StackTraceElement> here() {
    List<StackTraceElement> trace = new ArrayList<>();
    for (StackWalker.StackFrame frame : frames(FULL_DEPTH)) {
      trace.add(frame.toStackTraceElement());
    }
    return trace;
  }

  /** The current thread's stack below the JDK's own frames on top. */
  static List<StackTraceElement> creation() {
    List<StackWalker.StackFrame> frames = frames(CREATION_DEPTH);
    int first = 0;
    while (first < frames.size() && frames.get(first).getClassName().startsWith("java.lang.")) {
      first++;
    }
    return keep(frames.subList(first, frames.size()));
  }

  /** The current thread's stack, kept once. */
  static List<StackTraceElement> access() {
    return keep(frames(FULL_DEPTH));
  }

  private static List<StackTraceElement> keep(List<StackWalker.StackFrame> frames) {
    long hash = 1;
    for (StackWalker.StackFrame frame : frames) {
      hash = hash * 31 + frame.getClassName().hashCode();
      hash = hash * 31 + frame.getMethodName().hashCode();
      hash = (hash ^ (hash >>> 29)) * 0x9E3779B97F4A7C15L + frame.getByteCodeIndex();
    }
    int place = (int) (hash ^ (hash >>> 32)) & (KEPT - 1);
    LOCK.lock();
    List<StackTraceElement> known = hashes[place] == hash ? kept[place] : null;
    LOCK.unlock();
    if (known != null) {
      return known;
    }
    StackTraceElement[] elements = new StackTraceElement[frames.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = frames.get(i).toStackTraceElement();
    }
    List<StackTraceElement> trace = List.of(elements);
    LOCK.lock();
    hashes[place] = hash;
    kept[place] = trace;
    LOCK.unlock();
    return trace;
  }

  private static List<StackWalker.StackFrame> frames(int depth) {
    return WALKER.walk(frames -> frames.filter(Traces::isTheirs).limit(depth).toList());
  }

  private static boolean isTheirs(StackWalker.StackFrame frame) {
    return !frame.getClassName().startsWith("dev.runnel.race.runtime.")
        && !frame.getMethodName().startsWith("$race$");
  }
}
