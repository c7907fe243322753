package dev.runnel.pipeline;

/** Refuses numbers that make no sense. */
final class Numbers {

  private Numbers() {}

  static void atLeast(long least, long number, String what) {
    if (number < least) {
      throw new IllegalArgumentException(what + " must be at least " + least + ", not " + number);
    }
  }
}
