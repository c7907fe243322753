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
    String sentence =
        mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
            ? refusal(unmatched.getUnmatched().getFirst(), command)
            : uncapitalized(Shown.text(String.valueOf(mistake.getMessage())));
    streams.say(
        sentence.endsWith(".") // then it is one of ours, and says all
            ? sentence
            : sentence + ": see " + nameOf(command) + " --help.");
    return ExitStatus.USAGE;
  }

  private static String refusal(String argument, CommandLine command) {
    String has =
        argument.startsWith("-")
            ? "has no option"
            : command.getSubcommands().isEmpty() ? "takes no further argument" : "has no command";
    return "%s %s '%s'".formatted(nameOf(command), has, Shown.text(argument));
  }

  private static String nameOf(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  /** Picocli begins a sentence; ours goes on after "runnel: ". */
  private static String uncapitalized(String message) {
    String text = message.replaceFirst("^Error: ", "");
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
