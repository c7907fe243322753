package dev.runnel.race.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of a suppression file, after TSan's: {@code race:PATTERN} keeps silent about a race in
 * which a frame of either stack, or the variable, matches. A pattern is found anywhere in {@code
 * package.Class.method} or {@code package.Class.field}; {@code *} is any text, {@code ^} and {@code
 * $} are the ends. {@code race_top:PATTERN} looks at the two accesses alone.
 *
 * @param pattern what is looked for
 * @param topOnly whether in the accesses alone
 */
public record Suppression(Pattern pattern, boolean topOnly) {

  /** Reads a file's text. */
  static List<Suppression> read(String text) {
    List<Suppression> all = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      boolean top = line.startsWith("race_top:");
      if (!top && !line.startsWith("race:")) {
        throw new IllegalArgumentException(
            "a suppression is race:PATTERN or race_top:PATTERN, not '" + line + "'");
      }
      all.add(new Suppression(compile(line.substring(line.indexOf(':') + 1)), top));
    }
    return all;
  }

  private static Pattern compile(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean end = (c == '^' && i == 0) || (c == '$' && i == pattern.length() - 1);
      regex.append(end ? String.valueOf(c) : c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString());
  }

  boolean matches(String name) {
    return pattern.matcher(name).find();
  }
}
