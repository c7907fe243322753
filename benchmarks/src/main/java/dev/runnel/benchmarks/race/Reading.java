package dev.runnel.benchmarks.race;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one process tells of itself, in one line.
 *
 * @param wall nanoseconds for a piece
 * @param cpu nanoseconds of processor time for a piece, in all threads, the JVM's among them
 * @param resident the most memory that the process has had, in bytes; NaN if the system does not
 *     tell
 * @param live what is in use in the heap after a collection, in bytes
 */
record Reading(double wall, double cpu, double resident, double live) {
  private static final String NUMBER = "([0-9.E]+|NaN)";
  private static final Pattern LINE =
      Pattern.compile(
          "wall=%s cpu=%s resident=%s live=%s".formatted(NUMBER, NUMBER, NUMBER, NUMBER));

  /**
   * Reads the line, from among others.
   *
   * @throws IllegalArgumentException if it is not there
   */
  static Reading parse(String output) {
    Matcher line = LINE.matcher(output);
    if (!line.find()) {
      throw new IllegalArgumentException("no reading in: " + output.strip());
    }
    return new Reading(
        Double.parseDouble(line.group(1)),
        Double.parseDouble(line.group(2)),
        Double.parseDouble(line.group(3)),
        Double.parseDouble(line.group(4)));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "wall=%.1f cpu=%.1f resident=%.0f live=%.0f", wall, cpu, resident, live);
  }
}
