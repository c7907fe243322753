package dev.runnel.cli;

/** Where {@code ./runnel} starts. */
public final class Main {

  private Main() {}

  /**
   * Runs a command and ends the process with its exit status.
   *
   * @param args the command and its arguments
   */
  public static void main(String... args) {
    System.exit(Runnel.run(Streams.ofProcess(), args));
  }
}
