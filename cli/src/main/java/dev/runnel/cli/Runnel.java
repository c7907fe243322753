package dev.runnel.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The root of all commands. */
@Command(
    name = "./runnel",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = HelpCommand.class,
    description = "Go's concurrency model for Java: goroutines, channels, select, context.",
    // The first five are the script's own.
    commandListHeading =
        "%nCommands:%n"
            + "  test     Build everything and run every check; arguments go to Maven.%n"
            + "  race     Run any Java program under the race detector: race -- ARGS.%n"
            + "  bench    Compare Runnel, Go, Kotlin, Jox and the JDK, side by side.%n"
            + "           bench --race: what the race detector costs.%n"
            + "  soak     Work the channels for minutes, and account for every value.%n"
            + "  shell    Open JShell with Runnel imported; arguments go to JShell.%n",
    footer = {
      "",
      "Environment:",
      "  JAVA_HOME          Where to look first for a JDK 25 or later;",
      "                       ./runnel --java-home prints the one that is used.",
      "  RUNNEL_JAVA_OPTS   JVM options for the program or the shell, separated by",
      "                       spaces (-Xmx64m, say); they win over JAVA_TOOL_OPTIONS.",
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all is well",
      "1:something was left undone: a file could not be read, the build failed",
      "2:the command line makes no sense",
      "127:there is no JDK 25 or later, or no Maven",
      "130:stopped by Ctrl-C"
    })
final class Runnel implements Callable<Integer> {
  @Spec private CommandSpec spec;
  private final Streams streams;

  private Runnel(Streams streams) {
    this.streams = streams;
  }

  /**
   * Runs a command.
   *
   * @param streams where it writes
   * @param args the command and its arguments
   * @return the exit status
   */
  static int run(Streams streams, String... args) {
    try {
      return commandLine(streams).execute(args);
    } catch (OutOfMemoryError e) {
      streams.say("out of memory; RUNNEL_JAVA_OPTS=-Xmx1g, say, gives it more.");
      return ExitStatus.FAILED;
    }
  }

  /** All commands. */
  static CommandLine commandLine(Streams streams) {
    return new CommandLine(new Runnel(streams))
        .addSubcommand(new DemoCommand(streams))
        .addSubcommand(new ExampleCommand(streams))
        .registerConverter(Integer.class, Runnel::number)
        .registerConverter(int.class, Runnel::number)
        .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(new Mistakes(streams))
        .setExecutionExceptionHandler((e, command, parsed) -> {
          streams.say(command.getCommandName() + " failed: " + e);
          return ExitStatus.FAILED;
        });
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number, or too large");
    }
  }

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(streams.err());
    return ExitStatus.USAGE;
  }
}
