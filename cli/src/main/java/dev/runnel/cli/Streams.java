package dev.runnel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Where a command writes.
 *
 * @param out standard output, as bytes: file names are bytes, and unlike a print stream it does not
 *     swallow its failures
 * @param err standard error
 * @param terminal whether somebody watches standard error, so that progress is worth showing
 */
record Streams(OutputStream out, PrintStream err, boolean terminal) {

  /** Set by the script, because Java can't tell: whether standard error is a terminal. */
  private static final String TERMINAL = "runnel.terminal";

  /**
   * The streams of this process.
   *
   * @return the streams
   */
  static Streams ofProcess() {
    return new Streams(
        new FileOutputStream(FileDescriptor.out), System.err, Boolean.getBoolean(TERMINAL));
  }

  /**
   * Whether writing to standard output failed because nobody reads it any more, as {@code | head}
   * does when it has had enough. The JDK has no class for EPIPE, only the system's message, which
   * has this word in most languages.
   *
   * @param e the failure
   * @return true if so: time to end quietly
   */
  static boolean readerHasGone(IOException e) {
    String message = e.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains("pipe");
  }

  /**
   * Tells the user something, in one line on standard error.
   *
   * @param sentence what to say
   */
  void say(String sentence) {
    err.println("runnel: " + sentence);
  }
}
