package dev.runnel.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
    name = "./runnel",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = HelpCommand.class,
    description = "Go's concurrency model for Java: goroutines, channels, select, context.",
    footer = {
      "",
      "Commands of the script itself:",
      "  test [MAVEN-ARGS]     the whole build with every check (mvn verify)",
      "  shell [JSHELL-ARGS]   jshell with Runnel imported",
      "  soak [OPTIONS]        work the channels for minutes, and account for every value",
      "  --java-home           print the JDK that the others use",
      "",
      "Environment:",
      "  JAVA_HOME             where to look first for a JDK 25 or later",
      "  RUNNEL_JAVA_OPTS      JVM options for the program or the shell, separated by",
      "                          spaces (-Xmx64m, say); wins over JAVA_TOOL_OPTIONS",
      ""
    },
    exitCodeListHeading = "Exit status:%n",
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
    PrintWriter out = new PrintWriter(streams.out(), true, StandardCharsets.UTF_8);
    CommandLine line =
        new CommandLine(new Runnel(streams))
            .addSubcommand(new DemoCommand(streams))
            .addSubcommand(new ExampleCommand(streams))
            .setOut(out)
            .setParameterExceptionHandler(new Mistakes(streams))
            .setExecutionExceptionHandler((e, command, parsed) -> {
              streams.say(command.getCommandName() + " failed: " + e);
              return ExitStatus.FAILED;
            });
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      streams.say("out of memory; RUNNEL_JAVA_OPTS=-Xmx1g, say, gives it more.");
      return ExitStatus.FAILED;
    }
  }

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(streams.err());
    return ExitStatus.USAGE;
  }
}
