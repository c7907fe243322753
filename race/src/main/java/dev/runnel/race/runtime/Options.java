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
    boolean selfCheck,
    boolean verbose) {

  /** The usual exit status when a race was found, which is Go's. */
  public static final int RACE = 66;

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
    boolean selfCheck = true;
    boolean verbose = false;
    String log = null;
    String json = null;
    List<String> include = List.of();
    List<String> exclude = List.of();
    List<Suppression> suppressions = new ArrayList<>();
    for (String pair : (text == null ? "" : text).split(",", -1)) {
      String name = pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : pair;
      String value = pair.substring(Math.min(pair.length(), name.length() + 1));
      switch (name.strip()) {
        case "" -> {}
        case "exitcode" -> exitCode = number(value);
        case "halt_on_error" -> halt = flag(pair, value);
        case "log" -> log = value;
        case "json" -> json = value;
        case "include" -> include = names(value);
        case "exclude" -> exclude = names(value);
        case "suppressions" ->
            suppressions.addAll(Suppression.read(Files.readString(Path.of(value))));
        case "stacks" -> stacks = flag(pair, value);
        case "selfcheck" -> selfCheck = flag(pair, value);
        case "verbose" -> verbose = flag(pair, value);
        default ->
            throw new IllegalArgumentException(
                "there is no option '"
                    + name
                    + "'; there are exitcode, halt_on_error, log, json, include, exclude,"
                    + " suppressions, stacks, selfcheck, verbose");
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
        selfCheck,
        verbose);
  }

  private static List<String> names(String value) {
    List<String> names = new ArrayList<>();
    for (String name : value.split(";", -1)) {
      String plain = name.strip();
      if (plain.endsWith("*")) {
        plain = plain.substring(0, plain.length() - 1);
      }
      if (!plain.isEmpty()) {
        names.add(plain);
      }
    }
    return List.copyOf(names);
  }

  private static int number(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 0 && number <= 255) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("exitcode must be from 0 to 255, not '" + value + "'");
  }

  private static boolean flag(String pair, String value) {
    return switch (value) {
      case "", "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("on or off, not '" + pair + "'");
    };
  }
}
