package dev.runnel.testing.internal;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Seeds as text, from which a schedule's choices follow. */
final class Seeds {

  private Seeds() {}

  static String walk(long random) {
    return "walk-" + Long.toHexString(random);
  }

  static String pct(int depth, int steps, long random) {
    return "pct-" + depth + "-" + steps + "-" + Long.toHexString(random);
  }

  static String path(int preemptions, int[] beginning) {
    return "path-"
        + preemptions
        + "-"
        + Arrays.stream(beginning).mapToObj(Integer::toString).collect(Collectors.joining("."));
  }

  static Chooser chooser(String seed) {
    String[] parts = seed.split("-", -1);
    try {
      return switch (parts[0] + parts.length) {
        case "walk2" -> new RandomWalk(Long.parseUnsignedLong(parts[1], 16));
        case "pct4" ->
            new Pct(
                Long.parseUnsignedLong(parts[3], 16),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]));
        case "path3" -> new Path(branches(parts[2]), Integer.parseInt(parts[1]));
        default -> throw new IllegalArgumentException("no such kind");
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + seed + "\" is no seed of a schedule", e);
    }
  }

  private static int[] branches(String text) {
    return text.isEmpty()
        ? new int[0]
        : Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
