package dev.runnel.race.runtime;

/**
 * What instrumented code calls and the JIT is not to inline there. A program has thousands of
 * places that could; with all of a slow path in each of them the JIT works minutes where it should
 * work seconds, and gives up on the largest methods, so that even their fast paths stay calls.
 *
 * <p>HotSpot inlines no method of a {@link Throwable} into what is itself inlined, as such methods
 * are rarely run, and there is no other way to tell it so without options of the JVM. So these are
 * called through a small method that is not one. Nobody makes or throws one of these.
 */
abstract class OutOfLine extends Error {
  private static final long serialVersionUID = 1;

  OutOfLine() {}
}
