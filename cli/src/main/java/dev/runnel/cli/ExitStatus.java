package dev.runnel.cli;

/** The exit statuses of all commands. */
final class ExitStatus {
  static final int OK = 0;

  /** Something was left undone: a file could not be read, the result could not be written. */
  static final int FAILED = 1;

  /** The command line makes no sense. */
  static final int USAGE = 2;

  /** Ctrl-C came: 128 and the number of SIGINT. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
