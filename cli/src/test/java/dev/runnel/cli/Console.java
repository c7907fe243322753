package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** Runs commands in this process, and keeps what they write. */
final class Console {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Runs a command. Gives its exit status. */
  int run(String... args) {
    return runInto(out, args);
  }

  /** Runs a command with another standard output. Gives its exit status. */
  int runInto(OutputStream other, String... args) {
    return Runnel.run(new Streams(other, new PrintStream(err, true, UTF_8), false), args);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
