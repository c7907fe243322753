package dev.runnel.race.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows {@code -javaagent:runnel-race.jar=}: {@code name=value} pairs between commas. Lists
 * have semicolons.
 *
 * @param exitCode the exit status when a race was found; 0 leaves the program's own
 * @param haltOnError whether the first race ends the program
 * @param log the file for reports; null for standard error
 * @param json the file for reports in JSON; null for none
 * @param include beginnings of the names of classes to check; empty for all that are not the JDK's
 * @param exclude beginnings of the names of classes not to check
 * @param suppressions the patterns of a suppression file
 * @param stacks whether the whole stack of an earlier access is kept
 * @param history how many of the last arrays and collections are remembered that one thread alone
 *     has used; 0 for all
 * @param selfCheck whether to try at start that races are found
 * @param verbose whether to tell what is instrumented
 */
public record Options(
    int exitCode,
    boolean haltOnError,
    @Nullable String log,
    @Nullable String json,
    List<String> include,
    List<String> exclude,
    List<Suppression> suppressions,
    boolean stacks,
    int history,
    boolean selfCheck,
    boolean verbose) {

  /** The usual exit status when a race was found, which is Go's. */
  public static final int RACE = 66;

  /** The usual history. */
  static final int HISTORY = 1 << 14;

  private static final int MOST_HISTORY = 1 << 30;

  /**
   * Reads options.
   *
   * @param text as in the command line; null for none
   * @return the options
   * @throws IOException if the suppression file can't be read
   * @throws IllegalArgumentException if something is not understood
   */
  public static Options parse(@Nullable String text) throws IOException {
    int exitCode = RACE;
    boolean halt = false;
    boolean stacks = false;
    int history = HISTORY;
    boolean selfCheck = true;
    boolean verbose = false;
    String log = null;
    String json = null;
    List<String> include = List.of();
    List<String> exclude = List.of();
    List<Suppression> suppressions = new ArrayList<>();
    for (String pair : (text == null ? "" : text).split(",", -1)) {
      int equals = pair.indexOf('=');
      String name = (equals < 0 ? pair : pair.substring(0, equals)).strip();
      String value = equals < 0 ? "" : pair.substring(equals + 1).strip();
      switch (name) {
        case "" -> {}
        case "exitcode" -> exitCode = number(name, value, 255);
        case "halt_on_error" -> halt = flag(name, value);
        case "log" -> log = file(name, value);
        case "json" -> json = file(name, value);
        case "include" -> include = names(name, value);
        case "exclude" -> exclude = names(name, value);
        case "suppressions" ->
            suppressions.addAll(Suppression.read(Files.readString(Path.of(file(name, value)))));
        case "stacks" -> stacks = flag(name, value);
        case "history" -> history = number(name, value, MOST_HISTORY);
        case "selfcheck" -> selfCheck = flag(name, value);
        case "verbose" -> verbose = flag(name, value);
        default ->
            throw new IllegalArgumentException(
                "there is no option '"
                    + name
                    + "'; there are exitcode, halt_on_error, log, json, include, exclude,"
                    + " suppressions, stacks, history, selfcheck, verbose");
      }
    }
    return new Options(
        exitCode,
        halt,
        log,
        json,
        include,
        exclude,
        List.copyOf(suppressions),
        stacks,
        history,
        selfCheck,
        verbose);
  }

  /**
   * Whether some classes are left out.
   *
   * @return true if something is included or excluded
   */
  public boolean narrows() {
    return !include.isEmpty() || !exclude.isEmpty();
  }

  private static String file(String option, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(option + " needs the name of a file");
    }
    return value;
  }

  private static List<String> names(String option, String value) {
    List<String> names = new ArrayList<>();
    for (String name : value.split(";", -1)) {
      String plain = name.strip();
      if (plain.endsWith("*")) {
        plain = plain.substring(0, plain.length() - 1);
      }
      if (plain.contains("*")) {
        throw new IllegalArgumentException(
            option + " has a * that is not the end of '" + name.strip() + "'");
      }
      if (!plain.isEmpty()) {
        names.add(plain);
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          option + " needs names of classes or packages, such as com.example.*");
    }
    return List.copyOf(names);
  }

  private static int number(String option, String value, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        option + " must be from 0 to " + most + ", not '" + value + "'");
  }

  private static boolean flag(String option, String value) {
    return switch (value) {
      case "", "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default ->
          throw new IllegalArgumentException(option + " must be on or off, not '" + value + "'");
    };
  }
}
