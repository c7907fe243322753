package dev.runnel.race.runtime;

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
    return elements(ofProgram(frames(FULL_DEPTH)));
  }

  /** The current thread's stack below what starts a thread: the program's own line on top. */
  static List<StackTraceElement> creation() {
    List<StackWalker.StackFrame> frames =
        WALKER.walk(all ->
            all.filter(Traces::isTheirs)
                .dropWhile(Traces::isStarting)
                .limit(CREATION_DEPTH)
                .toList());
    return keep(ofProgram(frames.isEmpty() ? frames(CREATION_DEPTH) : frames));
  }

  /** The current thread's stack, kept once. */
  static List<StackTraceElement> access() {
    return keep(ofProgram(frames(FULL_DEPTH)));
  }

  /** Whether a frame is of those that every start of a thread goes through. */
  private static boolean isStarting(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return name.startsWith("java.")
        || name.startsWith("jdk.internal.")
        || name.startsWith("dev.runnel.internal.")
        || name.equals("dev.runnel.Go");
  }

  /** Without the frames that every thread begins with; all if there are no others. */
  private static List<StackWalker.StackFrame> ofProgram(List<StackWalker.StackFrame> frames) {
    int end = frames.size();
    while (end > 0 && isBeginning(frames.get(end - 1).getClassName())) {
      end--;
    }
    return end == 0 ? frames : frames.subList(0, end);
  }

  private static boolean isBeginning(String className) {
    return className.equals("java.lang.Thread")
        || className.equals("java.lang.VirtualThread")
        || className.startsWith("jdk.internal.")
        || className.startsWith("dev.runnel.internal.goroutine.");
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
    List<StackTraceElement> trace = elements(frames);
    LOCK.lock();
    hashes[place] = hash;
    kept[place] = trace;
    LOCK.unlock();
    return trace;
  }

  private static List<StackTraceElement> elements(List<StackWalker.StackFrame> frames) {
    StackTraceElement[] elements = new StackTraceElement[frames.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = frames.get(i).toStackTraceElement();
    }
    return List.of(elements);
  }

  private static List<StackWalker.StackFrame> frames(int depth) {
    return WALKER.walk(frames -> frames.filter(Traces::isTheirs).limit(depth).toList());
  }

  private static boolean isTheirs(StackWalker.StackFrame frame) {
    return !frame.getClassName().startsWith("dev.runnel.race.runtime.")
        && !frame.getMethodName().startsWith("$race$");
  }
}
