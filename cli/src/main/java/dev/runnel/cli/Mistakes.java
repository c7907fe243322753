package dev.runnel.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a command line that makes no sense, with one sentence. */
final class Mistakes implements IParameterExceptionHandler {
  private final Streams streams;

  Mistakes(Streams streams) {
    this.streams = streams;
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    String sentence = sentence(mistake, command);
    streams.say(sentence.endsWith(".") ? sentence : sentence + ".");
    return ExitStatus.USAGE;
  }

  private static String sentence(ParameterException mistake, CommandLine command) {
    if (mistake instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String first = unmatched.getUnmatched().getFirst();
      String name = command.getCommandSpec().qualifiedName();
      String refusal =
          first.startsWith("-")
              ? "has no option"
              : command.getSubcommands().isEmpty() ? "takes no further argument" : "has no command";
      return "%s %s '%s': see %s --help".formatted(name, refusal, Shown.text(first), name);
    }
    return Shown.text(String.valueOf(mistake.getMessage()))
        .replaceFirst("^Error: ", "")
        .replaceFirst("^Invalid", "invalid")
        .replaceFirst("^Unknown", "unknown");
  }
}
