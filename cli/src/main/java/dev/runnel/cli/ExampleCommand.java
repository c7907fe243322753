package dev.runnel.cli;

import dev.runnel.ContextException;
import dev.runnel.examples.ChatServer;
import dev.runnel.examples.PrimeSieve;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./runnel example}: runs the small programs. */
@Command(
    name = "example",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "PROGRAM",
    description = "Run one of the small programs in examples/.",
    commandListHeading = "%nPrograms:%n")
final class ExampleCommand implements Runnable {
  private final Streams streams;

  @Spec private CommandSpec spec;

  ExampleCommand(Streams streams) {
    this.streams = streams;
  }

  /** Without a program: says which there are. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a program, sieve or chat: see ./runnel example --help.");
  }

  @Command(
      name = "sieve",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Print the first primes, found by a chain of goroutines.")
  int sieve(
      @Parameters(
              paramLabel = "N",
              defaultValue = "10",
              description = "How many. Default: ${DEFAULT-VALUE}.")
          int n)
      throws InterruptedException {
    try {
      PrimeSieve.first(n, this::print);
    } catch (UncheckedIOException e) {
      IOException why = Objects.requireNonNull(e.getCause());
      if (!Streams.readerHasGone(why)) {
        streams.say("cannot write the primes: " + Shown.reason(why));
        return ExitStatus.FAILED;
      }
    }
    return ExitStatus.OK;
  }

  private void print(int prime) {
    try {
      streams.out().write((prime + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Command(
      name = "chat",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Serve a chat on the loopback interface until Ctrl-C.")
  int chat(
      @Option(
              names = "--port",
              paramLabel = "PORT",
              defaultValue = "0",
              description = "Where to listen. Default: a free port.")
          int port)
      throws InterruptedException, ExecutionException {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port must be from 0 to 65535, not " + port + ".");
    }
    try (UntilSignal signal = new UntilSignal();
        ServerSocket listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      streams.err().println("Talk to me: nc localhost " + listener.getLocalPort());
      ChatServer.serve(listener, signal.context());
      return ExitStatus.OK;
    } catch (ContextException stopped) {
      return ExitStatus.INTERRUPTED;
    } catch (IOException e) {
      streams.say("cannot listen on port " + port + ": " + Shown.reason(e));
      return ExitStatus.FAILED;
    }
  }
}
