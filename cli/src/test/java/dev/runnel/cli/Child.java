package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands in a process of their own: what signals, pipes and exit statuses need. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final BufferedReader err;

  private Child(Process process) {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.err = process.errorReader(UTF_8);
  }

  /** Starts a command. */
  static Child start(boolean terminal, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Drunnel.terminal=" + terminal));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    return new Child(new ProcessBuilder(command).start());
  }

  BufferedReader out() {
    return out;
  }

  BufferedReader err() {
    return err;
  }

  /** Reads standard error until a text has come. */
  void awaitError(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int c = err.read();
      if (c < 0) {
        throw new AssertionError("never came: " + text + "; but: " + seen);
      }
      seen.append((char) c);
    }
  }

  /** Sends a signal, such as INT. */
  void signal(String name) throws IOException, InterruptedException {
    // The shell's own: a bare machine has no other.
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill failed");
    }
  }

  /** Waits for the end. Gives the exit status. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  static String rest(Reader reader) throws IOException {
    StringBuilder rest = new StringBuilder();
    for (int c; (c = reader.read()) >= 0; ) {
      rest.append((char) c);
    }
    return rest.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
