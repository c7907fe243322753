package dev.runnel.soak.mutate;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way to break the engine.
 *
 * @param name what is broken, in a few words
 * @param file the file, below the package {@code dev.runnel.internal}
 * @param edits one or more spellings of the line and what replaces it; the first that is there
 *     counts
 * @param harmless why no test need notice; empty if one must
 */
record Mutation(String name, String file, List<Edit> edits, String harmless) {

  /**
   * A change of one place.
   *
   * @param from the code to be replaced, whatever its line breaks
   * @param to what replaces it
   */
  record Edit(String from, String to) {
    private Matcher matcher(String source) {
      String anyLayout =
          Stream.of(from.strip().split("\\s+"))
              .map(Pattern::quote)
              .collect(Collectors.joining("\\s+"));
      return Pattern.compile(anyLayout).matcher(source);
    }

    private long places(String source) {
      return matcher(source).results().count();
    }
  }

  static Mutation of(String name, String file, String from, String to) {
    return new Mutation(name, file, List.of(new Edit(from, to)), "");
  }

  /** The same for another spelling of the code. */
  Mutation or(String from, String to) {
    return new Mutation(
        name,
        file,
        Stream.concat(edits.stream(), Stream.of(new Edit(from, to))).toList(),
        harmless);
  }

  /** The same, but it does no harm as the engine is now. */
  Mutation harmlessBecause(String reason) {
    return new Mutation(name, file, edits, reason);
  }

  /** The mutated source; fails if the code is no longer there, or in several places. */
  String apply(String source) {
    for (Edit edit : edits) {
      if (edit.places(source) == 1) {
        return edit.matcher(source).replaceFirst(Matcher.quoteReplacement(edit.to()));
      }
    }
    throw new IllegalStateException(
        "the mutation '%s' does not fit %s any more: %s"
            .formatted(
                name,
                file,
                edits.stream()
                    .map(edit -> edit.places(source) + " places have: " + edit.from())
                    .collect(Collectors.joining("; "))));
  }
}
