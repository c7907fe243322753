package dev.runnel.soak;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** Counts operations of each kind. Each worker has its own, which are added up when it is done. */
@SuppressWarnings("EnumOrdinal") // the array is as long as the enum
final class Tally {
  private final long[] counts = new long[Kind.values().length];

  void count(Kind kind) {
    counts[kind.ordinal()]++;
  }

  /** How many of a kind there were. */
  long of(Kind kind) {
    return counts[kind.ordinal()];
  }

  void add(Tally other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** The most frequent first, one on each line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    Arrays.stream(Kind.values())
        .sorted(Comparator.comparingLong(kind -> -of(kind)))
        .forEach(kind -> text.append(String.format(Locale.ROOT, "%n  %,15d  %s", of(kind), kind)));
    return text.toString();
  }
}
