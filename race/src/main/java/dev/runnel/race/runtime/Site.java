package dev.runnel.race.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One instruction that reads or writes memory.
 *
 * @param className the class it is in, with dots
 * @param method the method
 * @param file the source file; null if not known
 * @param line the line; -1 if not known
 * @param write whether it writes
 * @param target the field, as {@code Counter.count}; for an element, empty
 */
record Site(
    String className,
    String method,
    @Nullable String file,
    int line,
    boolean write,
    String target) {

  StackTraceElement frame() {
    return new StackTraceElement(className, method, file, line);
  }
}
